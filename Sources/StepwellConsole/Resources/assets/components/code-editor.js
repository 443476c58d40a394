import { fill, h } from "../core/dom.js";
import { count } from "../core/format.js";
import { jsonProblem, lineTokens, reformatted } from "../core/json-text.js";
import { Completions } from "./completions.js";
import { iconButton } from "./buttons.js";

const lineHeight = 20;
const padding = 8;

/**
 * An editor of JSON: a text area whose text is drawn by a layer below it, line by line, and only
 * the lines in sight. `complete(text, offset)` gives completions; `onChange(text)` hears of
 * changes.
 */
export class CodeEditor {
    #lines = [""];
    #problems = new Map();
    #completions;
    #frame = 0;

    constructor(
        { value = "", label, onChange = () => {}, complete, submit, fill: fillsParent = false },
    ) {
        this.onChange = onChange;
        this.submit = submit;
        this.area = h("textarea", {
            "aria-label": label,
            spellcheck: "false",
            autocomplete: "off",
            autocapitalize: "off",
            wrap: "off",
            oninput: () => this.#edited(),
            onscroll: () => this.#schedule(),
            onkeydown: (event) => this.#key(event),
        });
        this.lines = h("div.editor-lines", {});
        this.numbers = h("div", {});
        this.layer = h(
            "div.editor-layer",
            { "aria-hidden": "true" },
            this.lines,
            h("div.editor-gutter", {}, this.numbers),
        );
        this.position = h("span.position", {});
        this.note = h("span", {});
        this.frame = h("div.editor-frame", {}, this.layer, this.area);
        this.tools = h(
            "footer",
            {},
            this.note,
            this.position,
            iconButton("Format", "list", () => this.format()),
        );
        this.below = h("div", {});
        this.element = h(
            "div.editor",
            { class: fillsParent ? "fill" : null },
            this.frame,
            this.below,
            this.tools,
        );
        if (complete) this.#completions = new Completions(this, complete);
        for (const type of ["keyup", "click", "focus"]) {
            this.area.addEventListener(type, () => this.#moved());
        }
        new ResizeObserver(() => this.#schedule()).observe(this.frame);
        this.value = value;
    }

    get value() {
        return this.area.value;
    }

    set value(text) {
        this.area.value = text;
        this.area.setSelectionRange(0, 0);
        this.#read();
    }

    /**
     * Marks lines: `{ line, column?, length?, message, severity }` with lines and columns from 0.
     */
    setProblems(problems) {
        this.#problems = Map.groupBy(problems, (problem) => problem.line);
        this.#draw();
    }

    /** Marks what keeps the text from being JSON, and says it at the foot; gives whether it is. */
    judgeJSON({ mayBeEmpty = false } = {}) {
        const isLeftOut = mayBeEmpty && !this.value.trim();
        const problem = isLeftOut ? null : jsonProblem(this.value);
        this.setProblems(problem ? [problem] : []);
        fill(this.note, problem?.message);
        return !problem;
    }

    /** Puts the cursor at a line and column, both from 0, and brings it into sight. */
    goTo(line, column = 0, length = 0) {
        let offset = 0;
        for (let index = 0; index < line && index < this.#lines.length; index += 1) {
            offset += this.#lines[index].length + 1;
        }
        this.area.focus();
        this.area.setSelectionRange(offset + column, offset + column + length);
        this.area.scrollTop = line * lineHeight - this.area.clientHeight / 2;
        this.#moved();
    }

    format() {
        this.replaceAll(reformatted(this.value));
    }

    /** Changes the whole text in a way that can be undone. */
    replaceAll(text) {
        if (text === this.value) return;
        this.area.focus();
        this.area.select();
        this.insert(text);
    }

    /** Types a text at the cursor in a way that can be undone. */
    insert(text) {
        if (!document.execCommand("insertText", false, text)) {
            const { selectionStart, selectionEnd } = this.area;
            this.area.setRangeText(text, selectionStart, selectionEnd, "end");
            this.#edited();
        }
    }

    /** Where the cursor is drawn, in the frame's pixels. */
    get caret() {
        const { line, column } = this.#place();
        return {
            left: 60 + column * this.#characterWidth() - this.area.scrollLeft,
            top: padding + (line + 1) * lineHeight - this.area.scrollTop,
        };
    }

    #edited() {
        this.#read();
        this.onChange(this.value);
        this.#completions?.typed();
    }

    #read() {
        this.#lines = this.area.value.split("\n");
        this.#draw();
        this.#moved();
    }

    #moved() {
        const { line, column } = this.#place();
        fill(this.position, `Line ${count(line + 1)}, column ${count(column + 1)}`);
        this.#schedule();
    }

    #place() {
        const before = this.area.value.slice(0, this.area.selectionStart);
        const start = before.lastIndexOf("\n") + 1;
        let line = 0;
        for (let at = before.indexOf("\n"); at >= 0; at = before.indexOf("\n", at + 1)) line += 1;
        return { line, column: before.length - start, indent: /^\s*/.exec(before.slice(start))[0] };
    }

    #characterWidth() {
        const context = document.createElement("canvas").getContext("2d");
        context.font = getComputedStyle(this.area).font;
        return context.measureText("0".repeat(100)).width / 100;
    }

    #schedule() {
        cancelAnimationFrame(this.#frame);
        this.#frame = requestAnimationFrame(() => this.#draw());
    }

    #draw() {
        const { scrollTop, scrollLeft } = this.area;
        const first = Math.max(0, Math.floor((scrollTop - padding) / lineHeight));
        const last = Math.min(
            this.#lines.length,
            first + Math.ceil((this.frame.clientHeight || 400) / lineHeight) + 2,
        );
        const current = document.activeElement === this.area ? this.#place().line : -1;
        const lines = [];
        const numbers = [];
        for (let index = first; index < last; index += 1) {
            const top = { top: `${index * lineHeight}px` };
            const problems = this.#problems.get(index);
            if (index === current) lines.push(h("div.editor-current", { style: top }));
            lines.push(
                h("div.editor-line", { style: top }, marked(this.#lines[index], problems?.[0])),
            );
            numbers.push(
                h(
                    "div.gutter-line",
                    { style: top, class: problems && severity(problems) },
                    index + 1,
                ),
            );
        }
        fill(this.lines, lines);
        fill(this.numbers, numbers);
        this.lines.style.setProperty("transform", `translate(${-scrollLeft}px, ${-scrollTop}px)`);
        this.numbers.style.setProperty("transform", `translateY(${-scrollTop}px)`);
    }

    #key(event) {
        if (this.#completions?.key(event)) return;
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && this.submit) {
            event.preventDefault();
            this.submit();
        } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            this.#newLine();
        } else if (event.key === "Tab" && !event.ctrlKey && !this.escaped) {
            event.preventDefault();
            if (!event.shiftKey) this.insert("  ");
        }
        // Escape lets the next Tab leave the editor, so that the keyboard is not caught in it.
        this.escaped = event.key === "Escape";
    }

    #newLine() {
        const { indent } = this.#place();
        const { value, selectionStart, selectionEnd } = this.area;
        const opens = /[{[]\s*$/.test(value.slice(0, selectionStart));
        const closes = /^\s*[}\]]/.test(value.slice(selectionEnd));
        this.insert(`\n${indent}${opens ? "  " : ""}${opens && closes ? `\n${indent}` : ""}`);
        if (opens && closes) {
            const cursor = this.area.selectionStart - indent.length - 1;
            this.area.setSelectionRange(cursor, cursor);
        }
    }
}

function severity(problems) {
    return problems.some((problem) => problem.severity !== "WARNING") ? "error" : "warning";
}

/** A line's tokens, those of a problem underlined. */
function marked(line, problem) {
    let column = 0;
    const start = problem?.column ?? 0;
    const end = problem ? start + (problem.length || 1e9) : 0;
    return lineTokens(line.length > 5000 ? line.slice(0, 5000) : line).map(({ kind, text }) => {
        const isMarked = problem && text.trim() && column < end && column + text.length > start;
        column += text.length;
        const mark = isMarked ? ` squiggle ${problem.severity === "WARNING" ? "warning" : ""}` : "";
        return kind === "plain" && !mark ? text : h("span", { class: kind + mark }, text);
    });
}
