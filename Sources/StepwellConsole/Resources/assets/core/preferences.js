/** What a user chose, kept in this browser. */
class Preferences {
    get(name, otherwise = null) {
        try {
            return JSON.parse(localStorage.getItem(`stepwell.${name}`)) ?? otherwise;
        } catch {
            return otherwise;
        }
    }

    set(name, value) {
        try {
            localStorage.setItem(`stepwell.${name}`, JSON.stringify(value));
        } catch {
            // A browser that keeps nothing forgets the choice with the page.
        }
    }
}

export const preferences = new Preferences();

/** Keeps an input for the next time, unless it is too long for that. */
export function keepInput(name, text) {
    if (text.length <= 20_000) preferences.set(name, text);
}
