import { h } from "../core/dom.js";
import { causeParts, isObjectText } from "../core/cause.js";
import { jsonView } from "./json-view.js";

/**
 * An error and its cause. What a function says of itself is told apart: its message, its stack.
 * Other JSON objects, as those of services are, are laid out.
 */
export function failureText(error, cause) {
    const { message, stack } = causeParts(cause);
    return [
        h("strong", {}, error),
        message && (isObjectText(message)
            ? jsonView(message, { label: "Cause", maximumLines: 14 })
            : h("p.cause", {}, message)),
        stack && h(
            "details.trace",
            {},
            h("summary", {}, "Stack trace"),
            h("pre", { tabindex: 0 }, stack),
        ),
    ];
}
