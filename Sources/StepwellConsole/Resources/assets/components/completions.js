import { fill, h } from "../core/dom.js";

/** The list of completions at an editor's cursor. */
export class Completions {
    #editor;
    #complete;
    #options = [];
    #active = 0;
    #start = 0;

    constructor(editor, complete) {
        this.#editor = editor;
        this.#complete = complete;
        this.list = h("ul.completions", {
            role: "listbox",
            "aria-label": "Completions",
            hidden: true,
        });
        editor.frame.append(this.list);
        editor.area.addEventListener("blur", () => setTimeout(() => this.close(), 150));
        editor.area.addEventListener("scroll", () => this.close());
    }

    close() {
        this.list.hidden = true;
    }

    /** Offers what fits after a change. */
    typed() {
        const { value, selectionStart } = this.#editor.area;
        if (!/["\w.:]/.test(value[selectionStart - 1] ?? "")) return this.close();
        return this.#offer();
    }

    /** Handles a key; true when it was for the list. */
    key(event) {
        if (event.key === " " && event.ctrlKey) {
            event.preventDefault();
            this.#offer();
            return true;
        }
        if (this.list.hidden) return false;
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) {
            this.#activate((this.#active + step + this.#options.length) % this.#options.length);
        } else if (event.key === "Enter" || event.key === "Tab") {
            this.#choose(this.#options[this.#active]);
        } else if (event.key === "Escape") this.close();
        else return false;
        event.preventDefault();
        event.stopPropagation();
        return true;
    }

    #offer() {
        const { value, selectionStart } = this.#editor.area;
        const found = this.#complete(value, selectionStart);
        this.#options = found?.options.slice(0, 60) ?? [];
        if (!this.#options.length) return this.close();
        this.#start = found.start;
        fill(
            this.list,
            this.#options.map((option) =>
                h(
                    "li",
                    {
                        role: "option",
                        onpointerdown: (event) => {
                            event.preventDefault();
                            this.#choose(option);
                        },
                    },
                    option.label,
                    h("span.detail", {}, option.detail),
                )
            ),
        );
        this.list.hidden = false;
        const { left, top } = this.#editor.caret;
        const room = this.#editor.frame.clientHeight - top;
        const above = room < this.list.offsetHeight && top > this.list.offsetHeight + 24;
        this.list.style.setProperty(
            "left",
            `${Math.max(4, Math.min(left, this.#editor.frame.clientWidth - 250))}px`,
        );
        this.list.style.setProperty("top", `${above ? top - this.list.offsetHeight - 22 : top}px`);
        return this.#activate(0);
    }

    #activate(index) {
        this.#active = index;
        [...this.list.children].forEach((item, each) =>
            item.setAttribute("aria-selected", String(each === index))
        );
        this.list.children[index].scrollIntoView({ block: "nearest" });
    }

    #choose(option) {
        const { area } = this.#editor;
        this.close();
        const following = area.value[area.selectionStart] === '"' && option.insert.endsWith('"')
            ? 1
            : 0;
        area.setSelectionRange(this.#start, area.selectionStart + following);
        this.#editor.insert(option.insert);
        this.close();
    }
}
