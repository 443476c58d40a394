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
                title: "Drag over a stretch to enlarge it; + and - enlarge and reduce, arrows move",
                role: "group",
                tabindex: 0,
                "aria-label": "Stretch of time",
                onpointerdown: (event) => this.#press(event),
                onkeydown: (event) => this.#key(event),
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

    /** A half or the double of what is shown, or the stretch beside it. */
    #key(event) {
        const { from, to } = this.#scale;
        const length = to - from;
        const changes = {
            "+": [length / 4, -length / 4],
            "-": [-length / 2, length / 2],
            ArrowLeft: [-length / 4, -length / 4],
            ArrowRight: [length / 4, length / 4],
        };
        const change = changes[event.key];
        if (!change || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        this.onRange(from + change[0], to + change[1]);
    }

    #press(event) {
        const box = this.track.getBoundingClientRect();
        const share = (each) => Math.min(1, Math.max(0, (each.clientX - box.left) / box.width));
        const begin = share(event);
        const move = (each) => {
            const now = share(each);
            this.selection.hidden = false;
            this.selection.style.setProperty("left", `${Math.min(begin, now) * 100}%`);
            this.selection.style.setProperty("width", `${Math.abs(now - begin) * 100}%`);
        };
        const end = new AbortController();
        const up = (each) => {
            end.abort();
            this.selection.hidden = true;
            if (each.type === "pointercancel") return;
            const [from, to] = [begin, share(each)].sort((one, other) => one - other);
            if (to - from > 0.01) this.onRange(this.#scale.time(from), this.#scale.time(to));
        };
        for (const [type, listener] of [["pointermove", move], ["pointerup", up], [
            "pointercancel",
            up,
        ]]) addEventListener(type, listener, { signal: end.signal });
    }
}
