import { h } from "../core/dom.js";

/** Named facts in columns: `[label, content]`; those without content are left out. */
export function facts(entries) {
    return h(
        "dl.facts",
        {},
        entries.filter(([, content]) => content !== null && content !== undefined)
            .map(([label, content]) => h("div", {}, h("dt", {}, label), h("dd", {}, content))),
    );
}

/** A card with a heading. */
export function card(title, content, ...tools) {
    return h(
        "section.card",
        {},
        h("header", {}, h("h2", {}, title), tools),
        h("div.card-body", {}, content),
    );
}
