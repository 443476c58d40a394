import { fill, h } from "../core/dom.js";
import { get, isAbort } from "../core/api.js";
import { links } from "../core/links.js";
import { count, duration, words } from "../core/format.js";
import { pageHead } from "../components/page-head.js";
import { card } from "../components/facts.js";
import { failure, loading } from "../components/placeholders.js";
import { executionStatuses, statusKind } from "../components/status.js";
import { MinuteChart } from "../components/minute-chart.js";

/** What the server does: executions by the minute and in all, its work, and how long that takes. */
export default async function metrics({ main, scope, title }) {
    title("Metrics");
    const numbers = h("div", {});
    const latency = h("div", {});
    const started = new MinuteChart("Started", [["started", "running", "started"]]);
    const ended = new MinuteChart("Ended", [
        ["succeeded", "succeeded", "succeeded"],
        ["failed", "failed", "failed"],
        ["timedOut", "caught", "timed out"],
        ["aborted", "aborted", "aborted"],
    ]);
    const transitions = new MinuteChart("State transitions", [
        ["transitions", "idle", "transitions"],
    ]);
    const problem = h("div", {});
    fill(numbers, loading(2));
    fill(
        main,
        pageHead({
            title: "Metrics",
            subtitle: h("span", {}, "The last hour by the minute. Prometheus finds all of them at ",
                h("a", { href: "../metrics" }, "/metrics"), "."),
        }),
        problem,
        h(
            "div.stack",
            {},
            numbers,
            h("div.charts", {}, started.element, ended.element, transitions.element),
            latency,
        ),
    );
    const load = scope.throttled(1000, async () => {
        try {
            const found = await get("metrics", {}, scope.signal);
            fill(problem);
            fill(numbers, tiles(found));
            for (const chart of [started, ended, transitions]) chart.show(found);
            fill(latency, latencyCard(found.latency));
        } catch (error) {
            if (!isAbort(error)) fill(problem, failure(error, load));
        }
    });
    scope.every(5000, load);
    await load();
}

function tiles(found) {
    const last = found.started.at(-1) + (found.started.at(-2) ?? 0);
    return h(
        "ul.tiles",
        {},
        executionStatuses.map((status) =>
            tile(words(status), found.counts[status], {
                kind: statusKind(status),
                href: links.executions({ status }),
            })
        ),
        tile("Started in two minutes", last),
        tile("Tasks under way", found.openTasks, { detail: `${count(found.queuedTasks)} wait` }),
        tile("In memory", found.residents, {
            detail: `${count(found.queuedMessages)} messages wait`,
        }),
        tile("Reads that wait", found.queuedReads),
    );
}

function tile(label, value, { kind = "idle", href, detail } = {}) {
    const content = [
        h("span.tile-label", {}, kind !== "idle" && h("span.dot", {}), label),
        h("strong.number", {}, count(value)),
        detail && h("span.hint", {}, detail),
    ];
    return h("li.tile", { class: kind }, href ? h("a", { href }, content) : h("div", {}, content));
}

const latencies = {
    request: "Requests to the API",
    commit: "Commits to the log",
    task: "Tasks",
};

function latencyCard(latency) {
    const rows = Object.entries(latencies).filter(([name]) => latency[name]);
    if (!rows.length) return null;
    const titles = ["Count", "Mean", "Median", "95 %", "99 %"];
    return card(
        "How long things take",
        h(
            "div.table-frame",
            {},
            h(
                "table.data.figures",
                {},
                h("caption.visually-hidden", {}, "Latency"),
                h(
                    "thead",
                    {},
                    h(
                        "tr",
                        {},
                        h("td", {}),
                        titles.map((title) => h("th.number", { scope: "col" }, title)),
                    ),
                ),
                h(
                    "tbody",
                    {},
                    rows.map(([name, label]) => {
                        const { count: number, mean, p50, p95, p99 } = latency[name];
                        return h(
                            "tr",
                            {},
                            h("th", { scope: "row" }, label),
                            [
                                count(number),
                                ...[mean, p50, p95, p99].map((each) => duration(each * 1000)),
                            ].map((text, index) =>
                                h("td.number", { dataset: { label: titles[index] } }, text)
                            ),
                        );
                    }),
                ),
            ),
        ),
    );
}
