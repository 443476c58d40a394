import { h, keptFocus } from "../core/dom.js";

/**
 * A scrolling list of rows of one height, of which only those in sight exist as elements.
 * `render(index)` gives a row; `onRange(first, last)` hears which rows are in sight, `onStep(by)`
 * of the arrow keys up and down.
 */
export class VirtualList {
    #rowHeight;
    #render;
    #count = 0;
    #shown = new Map();
    #frame = 0;

    constructor(
        { rowHeight, render, label, role = null, onRange = () => {}, onStep, class: name },
    ) {
        this.#rowHeight = rowHeight;
        this.#render = render;
        this.onRange = onRange;
        this.onStep = onStep;
        this.rows = h("div.virtual-rows", { role });
        this.element = h("div.virtual", {
            class: name,
            tabindex: "0",
            "aria-label": label,
            role: "group",
            onscroll: () => this.#schedule(),
            onkeydown: (event) => this.#key(event),
        }, this.rows);
        new ResizeObserver(() => this.#schedule()).observe(this.element);
    }

    get count() {
        return this.#count;
    }

    /** How many rows there are; rows in sight are rendered anew. */
    setCount(count) {
        this.#count = count;
        this.rows.style.setProperty("height", `${count * this.#rowHeight}px`);
        this.refresh();
    }

    /** Renders the rows in sight anew. */
    refresh() {
        const [index, focused] = [...this.#shown].find(([, row]) =>
            row.contains(document.activeElement)
        ) ?? [];
        const focusAgain = keptFocus(focused, () => this.#shown.get(index));
        for (const row of this.#shown.values()) row.remove();
        this.#shown.clear();
        this.#draw();
        focusAgain();
    }

    /** Brings a row into sight, in the middle. */
    scrollTo(index) {
        const middle = (index + 0.5) * this.#rowHeight - this.element.clientHeight / 2;
        this.element.scrollTop = middle;
        this.#draw();
    }

    /** Whether the end is in sight. */
    get isAtEnd() {
        return this.element.scrollTop + this.element.clientHeight >=
            this.#count * this.#rowHeight - 40;
    }

    #key(event) {
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (!by || !this.onStep) return;
        event.preventDefault();
        this.onStep(by);
        this.element.focus();
    }

    #schedule() {
        cancelAnimationFrame(this.#frame);
        this.#frame = requestAnimationFrame(() => this.#draw());
    }

    #draw() {
        const height = this.element.clientHeight || 400;
        const first = Math.max(0, Math.floor(this.element.scrollTop / this.#rowHeight) - 8);
        const last = Math.min(
            this.#count,
            Math.ceil((this.element.scrollTop + height) / this.#rowHeight) + 8,
        );
        for (const [index, row] of this.#shown) {
            if (index >= first && index < last) continue;
            row.remove();
            this.#shown.delete(index);
        }
        for (let index = first; index < last; index += 1) {
            if (this.#shown.has(index)) continue;
            const row = this.#render(index);
            row.style.setProperty("top", `${index * this.#rowHeight}px`);
            row.classList.add("virtual-row");
            this.#shown.set(index, row);
            this.rows.append(row);
        }
        if (last > first) this.onRange(first, last);
    }
}
