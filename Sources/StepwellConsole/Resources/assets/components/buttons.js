import { h } from "../core/dom.js";
import { icon } from "./icons.js";
import { toast } from "./toast.js";

/** A button: `variant` is "primary", "danger", "quiet" or nothing. */
export function button(
    label,
    { icon: name, variant, onclick, disabled, title, type = "button", ...rest } = {},
) {
    return h(
        "button.button",
        { class: variant, type, onclick, disabled, title, ...rest },
        name && icon(name),
        label && h("span", {}, label),
    );
}

/** A button that shows an icon alone; its label is for screen readers and the title. */
export function iconButton(label, name, onclick, attributes = {}) {
    return h("button.icon-button", {
        type: "button",
        "aria-label": label,
        title: label,
        onclick,
        ...attributes,
    }, icon(name));
}

/** A link that looks like a button. */
export function linkButton(label, href, { icon: name, variant } = {}) {
    return h("a.button", { class: variant, href }, name && icon(name), h("span", {}, label));
}

/** A button that copies a text; a function gives the text when it is wanted. */
export function copyButton(text, label = "Copy") {
    return iconButton(label, "copy", async (event) => {
        event.stopPropagation();
        const wanted = typeof text === "function" ? await text() : text;
        const isCopied = await copied(wanted);
        if (isCopied) toast("Copied.");
        else toast("The browser does not let the page copy.", "error");
    });
}

/** Copies a text; pages that are not served securely have no clipboard of their own. */
function copied(text) {
    if (navigator.clipboard) {
        return navigator.clipboard.writeText(text).then(() => true, () => false);
    }
    const area = h("textarea.visually-hidden", { value: text });
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
}

/** Does something while its button is busy, so that it is not asked twice. */
export async function whileBusy(element, action) {
    element.disabled = true;
    element.setAttribute("aria-busy", "true");
    try {
        return await action();
    } finally {
        element.disabled = false;
        element.removeAttribute("aria-busy");
    }
}

/** Offers a text as a file. */
export function download(name, text, type = "application/json") {
    const url = URL.createObjectURL(new Blob([text], { type }));
    h("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
