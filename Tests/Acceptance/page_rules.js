// Rules of structure, contrast and size, run in the page; gives what breaks them, as texts.
const found = [];
const isPhone = innerWidth < 500;
const describe = (element) => {
    const text = element.textContent.trim().slice(0, 40);
    return `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${text}`;
};
const isShown = (element) =>
    element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) &&
    element.getClientRects().length > 0 && !element.closest(".visually-hidden, .skip");
const shown = (selector) => [...document.querySelectorAll(selector)].filter(isShown);
const rule = (selector, isBroken, text) => {
    for (const element of shown(selector)) {
        if (isBroken(element)) found.push(`${text}: ${describe(element)}`);
    }
};

// Structure.
if (!document.title || !document.documentElement.lang) found.push("no title or language");
if (document.querySelectorAll("main").length !== 1) found.push("not one main");
const headings = shown("h1, h2, h3, h4");
if (headings.filter((each) => each.localName === "h1").length !== 1) found.push("not one h1");
let level = 0;
for (const each of headings.filter((heading) => !heading.closest("dialog, aside"))) {
    const next = Number(each.localName[1]);
    if (next > level + 1) found.push(`a heading is skipped: ${describe(each)}`);
    level = next;
}
const identifiers = new Set();
for (const { id } of document.querySelectorAll("[id]")) {
    if (identifiers.has(id)) found.push(`twice the id ${id}`);
    identifiers.add(id);
}
const references = ["aria-controls", "aria-labelledby", "aria-describedby", "popovertarget", "for"];
for (const name of references) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
        for (const id of element.getAttribute(name).split(" ")) {
            if (!identifiers.has(id)) found.push(`${name} of nothing: ${describe(element)}`);
        }
    }
}
rule("[tabindex]", (element) => element.tabIndex > 0, "an order of its own");
rule("img", (element) => !element.hasAttribute("alt"), "a picture without a text");
rule("table.data", (element) => !element.caption, "a table without a caption");
rule("th", (element) => !element.hasAttribute("scope"), "a heading of nothing");
rule("a[href^='javascript:'], a:not([href])", () => true, "a link to nowhere");
rule("button button, a button, button a, a a", () => true, "one control within another");
const owned = {
    tablist: "tab",
    listbox: "option, presentation",
    menu: "menuitem",
    list: "listitem",
};
for (const [role, parts] of Object.entries(owned)) {
    const allowed = parts.split(", ");
    rule(`[role=${role}] > *`, (element) => {
        const own = element.getAttribute("role") ?? (element.localName === "li" ? "listitem" : "");
        return !allowed.includes(own);
    }, `not part of a ${role}`);
}

// Contrast (WCAG 2.2, 1.4.3).
const parse = (color) => {
    const numbers = color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    const scale = color.startsWith("color(") ? 255 : 1;
    const [red, green, blue] = numbers.map((each) => each * scale);
    return [red, green, blue, numbers[3] ?? 1];
};
const over = (top, below) => {
    const mixed = [0, 1, 2].map((index) => top[index] * top[3] + below[index] * (1 - top[3]));
    return [...mixed, 1];
};
const luminance = (color) => {
    const [red, green, blue] = color.slice(0, 3).map((each) => {
        const value = each / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const background = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
        const color = parse(getComputedStyle(each).backgroundColor);
        if (color[3] > 0) layers.push(color);
        if (color[3] === 1) break;
    }
    return layers.reduceRight((below, top) => over(top, below), [255, 255, 255, 1]);
};
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const judged = new Set();
while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || judged.has(element)) continue;
    judged.add(element);
    if (!isShown(element) || element.closest("svg, option, :disabled, .editor-layer")) continue;
    if (element.closest("[aria-disabled=true], textarea")) continue;
    const style = getComputedStyle(element);
    const below = background(element);
    const [one, other] = [luminance(over(parse(style.color), below)), luminance(below)];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) {
        found.push(`contrast ${contrast.toFixed(2)}: ${describe(element)}`);
    }
}

// Sizes: what a finger has to hit (WCAG 2.2, 2.5.8), and nothing wider than the page.
if (isPhone) {
    rule("button, select, input:not([type=checkbox], [type=range]), .button", (element) => {
        const { width, height } = element.getBoundingClientRect();
        return width < 24 || height < 23.9;
    }, "too small for a finger");
}
const { scrollWidth } = document.documentElement;
if (scrollWidth > innerWidth + 1) {
    const isWide = (each) => each.getBoundingClientRect().right > innerWidth + 1;
    const wide = shown("main *").find(isWide);
    found.push(`${scrollWidth - innerWidth} pixels too wide${wide ? `: ${describe(wide)}` : ""}`);
}
return found;
