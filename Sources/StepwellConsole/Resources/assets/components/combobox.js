import { fill, h, uniqueId } from "../core/dom.js";
import { isAbort } from "../core/api.js";

/**
 * A field with suggestions. `suggest(text, signal)` gives `{ label, detail?, group?, value }`s;
 * `onChoose(option)` hears the choice, `onClear()` that the field was emptied.
 */
export class Combobox {
    #suggest;
    #options = [];
    #active = -1;
    #request = null;
    #timer = 0;

    constructor({ label, placeholder, suggest, onChoose, onClear = () => {}, value = "" }) {
        this.#suggest = suggest;
        this.onChoose = onChoose;
        this.onClear = onClear;
        this.list = h("ul.options", {
            role: "listbox",
            id: uniqueId("options"),
            "aria-label": label,
            hidden: true,
        });
        this.input = h("input", {
            type: "search",
            role: "combobox",
            placeholder,
            value,
            autocomplete: "off",
            spellcheck: "false",
            "aria-label": label,
            "aria-expanded": "false",
            "aria-autocomplete": "list",
            "aria-controls": this.list.id,
            oninput: () => this.#typed(),
            onfocus: () => this.#typed(),
            onkeydown: (event) => this.#key(event),
            onblur: () => setTimeout(() => this.close(), 120),
        });
        this.element = h("div.combobox", {}, this.input, this.list);
    }

    close() {
        clearTimeout(this.#timer);
        this.#request?.abort();
        this.list.hidden = true;
        this.input.setAttribute("aria-expanded", "false");
    }

    #typed() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#ask(), 120);
        if (!this.input.value) this.onClear();
    }

    async #ask() {
        this.#request?.abort();
        this.#request = new AbortController();
        const { signal } = this.#request;
        try {
            const options = await this.#suggest(this.input.value.trim(), signal);
            if (!signal.aborted) this.#show(options);
        } catch (error) {
            if (!isAbort(error)) this.#show([]);
        }
    }

    #show(options) {
        this.#options = options;
        this.#active = -1;
        const items = [];
        options.forEach((option, index) => {
            if (option.group && option.group !== options[index - 1]?.group) {
                items.push(h("li.options-group", { role: "presentation" }, option.group));
            }
            items.push(this.#item(option));
        });
        fill(
            this.list,
            items.length ? items : h("li.options-none", { role: "presentation" }, "Nothing found"),
        );
        this.list.hidden = document.activeElement !== this.input;
        this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    }

    #item(option) {
        return h(
            "li.option",
            {
                role: "option",
                id: uniqueId("option"),
                "aria-selected": "false",
                onpointerdown: (event) => {
                    event.preventDefault();
                    this.#choose(option);
                },
            },
            h("span", {}, option.label),
            option.detail && h("span.detail", {}, option.detail),
        );
    }

    #key(event) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step && this.#options.length) {
            event.preventDefault();
            const length = this.#options.length;
            this.#activate(
                this.#active < 0 && step < 0 ? length - 1 : (this.#active + step + length) % length,
            );
        } else if (event.key === "Enter" && !this.list.hidden && this.#options.length) {
            event.preventDefault();
            this.#choose(this.#options[Math.max(0, this.#active)]);
        } else if (event.key === "Escape" && !this.list.hidden) {
            event.preventDefault();
            this.close();
        }
    }

    #activate(index) {
        this.#active = index;
        const items = [...this.list.querySelectorAll(".option")];
        items.forEach((item, each) => item.setAttribute("aria-selected", String(each === index)));
        this.input.setAttribute("aria-activedescendant", items[index].id);
        items[index].scrollIntoView({ block: "nearest" });
    }

    #choose(option) {
        this.close();
        this.input.value = option.label;
        this.onChoose(option);
    }
}
