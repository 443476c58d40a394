import { h } from "../core/dom.js";
import { copyButton } from "./buttons.js";

/** The head of a page: where it stands, its title, the ARN to copy, and what can be done. */
export function pageHead({ crumbs = [], title, badges = [], arn, subtitle, actions = [] }) {
    return h(
        "header.page-head",
        {},
        h(
            "div.titles",
            {},
            crumbs.length > 0 &&
                h(
                    "nav.crumbs",
                    { "aria-label": "Breadcrumbs" },
                    crumbs.flatMap((crumb, index) => [
                        index > 0 && h("span", { "aria-hidden": "true" }, "/"),
                        h("a", { href: crumb.href }, crumb.label),
                    ]),
                ),
            h("h1", {}, h("span", {}, title), badges),
            arn && h("div.subtitle", {}, h("span.mono", {}, arn), copyButton(arn, "Copy the ARN")),
            subtitle && h("div.subtitle", {}, subtitle),
        ),
        h("div.actions", {}, actions),
    );
}
