import { fill, h } from "../../core/dom.js";
import { isAbort } from "../../core/api.js";
import { count, duration, plural } from "../../core/format.js";
import { setQuery } from "../../core/router.js";
import { button } from "../../components/buttons.js";
import { failure } from "../../components/placeholders.js";
import { VirtualList } from "../../components/virtual-list.js";
import { TimeScale } from "./time-scale.js";
import { TimelineRows } from "./timeline-rows.js";
import { timelineRow } from "./timeline-row.js";
import { TimelineAxis } from "./timeline-axis.js";

const rowHeight = 28;

/** The visits to scale: work, waits, back-off and child executions, with idle stretches folded. */
export function showTimeline(panel, scope, model, query) {
    const tab = new TimelineTab(scope, model, query);
    fill(panel, tab.element);
    tab.reload();
}

class TimelineTab {
    #scope;
    #model;

    constructor(scope, model, query) {
        this.#scope = scope;
        this.#model = model;
        this.range = query.from && query.to
            ? [Number(query.from), Number(query.to)].map((each) => model.start + each)
            : null;
        this.rows = new TimelineRows(model.arn, scope);
        this.folds = h("input", { type: "checkbox", checked: true, onchange: () => this.#show() });
        this.note = h("span.muted", { role: "status" });
        this.reset = button("Whole time", { variant: "small", onclick: () => this.setRange(null) });
        this.axis = new TimelineAxis((from, to) => this.setRange(this.#inside(from, to)));
        this.list = new VirtualList({
            rowHeight,
            label: "Timeline",
            class: "timeline-list",
            render: (index) =>
                timelineRow(this.visible[index], this.scale, this.#model, {
                    toggle: (row) => this.#toggle(row),
                    isChosen: (row) => row.span.visitId === this.#model.visit,
                }),
        });
        this.more = h("div.more", {});
        this.element = h(
            "div.timeline",
            {},
            h(
                "div.filters",
                {},
                this.reset,
                h("label.choice", {}, this.folds, "Fold idle time"),
                legend(),
                this.note,
            ),
            h("div.timeline-frame", {}, this.axis.element, this.list.element),
            this.more,
        );
        scope.on(model, "moved", () => this.#showCursor());
        scope.on(model, "selected", () => this.list.refresh());
        scope.on(model.events, "grown", scope.throttled(1000, () => this.reload()));
        scope.every(1000, () => model.isRunning && this.#show());
    }

    async reload() {
        try {
            await this.rows.load(this.range);
            this.#show();
        } catch (error) {
            if (!isAbort(error)) fill(this.more, failure(error, () => this.reload()));
        }
    }

    /** A stretch within the execution's time; null when that is the whole. */
    #inside(from, to) {
        const { start, end } = this.#model;
        const length = Math.max(1, to - from);
        if (length >= end - start) return null;
        const first = Math.min(Math.max(from, start), end - length);
        return [first, first + length];
    }

    /** Shows a stretch of time, in milliseconds; null for the whole. */
    setRange(range) {
        this.range = range;
        setQuery({
            from: range && Math.round(range[0] - this.#model.start),
            to: range && Math.round(range[1] - this.#model.start),
        });
        this.reload();
    }

    #show() {
        const { visible } = this.rows;
        this.visible = visible;
        const now = this.#model.end;
        const [from, to] = this.range ?? [this.#model.start, Math.max(now, this.#model.start + 1)];
        const times = visible.flatMap(({ parts }) =>
            parts.flatMap((part) => [part.from, part.to ?? now])
        );
        this.scale = new TimeScale(times, from, to, { folds: this.folds.checked });
        this.reset.hidden = !this.range;
        this.axis.show(this.scale, this.#model.start);
        this.list.element.style.setProperty(
            "height",
            `${Math.min(18, Math.max(visible.length, 1)) * rowHeight + 2}px`,
        );
        this.list.setCount(visible.length);
        this.#showCursor();
        fill(
            this.note,
            `${plural(visible.length, "row")}, ${duration(to - from)}`,
            this.scale.folded.length > 0 &&
                `, ${plural(this.scale.folded.length, "stretch", "stretches")} folded`,
        );
        fill(
            this.more,
            this.rows.next !== null &&
                [
                    h("span", {}, `The first ${count(visible.length)} rows`),
                    button("Show more", { onclick: () => this.#loadMore() }),
                ],
        );
    }

    async #showCursor() {
        const { at } = this.#model;
        const event = at === null ? null : await this.#model.events.get(at);
        if (at === this.#model.at) {
            this.axis.setCursor(
                event
                    ? this.scale?.share(Date.parse(event.timestamp) || event.timestamp * 1000)
                    : null,
            );
        }
    }

    async #loadMore() {
        try {
            await this.rows.loadMore();
            this.#show();
        } catch (error) {
            if (!isAbort(error)) fill(this.more, failure(error, () => this.#loadMore()));
        }
    }

    async #toggle(row) {
        try {
            await this.rows.toggle(row);
            this.#show();
        } catch (error) {
            if (!isAbort(error)) fill(this.note, error.message);
        }
    }
}

function legend() {
    return h(
        "span.legend",
        {},
        [["attempt", "Work"], ["wait", "Wait"], ["backoff", "Back-off"], [
            "child",
            "Child execution",
        ]]
            .map(([kind, label]) => h("span", {}, h("span.swatch", { class: kind }), label)),
    );
}
