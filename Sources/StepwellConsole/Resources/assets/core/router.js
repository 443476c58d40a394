import { Scope } from "./scope.js";
import { routes } from "./routes.js";
import { isAbort } from "./api.js";
import { failure, loading } from "../components/placeholders.js";
import { pageHead } from "../components/page-head.js";
import { fill } from "./dom.js";

/** Shows the page that the address's fragment names: `#/path/parameter?query`. */
export class Router {
    #main;
    #scope = new Scope();
    #onPage;

    /** `main` is what pages fill; `onPage` hears of each page before it is shown. */
    constructor(main, onPage) {
        this.#main = main;
        this.#onPage = onPage;
        window.addEventListener("hashchange", () => this.show());
    }

    async show() {
        const isFirst = !this.#main.hasChildNodes();
        this.#scope.end();
        const scope = new Scope();
        this.#scope = scope;
        const { route, params, query } = match(location.hash);
        this.#onPage(route);
        fill(this.#main, loading());
        try {
            const module = await route.load();
            if (scope.ended) return;
            await module.default({ main: this.#main, params, query, scope, title, setQuery });
            if (!scope.ended && !isFirst) this.#takeFocus();
        } catch (error) {
            if (scope.ended || isAbort(error)) return;
            title("Not shown");
            fill(
                this.#main,
                pageHead({ title: "This page cannot be shown" }),
                failure(error, () => this.show()),
            );
        }
    }

    /** The keyboard goes on in the new page when what had the focus went with the last one. */
    #takeFocus() {
        if (document.activeElement === document.body) this.#main.focus({ preventScroll: true });
    }
}

/** Names the page in the browser's title. */
function title(text) {
    document.title = text ? `${text} · Stepwell` : "Stepwell";
}

/** Changes the query of the address without leaving the page; null removes a member. */
export function setQuery(changes) {
    const [path, text = ""] = location.hash.split("?");
    const query = new URLSearchParams(text);
    for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === undefined || value === "") query.delete(name);
        else query.set(name, value);
    }
    const given = query.toString();
    history.replaceState(null, "", given ? `${path}?${given}` : path);
}

/** Goes to another page. */
export function navigate(hash) {
    if (location.hash === hash) window.dispatchEvent(new HashChangeEvent("hashchange"));
    else location.hash = hash;
}

/** The route of an address, with its parameters decoded. */
export function match(hash) {
    const [path, text = ""] = hash.replace(/^#/, "").split("?");
    const segments = path.split("/").filter(Boolean).map(decoded);
    const query = Object.fromEntries(new URLSearchParams(text));
    for (const route of routes) {
        const params = parameters(route.path.split("/").filter(Boolean), segments);
        if (params) return { route, params, query };
    }
    return { route: routes.at(-1), params: {}, query };
}

function parameters(pattern, segments) {
    if (pattern[0] === "*") return {};
    if (pattern.length !== segments.length) return null;
    const params = {};
    for (const [index, each] of pattern.entries()) {
        if (each.startsWith(":")) params[each.slice(1)] = segments[index];
        else if (each !== segments[index]) return null;
    }
    return params;
}

function decoded(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}
