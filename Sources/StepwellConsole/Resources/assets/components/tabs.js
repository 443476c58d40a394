import { fill, h, uniqueId } from "../core/dom.js";
import { isAbort } from "../core/api.js";
import { count } from "../core/format.js";
import { Scope } from "../core/scope.js";
import { failure } from "./placeholders.js";

/**
 * Tabs: `items` are `{ id, label, show(panel, scope) }`. A tab is filled when it is chosen; its
 * scope ends when another is. `onSelect(id)` hears of what a user chooses.
 */
export class Tabs {
    #items;
    #buttons = new Map();
    #scope = null;
    #parent;

    constructor(items, { label, scope, onSelect = () => {} }) {
        this.#items = items;
        this.#parent = scope;
        this.onSelect = onSelect;
        this.list = h("div.tabs", {
            role: "tablist",
            "aria-label": label,
            onkeydown: (event) => this.#move(event),
        }, items.map((item) => this.#button(item)));
        this.panel = h("div.tab-panel", {
            role: "tabpanel",
            tabindex: "-1",
            id: uniqueId("panel"),
        });
        this.element = h("div.tabbed", {}, this.list, this.panel);
        for (const each of this.#buttons.values()) {
            each.setAttribute("aria-controls", this.panel.id);
        }
    }

    /** Shows a tab; the first one when there is none of this name. */
    select(id) {
        const item = this.#items.find((each) => each.id === id) ?? this.#items[0];
        this.selected = item.id;
        for (const [name, button] of this.#buttons) {
            button.setAttribute("aria-selected", name === item.id);
            button.tabIndex = name === item.id ? 0 : -1;
        }
        const button = this.#buttons.get(item.id);
        this.panel.setAttribute("aria-labelledby", button.id);
        this.#reveal(button);
        this.#scope?.end();
        this.#scope = this.#parent ? this.#parent.child() : new Scope();
        fill(this.panel);
        this.#fill(item, this.#scope);
    }

    /** What cannot be shown says why, in its place. */
    async #fill(item, scope) {
        try {
            await item.show(this.panel, scope);
        } catch (error) {
            if (scope.ended || isAbort(error)) return;
            fill(this.panel, failure(error, () => this.select(item.id)));
        }
    }

    /** Shows a number beside a tab's name; null removes it. */
    setCount(id, number) {
        const place = this.#buttons.get(id)?.querySelector(".count");
        if (place) place.textContent = number === null ? "" : count(number);
    }

    #button(item) {
        const button = h(
            "button.tab",
            {
                type: "button",
                role: "tab",
                id: uniqueId("tab"),
                "aria-selected": "false",
                onclick: () => this.#choose(item.id),
            },
            item.label,
            h("span.count", {}),
        );
        this.#buttons.set(item.id, button);
        return button;
    }

    /** Brings a tab into sight where there are more than fit. */
    #reveal(button) {
        const { scrollLeft, clientWidth, offsetLeft } = this.list;
        const left = button.offsetLeft - offsetLeft;
        if (left < scrollLeft) this.list.scrollLeft = left;
        else if (left + button.offsetWidth > scrollLeft + clientWidth) {
            this.list.scrollLeft = left + button.offsetWidth - clientWidth;
        }
    }

    #choose(id) {
        this.onSelect(id);
        this.select(id);
    }

    #move(event) {
        const names = [...this.#buttons.keys()];
        const now = names.indexOf(this.selected);
        const next =
            { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: names.length - 1 }[event.key];
        if (next === undefined) return;
        event.preventDefault();
        this.#choose(names.at(next % names.length));
        this.#buttons.get(this.selected).focus();
    }
}
