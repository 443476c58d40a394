/** JSON as text: nothing is lost that values of JavaScript cannot hold, as large numbers. */

const pattern = /"(?:[^"\\]|\\.)*"?|-?\d[\d.eE+-]*|[A-Za-z]+|[{}[\],:]|\s+|./g;

/** The tokens of one line (no string of JSON spans lines) as `{ kind, text }`. */
export function lineTokens(line) {
    const tokens = [];
    const found = line.match(pattern) ?? [];
    found.forEach((text, index) => tokens.push({ kind: kind(text, found, index), text }));
    return tokens;
}

function kind(text, all, index) {
    if (text[0] === '"') {
        const next = all[index + 1]?.trim() === "" ? all[index + 2] : all[index + 1];
        if (next === ":") return "key";
        return text.startsWith('"{%') ? "expression" : "string";
    }
    if (/^-?\d/.test(text)) return "number-token";
    if (/^(true|false|null)$/.test(text)) return "word";
    return /^[{}[\],:]$/.test(text) ? "mark" : "plain";
}

/** A JSON text with one member or item a line; one that is no JSON stays as it is. */
export function reformatted(text) {
    try {
        JSON.parse(text);
    } catch {
        return text;
    }
    const out = [];
    let depth = 0;
    const tokens = text.match(pattern).filter((token) => token.trim() !== "");
    const newline = () => out.push("\n", "  ".repeat(depth));
    tokens.forEach((token, index) => {
        const isOpening = token === "{" || token === "[";
        const isClosing = token === "}" || token === "]";
        const isEmpty = isClosing && (tokens[index - 1] === "{" || tokens[index - 1] === "[");
        if (isClosing) {
            depth -= 1;
            if (!isEmpty) newline();
        }
        out.push(token === ":" ? ": " : token);
        if (isOpening) {
            depth += 1;
            if (tokens[index + 1] !== "}" && tokens[index + 1] !== "]") newline();
        } else if (token === ",") newline();
    });
    return out.join("");
}

/** The line and column, both from 0, of an offset. */
export function placeOf(text, offset) {
    const before = text.slice(0, offset);
    const line = before.split("\n").length - 1;
    return { line, column: offset - (before.lastIndexOf("\n") + 1) };
}

/** What is wrong with a JSON text, placed; null when nothing is. */
export function jsonProblem(text) {
    try {
        JSON.parse(text);
        return null;
    } catch (error) {
        const offset = Number(/position (\d+)/.exec(error.message)?.[1] ?? text.length);
        return {
            ...placeOf(text, Math.min(offset, text.length)),
            length: 1,
            severity: "ERROR",
            message: error.message.replace(/ in JSON at position.*$/, "").replace(
                /^JSON\.parse: /,
                "",
            ),
        };
    }
}

/**
 * What a JSON text holds and where, as far as it can be read: `objects` are its objects and arrays
 * (`{ start, end, pointer, isArray, keys, strings }`), `places` the offsets of members by JSON
 * pointer.
 */
export function structure(text) {
    const places = new Map([["", { start: 0, end: 1 }]]);
    const objects = [];
    const stack = [];
    let key = null;
    for (
        const { 0: token, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/g)
    ) {
        const frame = stack.at(-1);
        const end = index + token.length;
        if (token === "{" || token === "[") {
            const pointer = pointerOf(frame, key);
            const opened = {
                start: index,
                end: text.length,
                pointer,
                isArray: token === "[",
                keys: [],
                strings: {},
                items: 0,
            };
            if (frame) note(places, pointer, key, index, end);
            objects.push(opened);
            stack.push(opened);
            key = null;
        } else if (token === "}" || token === "]") {
            if (frame) frame.end = end;
            stack.pop();
            key = null;
        } else if (token === ",") {
            key = null;
            if (frame?.isArray) frame.items += 1;
        } else if (token !== ":" && frame) {
            const isKey = !frame.isArray && key === null;
            if (isKey) {
                key = { name: unquoted(token), start: index, end };
                frame.keys.push(key.name);
            } else {
                note(places, pointerOf(frame, key), key, index, end);
                if (key) frame.strings[key.name] = unquoted(token);
            }
        }
    }
    return { places, objects };
}

function note(places, pointer, key, start, end) {
    places.set(
        pointer,
        key ? { start: key.start, end: key.end, value: start, valueEnd: end } : { start, end },
    );
}

function pointerOf(frame, key) {
    if (!frame) return "";
    const step = frame.isArray ? String(frame.items) : (key?.name ?? "");
    return `${frame.pointer}/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function unquoted(token) {
    try {
        return JSON.parse(token);
    } catch {
        return token.replace(/^"|"$/g, "");
    }
}
