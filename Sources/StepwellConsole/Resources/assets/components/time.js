import { h } from "../core/dom.js";
import { dateTime, duration, exactTime, milliseconds, relative } from "../core/format.js";

/** A moment: the date in words, exact in the title. */
export function moment(value) {
    if (value === null || value === undefined) return h("span.muted", {}, "–");
    return h("time", { datetime: exactTime(value), title: exactTime(value) }, dateTime(value));
}

/** A moment as seen from now; it is kept current. */
export function ago(value) {
    return h("time", {
        datetime: exactTime(value),
        title: `${dateTime(value)} (${exactTime(value)})`,
        dataset: { relative: String(milliseconds(value)) },
    }, relative(value));
}

/** How long something took, or has taken so far (kept current) when it has not ended. */
export function lasted(start, end) {
    const from = milliseconds(start);
    if (end !== null && end !== undefined) return h("span", {}, duration(milliseconds(end) - from));
    return h("span", { dataset: { since: String(from) } }, duration(Date.now() - from));
}

/** Brings every shown relative time and running length up to date. */
function refresh() {
    if (document.hidden) return;
    for (const element of document.querySelectorAll("time[data-relative]")) {
        element.textContent = relative(Number(element.dataset.relative) / 1000);
    }
    for (const element of document.querySelectorAll("[data-since]")) {
        element.textContent = duration(Date.now() - Number(element.dataset.since));
    }
}
setInterval(refresh, 1000);
