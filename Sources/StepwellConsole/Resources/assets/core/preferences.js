/** What a user chose, kept in this browser. */
class Preferences extends EventTarget {
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
        this.dispatchEvent(new CustomEvent("change", { detail: { name, value } }));
    }
}

export const preferences = new Preferences();
