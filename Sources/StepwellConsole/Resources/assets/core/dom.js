/** Elements are built from data; text is only ever text, so nothing that a user wrote is markup. */

const svgNamespace = "http://www.w3.org/2000/svg";

/**
 * An element: `h("button.primary", { onclick: save }, "Save")`.
 *
 * Attributes: `on…` functions listen, `style` and `dataset` are objects, `true` is a bare
 * attribute; `null`, `undefined` and `false` are left out. Children may be nested lists; empty ones
 * are left out.
 */
export function h(selector, attributes, ...children) {
    const [tag, ...classes] = selector.split(".");
    return build(document.createElement(tag || "div"), classes, attributes, children);
}

/** An SVG element, built as `h` builds one. */
export function svg(selector, attributes, ...children) {
    const [tag, ...classes] = selector.split(".");
    return build(document.createElementNS(svgNamespace, tag), classes, attributes, children);
}

function build(element, classes, attributes, children) {
    if (classes.length) element.classList.add(...classes);
    for (const [name, value] of Object.entries(attributes ?? {})) set(element, name, value);
    append(element, children);
    return element;
}

const properties = new Set([
    "value",
    "checked",
    "disabled",
    "indeterminate",
    "selected",
    "htmlFor",
]);

function set(element, name, value) {
    if (value === null || value === undefined || value === false) return;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.classList.add(...String(value).split(" ").filter(Boolean));
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name === "style") {
        for (const [key, each] of Object.entries(value)) element.style.setProperty(key, each);
    } else if (properties.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
}

function append(element, children) {
    for (const child of children) {
        if (Array.isArray(child)) append(element, child);
        else if (child instanceof Node) element.append(child);
        else if (child !== null && child !== undefined && child !== false) {
            element.append(legible(String(child)));
        }
    }
}

/**
 * A text in which the characters that turn around what follows them are written out, so that none
 * makes a page say something else than is there.
 */
function legible(text) {
    return text.replace(
        /[\u202a-\u202e\u2066-\u2069]/g,
        (turning) => `\\u${turning.charCodeAt(0).toString(16)}`,
    );
}

/** Puts children in place of what an element holds; gives the element. */
export function fill(element, ...children) {
    element.replaceChildren();
    append(element, children);
    return element;
}

const allowedElements = new Set([
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "title",
    "desc",
    "defs",
    "marker",
    "clipPath",
]);

/**
 * A drawing that the server made, as elements of this page: shapes, texts and their attributes,
 * without styles, scripts, links and event handlers.
 */
export function drawing(text) {
    // What is parsed so is inert: nothing of it loads or runs before it is cleaned.
    const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    if (root.localName !== "svg") return svg("svg");
    for (const element of [...root.querySelectorAll("*"), root]) {
        if (!allowedElements.has(element.localName)) {
            element.remove();
            continue;
        }
        for (const { name } of [...element.attributes]) {
            if (name === "style" || name.startsWith("on") || name.endsWith("href")) {
                element.removeAttribute(name);
            }
        }
        for (const child of element.childNodes) {
            if (child.nodeType === Node.TEXT_NODE) child.data = legible(child.data);
        }
    }
    return document.importNode(root, true);
}

/** An identifier that no other element has, for labels. */
let identifiers = 0;
export function uniqueId(prefix = "id") {
    identifiers += 1;
    return `${prefix}-${identifiers}`;
}

const focusable = "a, button, input, select, summary, textarea";

/**
 * For what is about to be built anew: gives a function that gives the focus back. `place` is what
 * holds the focus, `again()` gives what stands there afterwards, if anything.
 */
export function keptFocus(place, again) {
    if (!place?.contains(document.activeElement)) return () => {};
    const controls = (element) => [...element.querySelectorAll(focusable)];
    const index = controls(place).indexOf(document.activeElement);
    return () => controls(again() ?? h("span", {}))[index]?.focus({ preventScroll: true });
}
