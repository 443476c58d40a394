import { fill, h } from "../../core/dom.js";
import { duration } from "../../core/format.js";

/**
 * The axis above a timeline: its ticks, its folds, the slider's moment, and a range drawn on it.
 */
export class TimelineAxis {
    #scale = null;

    constructor(onRange) {
        this.onRange = onRange;
        this.marks = h("div.axis-marks", {});
        this.selection = h("div.axis-selection", { hidden: true });
        this.cursor = h("div.axis-cursor", { hidden: true });
        this.track = h(
            "div.axis-track",
            {
                title: "Drag over a stretch to enlarge it",
                onpointerdown: (event) => this.#press(event),
            },
            this.marks,
            this.selection,
        );
        this.overlay = h("div.axis-overlay", { "aria-hidden": "true" });
        this.element = h(
            "div.axis",
            {},
            h("div.timeline-name.muted", {}, "State"),
            this.track,
            h("div.axis-below", {}, this.overlay, this.cursor),
        );
    }

    show(scale, start) {
        this.#scale = scale;
        const width = this.track.clientWidth || 800;
        const percent = (share) => `${share * 100}%`;
        fill(
            this.marks,
            scale.ticks(Math.max(3, width / 110)).map(({ time, share }) =>
                h(
                    "span.tick",
                    { style: { left: percent(share) } },
                    time === start ? "0" : `+${duration(time - start)}`,
                )
            ),
            scale.folded.map((each) =>
                h("span.fold-label", {
                    style: { left: percent(each.left), width: percent(each.width) },
                    title: `${duration(each.length)} in which nothing began or ended`,
                }, duration(each.length))
            ),
        );
        fill(
            this.overlay,
            scale.folded.map((each) =>
                h("div.fold-band", {
                    style: { left: percent(each.left), width: percent(each.width) },
                })
            ),
        );
    }

    /** Marks the moment that the slider stands at, as a share of the width; null for none. */
    setCursor(share) {
        this.cursor.hidden = share === null || share === undefined;
        if (!this.cursor.hidden) this.cursor.style.setProperty("left", `${share * 100}%`);
    }

    #press(event) {
        const box = this.track.getBoundingClientRect();
        const share = (each) => Math.min(1, Math.max(0, (each.clientX - box.left) / box.width));
        const begin = share(event);
        const move = (each) => {
            const end = share(each);
            this.selection.hidden = false;
            this.selection.style.setProperty("left", `${Math.min(begin, end) * 100}%`);
            this.selection.style.setProperty("width", `${Math.abs(end - begin) * 100}%`);
        };
        const up = (each) => {
            removeEventListener("pointermove", move);
            this.selection.hidden = true;
            const [from, to] = [begin, share(each)].sort((one, other) => one - other);
            if (to - from > 0.01) this.onRange(this.#scale.time(from), this.#scale.time(to));
        };
        addEventListener("pointermove", move);
        addEventListener("pointerup", up, { once: true });
    }
}
