import { fill, h } from "../core/dom.js";
import { get, isAbort } from "../core/api.js";
import { live } from "../core/live.js";
import { plural, timeOfDay, exactTime } from "../core/format.js";
import { button, download } from "../components/buttons.js";
import { Dialog } from "../components/dialog.js";
import { facts } from "../components/facts.js";
import { jsonView } from "../components/json-view.js";
import { pageHead } from "../components/page-head.js";
import { empty, failure } from "../components/placeholders.js";
import { VirtualList } from "../components/virtual-list.js";

const levels = ["trace", "debug", "info", "notice", "warning", "error", "critical"];
const kept = 5000;
const tones = { warning: "caught", error: "failed", critical: "failed" };

/** The server's log as it is written. */
export default async function log({ main, query, scope, title, setQuery }) {
    title("Log");
    const lines = [];
    let shown = [];
    let last = 0;
    const level = h(
        "select",
        { "aria-label": "Least level", onchange: () => filter() },
        levels.map((each) =>
            h("option", { value: each, selected: each === (query.level ?? "trace") },
                each === "trace" ? "All levels" : `${each} and above`)
        ),
    );
    const text = h("input.grow", {
        type: "search",
        placeholder: "Text contains",
        "aria-label": "Text contains",
        value: query.text ?? "",
        oninput: scope.debounced(150, () => filter()),
    });
    const follow = h("input", { type: "checkbox", checked: true, onchange: () => toEnd() });
    const note = h("p.muted", { role: "status" });
    const list = new VirtualList({
        rowHeight: 24,
        label: "Log lines",
        class: "log-lines",
        render: (index) => lineElement(shown[index]),
    });
    const nothing = h("div", { hidden: true });
    fill(
        main,
        pageHead({
            title: "Log",
            subtitle: h("span", {}, "The last lines of this server, newest below."),
            actions: [
                button("Download", {
                    icon: "download",
                    onclick: () =>
                        download(
                            "stepwell-log.jsonl",
                            shown.map((line) => JSON.stringify(line)).join("\n"),
                            "application/x-ndjson",
                        ),
                }),
            ],
        }),
        h(
            "div.filters",
            {},
            level,
            text,
            h("label.choice", {}, follow, "Follow"),
            note,
        ),
        h("div.log-frame", {}, list.element, nothing),
    );

    function fits(line) {
        const wanted = text.value.trim().toLowerCase();
        return levels.indexOf(line.level) >= levels.indexOf(level.value) &&
            (!wanted || textOf(line).toLowerCase().includes(wanted));
    }
    function add(more) {
        const fresh = more.filter((line) => line.seq > last);
        if (!fresh.length) return;
        last = fresh.at(-1).seq;
        lines.push(...fresh);
        if (lines.length > kept) {
            lines.splice(0, lines.length - kept);
            filter();
            return;
        }
        shown.push(...fresh.filter(fits));
        display();
    }
    function filter() {
        shown = lines.filter(fits);
        setQuery({ level: level.value === "trace" ? null : level.value, text: text.value });
        display();
    }
    function display() {
        list.element.hidden = shown.length === 0;
        nothing.hidden = shown.length > 0;
        if (!shown.length) {
            fill(nothing, empty(
                lines.length ? "No line fits" : "Nothing logged yet",
                lines.length ? "Change the level or the text." : "A healthy server says little.",
            ));
        }
        list.setCount(shown.length);
        note.textContent = plural(shown.length, "line");
        toEnd();
    }
    function toEnd() {
        if (follow.checked) list.element.scrollTop = list.element.scrollHeight;
    }

    const catchUp = scope.throttled(500, async () => {
        try {
            const found = await get("log", { after: last }, scope.signal);
            add(found.lines);
            display();
        } catch (error) {
            if (isAbort(error)) return;
            nothing.hidden = false;
            fill(nothing, failure(error, catchUp));
        }
    });
    list.element.addEventListener("wheel", (event) => {
        if (event.deltaY < 0) follow.checked = false;
    }, { passive: true });
    await catchUp();
    live.subscribe(scope, {
        topics: ["log"],
        on: { log: (line) => add([line]), open: catchUp, reset: catchUp },
    });
    live.otherwise(scope, 3000, catchUp);
}

function textOf(line) {
    const members = Object.entries(line.metadata ?? {}).map((pair) => pair.join("="));
    return [line.message, ...members].join(" ");
}

function showLine(line) {
    return new Dialog("Log line", {
        build: () => [
            facts([["Time", exactTime(line.time)], ["Level", line.level]]),
            h("p.log-text", {}, line.message),
            jsonView(JSON.stringify(line.metadata ?? {}), { label: "Metadata", maximumLines: 16 }),
        ],
    });
}

function lineElement(line) {
    const metadata = Object.entries(line.metadata ?? {});
    return h(
        "button.log-line",
        {
            type: "button",
            class: tones[line.level] ?? null,
            title: textOf(line),
            onclick: () => showLine(line),
        },
        h("time", { datetime: exactTime(line.time) }, timeOfDay(line.time)),
        h("span.log-level", {}, line.level),
        h("span.log-message", {}, line.message),
        metadata.map(([name, value]) => h("span.log-member", {}, h("b", {}, `${name}=`), value)),
    );
}
