import { h } from "../core/dom.js";
import { icon } from "./icons.js";
import { button } from "./buttons.js";

/** What stands where data will be. */
export function loading(lines = 6) {
    return h(
        "div.loading",
        { role: "status", "aria-label": "Loading" },
        Array.from({ length: lines }, () => h("div.skeleton", {})),
    );
}

/** What stands where there is nothing, with what to do about it. */
export function empty(title, text, ...actions) {
    return h(
        "div.empty",
        {},
        h("div.empty-mark", {}, icon("layers")),
        h("h2", {}, title),
        text && h("p", {}, text),
        actions.length > 0 && h("div.actions", {}, actions),
    );
}

/** What stands where something failed: the reason, and another try. */
export function failure(error, retry) {
    return h(
        "div.failure",
        { role: "alert" },
        icon("alert"),
        h(
            "div",
            {},
            h("strong", {}, error.type ?? "Something went wrong"),
            h("p", {}, error.message ?? String(error)),
            retry && button("Try again", { icon: "refresh", onclick: retry }),
        ),
    );
}
