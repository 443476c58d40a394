import { fill, h, svg } from "../core/dom.js";
import { count, timeOfDay } from "../core/format.js";

const width = 600;
const height = 120;
const gap = 1.5;

/**
 * Bars by the minute, one series on top of another. `series`: `[member, tone, words]`, where the
 * member names a list of numbers in what is shown, oldest first, and `time` its end.
 */
export class MinuteChart {
    #series;

    constructor(title, series) {
        this.#series = series;
        this.drawing = svg("svg.chart", {
            viewBox: `0 0 ${width} ${height}`,
            preserveAspectRatio: "none",
            role: "img",
        });
        this.peak = h("span.chart-peak.number", {});
        this.legend = h("ul.chart-legend", {});
        this.note = h("p.hint", { role: "status" }, "\u00a0");
        this.start = h("span", {});
        this.end = h("span", {});
        this.title = title;
        this.element = h(
            "figure.card.chart-card",
            {},
            h("figcaption", {}, h("h2", {}, title), this.legend),
            h("div.chart-frame", {}, this.peak, this.drawing),
            h("div.chart-axis", {}, this.start, this.end),
            this.note,
        );
    }

    /** Shows these numbers. */
    show(found) {
        const lists = this.#series.map(([member]) => found[member] ?? []);
        const minutes = Math.max(...lists.map((list) => list.length), 1);
        const sums = Array.from({ length: minutes }, (_, index) =>
            lists.reduce((sum, list) => sum + (list[index] ?? 0), 0));
        const top = Math.max(...sums, 1);
        const step = width / minutes;
        const bars = [];
        for (let index = 0; index < minutes; index += 1) {
            let base = height;
            for (const [number, [, tone]] of this.#series.entries()) {
                const size = ((lists[number][index] ?? 0) / top) * (height - 4);
                if (!size) continue;
                base -= size;
                bars.push(bar(index * step, base, step - gap, size, tone));
            }
            bars.push(this.#target(index * step, step, () => this.#text(found, lists, index)));
        }
        fill(this.drawing, bars);
        const totals = this.#totals(lists);
        this.drawing.setAttribute(
            "aria-label",
            `${this.title} in the last ${minutes} minutes: ${totals.join(", ")}`,
        );
        this.peak.textContent = count(top);
        this.start.textContent = clock(found.time - minutes * 60);
        this.end.textContent = clock(found.time);
        fill(
            this.legend,
            this.#series.map(([, tone], index) =>
                h("li", { class: tone }, h("span.dot", {}), totals[index])
            ),
        );
    }

    #totals(lists) {
        return this.#series.map(([, , said], index) =>
            `${count(lists[index].reduce((sum, each) => sum + each, 0))} ${said}`
        );
    }

    /** The whole height of a minute, so that a pointer finds it. */
    #target(x, step, text) {
        return svg("rect.chart-minute", {
            x,
            y: 0,
            width: step,
            height,
            onpointerenter: () => fill(this.note, text()),
            onpointerleave: () => fill(this.note, "\u00a0"),
        });
    }

    #text(found, lists, index) {
        const minute = found.time - (lists[0].length - 1 - index) * 60;
        const said = this.#series.map(([, , name], series) =>
            `${count(lists[series][index])} ${name}`
        );
        return `${clock(minute)}: ${said.join(", ")}`;
    }
}

function bar(x, y, barWidth, size, tone) {
    return svg("rect", { class: tone, x, y, width: Math.max(barWidth, 0.5), height: size });
}

function clock(seconds) {
    return timeOfDay(seconds).slice(0, 5);
}
