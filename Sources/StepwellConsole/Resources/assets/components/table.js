import { fill, h, keptFocus } from "../core/dom.js";
import { empty } from "./placeholders.js";

/**
 * A table whose rows are objects.
 *
 * `columns`: `{ title, cell(row), class?, sort?(row) }`; the first cell should hold the row's link.
 * `key(row)`: what tells rows apart. `selectable(row)`: whether a row has a check box.
 * On narrow screens each row is a card, whose cells carry their column's title.
 */
export class DataTable {
    #columns;
    #key;
    #selectable;
    #emptyState;
    #rows = [];
    #elements = new Map();
    #body = h("tbody", {});
    #sorting = null;
    #all;
    selected = new Set();

    constructor(
        { columns, key, caption, selectable = null, onSelect = () => {}, empty: emptyState },
    ) {
        this.#columns = columns;
        this.#key = key;
        this.#selectable = selectable;
        this.#emptyState = emptyState ?? (() => empty("Nothing here"));
        this.onSelect = () => {
            this.#showAll();
            onSelect();
        };
        this.#all = h("input", {
            type: "checkbox",
            "aria-label": "Select all rows shown",
            onchange: () => this.selectAll(this.#all.checked),
        });
        this.placeholder = h("div", { hidden: true });
        this.table = h(
            "table.data",
            {},
            h("caption.visually-hidden", {}, caption),
            h(
                "thead",
                {},
                h(
                    "tr",
                    {},
                    selectable && h("th.select", { scope: "col" }, this.#all),
                    columns.map((column) => this.#heading(column)),
                ),
            ),
            this.#body,
        );
        this.element = h("div.table-frame", {}, this.table, this.placeholder);
    }

    get rows() {
        return this.#rows;
    }

    /** Shows these rows in place of all others. */
    setRows(rows) {
        const row = document.activeElement?.closest("tr");
        const [key] = [...this.#elements].find(([, element]) => element === row) ?? [];
        const focusAgain = keptFocus(key && row, () => this.#elements.get(key));
        this.#rows = [...rows];
        this.#elements.clear();
        this.selected = new Set(
            [...this.selected].filter((key) => rows.some((row) => this.#key(row) === key)),
        );
        this.#render();
        this.onSelect();
        focusAgain();
    }

    /** Shows more rows below. */
    addRows(rows) {
        const known = new Set(this.#rows.map(this.#key));
        this.#rows.push(...rows.filter((row) => !known.has(this.#key(row))));
        this.#render();
        this.#showAll();
    }

    /** Shows a row anew, or at a place, on top, when it is not there yet (unless `onlyKnown`). */
    update(row, { onlyKnown = false, place = 0 } = {}) {
        const key = this.#key(row);
        const index = this.#rows.findIndex((each) => this.#key(each) === key);
        if (index < 0 && onlyKnown) return;
        if (index < 0) this.#rows.splice(place, 0, row);
        else this.#rows[index] = { ...this.#rows[index], ...row };
        const before = this.#elements.get(key);
        this.#elements.delete(key);
        const after = this.#element(index < 0 ? row : this.#rows[index]);
        after.classList.add("changed");
        const focusAgain = keptFocus(before, () => after);
        if (before) before.replaceWith(after);
        else this.#render();
        focusAgain();
        this.#showAll();
    }

    remove(key) {
        this.#rows = this.#rows.filter((row) => this.#key(row) !== key);
        this.selected.delete(key);
        this.#render();
        this.onSelect();
    }

    selectAll(on) {
        const keys = this.#rows.filter((row) => this.#selectable?.(row)).map(this.#key);
        this.selected = new Set(on ? keys : []);
        for (const box of this.#body.querySelectorAll("td.select input")) box.checked = on;
        this.onSelect();
    }

    /** The head's box says whether all rows are selected, or some. */
    #showAll() {
        const all = this.#rows.filter((row) => this.#selectable?.(row)).length;
        this.#all.checked = all > 0 && this.selected.size === all;
        this.#all.indeterminate = this.selected.size > 0 && this.selected.size < all;
    }

    get selectedRows() {
        return this.#rows.filter((row) => this.selected.has(this.#key(row)));
    }

    #heading(column) {
        if (!column.sort) return h("th", { scope: "col", class: column.class }, column.title);
        const label = h("button.sort", {
            type: "button",
            onclick: () => this.#sortBy(column, cell),
        }, column.title);
        const cell = h("th", { scope: "col", class: column.class, "aria-sort": "none" }, label);
        return cell;
    }

    #sortBy(column, cell) {
        const ascending = cell.getAttribute("aria-sort") !== "ascending";
        for (const each of this.table.querySelectorAll("th[aria-sort]")) {
            each.setAttribute("aria-sort", "none");
        }
        cell.setAttribute("aria-sort", ascending ? "ascending" : "descending");
        this.#sorting = { value: column.sort, sign: ascending ? 1 : -1 };
        this.#render();
    }

    #render() {
        const rows = this.#sorting ? [...this.#rows].sort(byValue(this.#sorting)) : this.#rows;
        const focused = this.#body.contains(document.activeElement) && document.activeElement;
        this.#body.replaceChildren(...rows.map((row) => this.#element(row)));
        if (focused) focused.focus({ preventScroll: true });
        this.table.hidden = rows.length === 0;
        this.placeholder.hidden = rows.length > 0;
        if (rows.length === 0) fill(this.placeholder, this.#emptyState());
    }

    #element(row) {
        const key = this.#key(row);
        if (!this.#elements.has(key)) this.#elements.set(key, this.#built(row, key));
        return this.#elements.get(key);
    }

    #built(row, key) {
        const cells = this.#columns.map((column) =>
            h("td", { class: column.class, dataset: { label: column.title } }, column.cell(row))
        );
        return h(
            "tr",
            { onclick: follow },
            this.#selectable && h("td.select", {}, this.#box(row, key)),
            cells,
        );
    }

    #box(row, key) {
        if (!this.#selectable(row)) return null;
        return h("input", {
            type: "checkbox",
            "aria-label": `Select ${key}`,
            checked: this.selected.has(key),
            onchange: (event) => {
                if (event.target.checked) this.selected.add(key);
                else this.selected.delete(key);
                this.onSelect();
            },
        });
    }
}

function byValue({ value, sign }) {
    return (one, other) => {
        const [left, right] = [value(one), value(other)];
        return (left < right ? -1 : left > right ? 1 : 0) * sign;
    };
}

/** A click anywhere in a row follows its link, unless it is for something else or marks text. */
function follow(event) {
    if (event.target.closest("a, button, input, label, summary") || String(getSelection())) return;
    const link = event.currentTarget.querySelector("a.row-link");
    if (!link) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
    else link.click();
}
