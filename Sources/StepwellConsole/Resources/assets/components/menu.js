import { h, uniqueId } from "../core/dom.js";
import { icon } from "./icons.js";

/** A button that opens a list of actions: `{ label, icon?, variant?, onclick }`. */
export function menu(label, actions, { icon: name = "down", variant } = {}) {
    const id = uniqueId("menu");
    const list = h(
        "div.menu",
        { id, popover: "auto", role: "menu", onkeydown: move },
        actions.map((action) =>
            h(
                "button.menu-item",
                {
                    type: "button",
                    role: "menuitem",
                    class: action.variant,
                    onclick: () => {
                        list.hidePopover();
                        action.onclick();
                    },
                },
                action.icon && icon(action.icon),
                action.label,
            )
        ),
    );
    const opener = h(
        "button.button",
        {
            type: "button",
            class: variant,
            "aria-haspopup": "menu",
            popovertarget: id,
        },
        h("span", {}, label),
        icon(name),
    );
    list.addEventListener("toggle", (event) => event.newState === "open" && place(list, opener));
    return h("span.menu-holder", {}, opener, list);
}

function place(list, opener) {
    const at = opener.getBoundingClientRect();
    list.style.setProperty("top", `${at.bottom + 4}px`);
    list.style.setProperty(
        "left",
        `${Math.max(8, Math.min(at.left, innerWidth - list.offsetWidth - 8))}px`,
    );
    list.querySelector("button")?.focus();
}

function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...event.currentTarget.querySelectorAll("button")];
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
}
