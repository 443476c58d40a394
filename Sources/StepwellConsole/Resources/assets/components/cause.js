import { h } from "../core/dom.js";
import { jsonView } from "./json-view.js";

/** An error with its cause; one that is a JSON object, as those of services are, is laid out. */
export function errorAndCause(error, cause) {
    return [
        h("strong", {}, error),
        cause && (isObject(cause)
            ? jsonView(cause, { label: "Cause", maximumLines: 14 })
            : h("p.cause", {}, cause)),
    ];
}

function isObject(text) {
    if (!text.startsWith("{")) return false;
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}
