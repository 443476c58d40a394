import { h } from "../core/dom.js";
import { icon } from "./icons.js";

/** A remark in the page: `kind` is "running", "succeeded", "caught" or "failed". */
export function notice(content, kind = "running") {
    const names = { succeeded: "check", failed: "alert", caught: "alert" };
    return h(
        "div.notice",
        { class: kind, role: "status" },
        icon(names[kind] ?? "info"),
        h("div", {}, content),
    );
}
