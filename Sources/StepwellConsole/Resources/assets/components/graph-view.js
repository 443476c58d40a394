import { drawing, h, svg } from "../core/dom.js";
import { count, words } from "../core/format.js";
import { statusKind } from "./status.js";
import { iconButton } from "./buttons.js";

const padding = 16;
/** What the tools in the corner cover. */
const toolsHeight = 34;
/** The drawing's units a pixel at which text can just be read. */
const smallest = 1.9;

/**
 * A state machine's graph that can be moved and scaled; its states can be chosen with the pointer
 * and the keyboard. The server draws it once; statuses only change the colours.
 */
export class GraphView {
    #view = null;
    #full = null;
    #states = new Map();
    #touched = false;
    #statuses = {};
    #drawn = "";

    constructor({ label, onSelect = () => {} }) {
        this.onSelect = onSelect;
        this.selected = null;
        this.holder = h("div.graph-holder", {});
        this.element = h(
            "div.graph-view",
            { role: "group", "aria-label": label },
            this.holder,
            h(
                "div.graph-tools",
                {},
                iconButton("Zoom in", "plus", () => this.#zoom(0.8)),
                iconButton("Zoom out", "minus", () => this.#zoom(1.25)),
                iconButton("Show all", "fit", () => this.fit(true)),
            ),
        );
        this.holder.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
        this.holder.addEventListener("pointerdown", (event) => this.#pointerDown(event));
        this.holder.addEventListener("keydown", (event) => this.#key(event));
        new ResizeObserver(() => this.#resized()).observe(this.holder);
    }

    /**
     * Shows a drawing (an SVG text); what is in sight stays when the drawing only changed a little.
     */
    setDrawing(text) {
        if (text === this.#drawn) return;
        this.#drawn = text;
        const root = drawing(text);
        const [x, y, width, height] = (root.getAttribute("viewBox") ?? "0 0 100 100").split(/[ ,]+/)
            .map(Number);
        this.#full = {
            x: x - padding,
            y: y - padding,
            width: width + 2 * padding,
            height: height + 2 * padding + toolsHeight,
        };
        root.removeAttribute("width");
        root.removeAttribute("height");
        root.setAttribute("role", "group");
        this.root = root;
        this.holder.replaceChildren(root);
        this.#states = new Map(
            [...root.querySelectorAll("[data-state]")].map((each) => [each.dataset.state, each]),
        );
        for (const state of this.#states.values()) {
            state.setAttribute("tabindex", "0");
            state.setAttribute("role", "button");
        }
        this.setStatuses(this.#statuses);
        this.select(this.selected, { silent: true });
        if (!this.#touched) this.fit();
        else this.#apply();
    }

    /** Colours the states: by name `{ status, entered, running, succeeded, failed, … }`. */
    setStatuses(statuses) {
        this.#statuses = statuses;
        for (const [name, element] of this.#states) {
            const status = statuses[name];
            element.dataset.status = status?.status ?? "notEntered";
            element.dataset.tone = statusKind(status?.status);
            element.setAttribute("aria-label", `${name}: ${words(status?.status ?? "notEntered")}`);
            this.#showCount(element, status);
        }
        for (const edge of this.root?.querySelectorAll(".edge") ?? []) {
            edge.classList.toggle("taken", isTaken(edge, statuses));
        }
    }

    /** Marks a state; null marks none. */
    select(name, { silent = false, reveal = false } = {}) {
        this.#states.get(this.selected)?.classList.remove("selected");
        this.selected = name;
        const element = this.#states.get(name);
        element?.classList.add("selected");
        if (element && reveal) this.#reveal(element);
        if (!silent) this.onSelect(name);
    }

    /** Brings a state into sight. */
    reveal(name) {
        const element = this.#states.get(name);
        if (element) this.#reveal(element);
    }

    /** Shows the whole graph, or as much from its top as stays legible. */
    fit(all = false) {
        if (!this.#full) return;
        const { clientWidth: width, clientHeight: height } = this.holder;
        if (!width || !height) return;
        const across = this.#full.width / width;
        const whole = Math.max(across, this.#full.height / height);
        const scale = Math.max(0.85, all || whole <= smallest ? whole : Math.min(across, smallest));
        const center = this.#full.width > width * scale
            ? this.#startCenter()
            : this.#full.x + this.#full.width / 2;
        const isTall = this.#full.height > height * scale;
        const left = center - (width * scale) / 2;
        const top = isTall ? this.#full.y : this.#full.y + (this.#full.height - height * scale) / 2;
        this.#touched = false;
        this.#view = { x: left, y: top, scale };
        this.#apply();
    }

    /** The middle of the topmost state. */
    #startCenter() {
        const boxes = [...this.#states.values()].map((each) => each.getBBox());
        const first = boxes.reduce((top, box) => (box.y < top.y ? box : top), boxes[0]);
        return first ? first.x + first.width / 2 : this.#full.x + this.#full.width / 2;
    }

    #resized() {
        if (this.#touched) this.#apply();
        else this.fit();
    }

    #apply() {
        if (!this.root || !this.#view) return;
        const { x, y, scale } = this.#view;
        const { clientWidth: width, clientHeight: height } = this.holder;
        this.root.setAttribute("viewBox", `${x} ${y} ${width * scale} ${height * scale}`);
        this.holder.classList.toggle("whole", this.#isWhole);
    }

    /** Whether nothing of the graph is above or below, so that there is nothing to scroll in it. */
    get #isWhole() {
        const { y, scale } = this.#view;
        const top = this.#full.y + padding;
        const bottom = this.#full.y + this.#full.height - padding - toolsHeight;
        return y <= top && y + this.holder.clientHeight * scale >= bottom;
    }

    #zoom(factor, at) {
        if (!this.#view) return;
        const { clientWidth: width, clientHeight: height } = this.holder;
        const point = at ?? { x: width / 2, y: height / 2 };
        const scale = Math.min(12, Math.max(0.2, this.#view.scale * factor));
        const change = this.#view.scale - scale;
        this.#view = {
            x: this.#view.x + point.x * change,
            y: this.#view.y + point.y * change,
            scale,
        };
        this.#touched = true;
        this.#apply();
    }

    #wheel(event) {
        if (!this.#view) return;
        const isScaled = event.ctrlKey || event.metaKey;
        const isAcross = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
        if (this.#isWhole && !isScaled && !isAcross) return;
        event.preventDefault();
        if (isScaled) {
            const box = this.holder.getBoundingClientRect();
            this.#zoom(Math.exp(event.deltaY / 160), {
                x: event.clientX - box.left,
                y: event.clientY - box.top,
            });
            return;
        }
        this.#move(event.shiftKey ? event.deltaY : event.deltaX, event.shiftKey ? 0 : event.deltaY);
    }

    #move(x, y) {
        this.#view.x += x * this.#view.scale;
        this.#view.y += y * this.#view.scale;
        this.#touched = true;
        this.#apply();
    }

    /** Dragging moves the graph, two fingers scale it; a press without movement chooses a state. */
    #pointerDown(event) {
        if (event.button !== 0 || !this.#view) return;
        this.pointers ??= new Map();
        this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
        if (this.pointers.size > 1) return;
        const target = event.target.closest("[data-state]");
        let moved = 0;
        const move = (each) => {
            moved += this.#dragged(each, moved);
        };
        const up = (each) => {
            this.pointers.delete(each.pointerId);
            if (this.pointers.size) return;
            removeEventListener("pointermove", move);
            removeEventListener("pointerup", up);
            removeEventListener("pointercancel", up);
            if (moved < 5 && each.type === "pointerup") this.select(target?.dataset.state ?? null);
        };
        addEventListener("pointermove", move);
        addEventListener("pointerup", up);
        addEventListener("pointercancel", up);
    }

    #dragged(event, moved) {
        const last = this.pointers.get(event.pointerId);
        if (!last) return 0;
        const [x, y] = [event.clientX - last.x, event.clientY - last.y];
        const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
        this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
        if (other) {
            const box = this.holder.getBoundingClientRect();
            const before = Math.hypot(last.x - other.x, last.y - other.y);
            const after = Math.hypot(event.clientX - other.x, event.clientY - other.y);
            this.#zoom(before / after, { x: other.x - box.left, y: other.y - box.top });
        } else if (moved + Math.hypot(x, y) >= 5) this.#move(-x, -y);
        return Math.hypot(x, y);
    }

    #key(event) {
        const state = event.target.closest("[data-state]")?.dataset.state;
        if (event.key === "+" || event.key === "-") this.#zoom(event.key === "+" ? 0.8 : 1.25);
        else if (state && (event.key === "Enter" || event.key === " ")) this.select(state);
        else if (state && event.key.startsWith("Arrow")) this.#follow(state, event.key);
        else return;
        event.preventDefault();
    }

    /** Goes along the edges: down and right to a next state, up and left to the one before. */
    #follow(name, key) {
        const forward = key === "ArrowDown" || key === "ArrowRight";
        const edges = [...this.root.querySelectorAll(".edge")];
        const next = edges.map((
            { dataset },
        ) => (forward ? dataset.from === name && dataset.to : dataset.to === name && dataset.from))
            .find((each) => each && this.#states.has(each));
        const element = this.#states.get(next);
        if (!element) return;
        element.focus();
        this.#reveal(element);
    }

    #reveal(element) {
        const box = element.getBoundingClientRect();
        const frame = this.holder.getBoundingClientRect();
        if (
            box.left >= frame.left && box.right <= frame.right && box.top >= frame.top &&
            box.bottom <= frame.bottom
        ) return;
        this.#move(
            (box.left + box.right - frame.left - frame.right) / 2,
            (box.top + box.bottom - frame.top - frame.bottom) / 2,
        );
    }

    /** How often a state was entered, and how far it is, in its corner. */
    #showCount(element, status) {
        const text = countText(status);
        let badge = element.querySelector(":scope > .visits");
        if (!text) {
            badge?.remove();
            return;
        }
        if (!badge) {
            const box = (element.querySelector(":scope > .box") ?? element).getBBox();
            badge = svg(
                "g.visits",
                { transform: `translate(${box.x + box.width - 10} ${box.y})` },
                svg("rect", { y: -9, height: 18, rx: 9 }),
                svg("text", { y: 4, "text-anchor": "end", x: -2 }),
            );
            element.append(badge);
        }
        badge.querySelector("text").textContent = text;
        const width = text.length * 6.4 + 14;
        badge.querySelector("rect").setAttribute("width", width);
        badge.querySelector("rect").setAttribute("x", 6 - width);
    }
}

/**
 * Whether an edge was followed, as far as counts tell: its state was left that way, and the next
 * one was entered. Edges from the start and to the end have one state alone.
 */
function isTaken({ dataset: { from, to }, classList }, statuses) {
    const { succeeded = 0, caught = 0 } = statuses[from] ?? {};
    const left = classList.contains("catch") ? caught : succeeded;
    return (!from || left > 0) && (!to || statuses[to]?.entered > 0);
}

function countText(status) {
    if (!status || status.entered < 2) return "";
    const done = status.entered - status.running;
    return status.running
        ? `${count(done)} of ${count(status.entered)}`
        : `× ${count(status.entered)}`;
}
