/** How times, lengths, sizes and names are shown. */

import { preferences } from "./preferences.js";

/** Milliseconds since 1970 of a time that the API wrote: seconds as a number, or a text. */
export function milliseconds(value) {
    if (value === null || value === undefined || value === "") return NaN;
    if (typeof value === "number") return value * 1000;
    return Date.parse(value);
}

const styles = new Map();
function formatter(options) {
    const timeZone = preferences.get("zone") === "utc" ? "UTC" : undefined;
    const key = JSON.stringify([options, timeZone]);
    if (!styles.has(key)) {
        styles.set(key, new Intl.DateTimeFormat(undefined, { ...options, timeZone }));
    }
    return styles.get(key);
}

const clock = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };

/** "29 Nov 2026, 14:03:07". */
export function dateTime(value) {
    const time = milliseconds(value);
    if (Number.isNaN(time)) return "–";
    return formatter({ day: "numeric", month: "short", year: "numeric", ...clock }).format(time);
}

/** "14:03:07.123". */
export function timeOfDay(value) {
    const time = milliseconds(value);
    if (Number.isNaN(time)) return "–";
    return formatter({ ...clock, fractionalSecondDigits: 3 }).format(time);
}

/** The exact moment, for titles: "2026-11-29T14:03:07.123Z". */
export function exactTime(value) {
    const time = milliseconds(value);
    return Number.isNaN(time) ? "" : new Date(time).toISOString();
}

const relativeFormat = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const relativeUnits = [
    ["year", 31_536_000],
    ["month", 2_592_000],
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
];

/** "3 minutes ago", "in 2 days". */
export function relative(value, now = Date.now()) {
    const seconds = (milliseconds(value) - now) / 1000;
    if (Number.isNaN(seconds)) return "–";
    for (const [unit, size] of relativeUnits) {
        if (Math.abs(seconds) >= size) {
            return relativeFormat.format(Math.trunc(seconds / size), unit);
        }
    }
    if (seconds > 0) return relativeFormat.format(Math.ceil(seconds), "second");
    return seconds > -5 ? "just now" : relativeFormat.format(Math.trunc(seconds), "second");
}

/** "340 ms", "4.21 s", "3 min 4 s", "2 d 5 h": the two largest units. */
export function duration(length) {
    if (!Number.isFinite(length)) return "–";
    const time = Math.max(0, length);
    if (time < 1000) return `${Math.round(time)} ms`;
    if (time < 60_000) return `${(time / 1000).toFixed(time < 10_000 ? 2 : 1)} s`;
    const parts = [["y", 31_536_000_000], ["d", 86_400_000], ["h", 3_600_000], ["min", 60_000], [
        "s",
        1000,
    ]];
    const first = parts.findIndex(([, size]) => time >= size);
    const [unit, size] = parts[first];
    const whole = Math.floor(time / size);
    const next = parts[first + 1];
    const rest = next ? Math.floor((time - whole * size) / next[1]) : 0;
    return rest ? `${whole} ${unit} ${rest} ${next[0]}` : `${whole} ${unit}`;
}

/** "1 byte", "812 bytes", "1.2 MB". */
export function bytes(size) {
    if (size < 1000) return plural(size, "byte");
    const unit = size < 1e6 ? ["KB", 1e3] : ["MB", 1e6];
    return `${(size / unit[1]).toFixed(1)} ${unit[0]}`;
}

const numberFormat = new Intl.NumberFormat();
/** "12,345". */
export function count(value) {
    return numberFormat.format(value ?? 0);
}

/** "1 execution", "1,200 executions". */
export function plural(number, one, many = `${one}s`) {
    return `${count(number)} ${number === 1 ? one : many}`;
}

/** "TIMED_OUT" as "Timed out", "notEntered" as "Not entered". */
export function words(text) {
    const spaced = String(text).replace(/_/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2")
        .toLowerCase();
    return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
