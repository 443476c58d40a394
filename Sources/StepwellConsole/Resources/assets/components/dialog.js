import { fill, h, uniqueId } from "../core/dom.js";
import { Scope } from "../core/scope.js";
import { button, iconButton, whileBusy } from "./buttons.js";

/**
 * A dialog over the page. `build(dialog)` gives its content; `actions` are buttons at its foot.
 * `size`: "small", "wide" or nothing. It ends with Escape, its cross, or `close()`.
 */
export class Dialog {
    constructor(title, { size, build, actions = () => [] }) {
        const heading = uniqueId("heading");
        this.scope = new Scope();
        this.message = h("p.form-error", { role: "alert", hidden: true });
        this.element = h(
            "dialog.dialog",
            {
                class: size,
                "aria-labelledby": heading,
                onclose: () => this.#closed(),
            },
            h(
                "header",
                {},
                h("h2", { id: heading }, title),
                iconButton("Close", "close", () => this.close()),
            ),
            h("div.dialog-body", {}, build(this), this.message),
            h("footer", {}, actions(this)),
        );
        document.body.append(this.element);
        this.element.showModal();
    }

    close() {
        this.element.close();
    }

    /** Says at the foot what went wrong; nothing takes it away. */
    fail(error) {
        this.message.hidden = !error;
        fill(this.message, error && (error.message ?? String(error)));
    }

    /** Does something while a button is busy; then closes, or says why not. */
    async attempt(element, action) {
        this.fail(null);
        try {
            await whileBusy(element, action);
            this.close();
        } catch (error) {
            this.fail(error);
        }
    }

    #closed() {
        this.scope.end();
        this.element.remove();
        this.onClose?.();
    }
}

/** Asks before something is done: `action` runs when it is confirmed. */
export function confirmation(title, text, { label, variant = "danger", fields = [], action }) {
    return new Dialog(title, {
        size: "small",
        build: () => [text && h("p", {}, text), fields],
        actions: (dialog) => [
            button("Cancel", { onclick: () => dialog.close() }),
            button(label, {
                variant,
                onclick: (event) => dialog.attempt(event.currentTarget, action),
            }),
        ],
    });
}

/** A field of a form: its label, the control, and a hint below. */
export function field(label, control, hint) {
    const id = control.id || uniqueId("field");
    control.id = id;
    return h(
        "div.field",
        {},
        h("label", { for: id }, label),
        control,
        hint && h("p.hint", {}, hint),
    );
}
