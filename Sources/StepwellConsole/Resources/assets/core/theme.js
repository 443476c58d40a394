import { preferences } from "./preferences.js";

const order = ["auto", "light", "dark"];

/** The theme that the user chose: "auto" follows the system. */
export function theme() {
    return preferences.get("theme", "auto");
}

/** Shows the theme that was chosen. */
export function applyTheme() {
    document.documentElement.dataset.theme = theme();
}

/** Chooses the next theme, and gives its name. */
export function nextTheme() {
    const next = order[(order.indexOf(theme()) + 1) % order.length];
    preferences.set("theme", next);
    applyTheme();
    return next;
}
