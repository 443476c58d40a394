/**
 * Shortcuts: "?", "/", "g e" (one key after another), "Escape". None acts while a field is typed
 * in.
 */
class Keyboard {
    #shortcuts = new Set();
    #before = "";
    #timer = 0;

    constructor() {
        document.addEventListener("keydown", (event) => this.#pressed(event));
    }

    /** Adds a shortcut until the scope ends (for ever without one). */
    add(scope, keys, label, action) {
        const shortcut = { keys, label, action };
        this.#shortcuts.add(shortcut);
        scope?.onEnd(() => this.#shortcuts.delete(shortcut));
    }

    /** What the help lists, in the order of adding; of equal keys the newest. */
    get list() {
        return [...new Map([...this.#shortcuts].map((each) => [each.keys, each])).values()];
    }

    #pressed(event) {
        if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
        if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
        const sequence = this.#before ? `${this.#before} ${event.key}` : event.key;
        const found = [...this.#shortcuts].findLast((each) => each.keys === sequence);
        clearTimeout(this.#timer);
        this.#before = "";
        if (found) {
            event.preventDefault();
            found.action(event);
        } else if ([...this.#shortcuts].some((each) => each.keys.startsWith(`${event.key} `))) {
            this.#before = event.key;
            this.#timer = setTimeout(() => {
                this.#before = "";
            }, 1200);
        }
    }
}

function isTyping(element) {
    return element.closest?.(
        "input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable]",
    );
}

export const keyboard = new Keyboard();
