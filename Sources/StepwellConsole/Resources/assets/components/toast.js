import { h } from "../core/dom.js";
import { icon } from "./icons.js";

const region = h("div.toasts", { role: "status", "aria-live": "polite" });

/** Where notices appear; above an open dialog too. */
export function toastRegion() {
    region.setAttribute("popover", "manual");
    return region;
}

/**
 * Shows a notice for a while: `kind` is "info", "success" or "error". One that is said again takes
 * the place of the first.
 */
export function toast(text, kind = "info") {
    for (const shown of [...region.children]) {
        if (shown.classList.contains(kind) && shown.textContent === text) shown.remove();
    }
    const names = { info: "info", success: "check", error: "alert" };
    const close = h(
        "button.icon-button",
        { type: "button", "aria-label": "Dismiss" },
        icon("close"),
    );
    const notice = h(
        "div.toast",
        { class: kind, role: kind === "error" ? "alert" : null },
        icon(names[kind]),
        h("span", {}, text),
        close,
    );
    const dismiss = () => notice.remove();
    close.addEventListener("click", dismiss);
    region.append(notice);
    raise();
    while (region.children.length > 4) region.firstChild.remove();
    setTimeout(dismiss, kind === "error" ? 12_000 : 4000);
}

/** A popover shown anew lies above dialogs that were opened since. */
function raise() {
    if (!region.isConnected || !region.showPopover) return;
    if (region.matches(":popover-open")) region.hidePopover();
    region.showPopover();
}
