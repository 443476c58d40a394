import { fill, h } from "../core/dom.js";
import { call, isAbort, post } from "../core/api.js";
import { aslCompletions } from "../core/asl-completions.js";
import { jsonProblem, placeOf, structure } from "../core/json-text.js";
import { plural } from "../core/format.js";
import { CodeEditor } from "./code-editor.js";
import { GraphView } from "./graph-view.js";
import { icon } from "./icons.js";

/**
 * A definition being written: text, problems as they arise, and the graph beside it.
 * `type()` gives the machine's type; `onState(isValid)` hears of every judgement.
 */
export class DefinitionEditor {
    #scope;
    #type;
    #asked = 0;

    constructor({ scope, value, type, onState = () => {}, onChange = () => {}, save }) {
        this.#scope = scope;
        this.#type = type;
        this.onState = onState;
        const judge = scope.debounced(250, () => this.judge());
        this.editor = new CodeEditor({
            label: "Definition",
            value,
            fill: true,
            complete: aslCompletions,
            submit: save,
            onChange: (text) => {
                onChange(text);
                judge();
            },
        });
        this.graph = new GraphView({
            label: "Graph",
            onSelect: (name) => name && this.goToState(name),
        });
        this.note = h("div.graph-note", { hidden: true });
        this.graph.element.append(this.note);
        this.list = h("div", { role: "status", "aria-label": "Problems" });
        this.editor.below.append(this.list);
        this.element = h("div.edit-page", {}, this.editor.element, this.graph.element);
        this.judge();
    }

    get value() {
        return this.editor.value;
    }

    /** Asks the server what is wrong, and for the graph. */
    async judge() {
        const text = this.value;
        this.#asked += 1;
        const asked = this.#asked;
        try {
            const [problems] = await Promise.all([this.#problems(text), this.#draw(text, asked)]);
            if (asked !== this.#asked || this.#scope.ended) return;
            this.editor.setProblems(problems);
            this.#list(problems);
            this.onState(!problems.some((problem) => problem.severity !== "WARNING"));
        } catch (error) {
            if (!isAbort(error) && asked === this.#asked) {
                fill(this.list, h("div.problems-none", {}, error.message));
            }
        }
    }

    /** Puts the cursor where a state is defined. */
    goToState(name) {
        const { objects } = structure(this.value);
        const step = `/States/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
        const found = objects.find((each) => each.pointer.endsWith(step));
        if (!found) return;
        const key = this.value.lastIndexOf(JSON.stringify(name), found.start);
        const { line, column } = placeOf(this.value, key >= 0 ? key : found.start);
        this.editor.goTo(line, column, key >= 0 ? JSON.stringify(name).length : 0);
    }

    async #problems(text) {
        const broken = jsonProblem(text);
        if (broken) return [broken];
        const { diagnostics } = await call("ValidateStateMachineDefinition", {
            definition: text,
            type: this.#type(),
            severity: "WARNING",
            maxResults: 100,
        }, this.#scope.signal);
        const { places } = structure(text);
        return diagnostics.map((each) => ({ ...each, ...placed(text, places, each) }));
    }

    async #draw(text, asked) {
        if (jsonProblem(text)) return this.#stale("The graph waits for valid JSON.");
        try {
            const { svg } = await post("graph", { definition: text }, this.#scope.signal);
            if (asked !== this.#asked || !svg) return null;
            this.graph.setDrawing(svg);
            return this.#stale(null);
        } catch (error) {
            if (isAbort(error)) throw error;
            return this.#stale("The graph is of an earlier text.");
        }
    }

    #stale(text) {
        this.note.hidden = !text;
        fill(this.note, text);
    }

    #list(problems) {
        if (!problems.length) {
            fill(this.list, h("div.problems-none", {}, icon("check"), "No problems"));
            return;
        }
        fill(
            this.list,
            h(
                "ul.problems",
                { "aria-label": plural(problems.length, "problem") },
                alikes(problems).map((alike) => h("li", {}, this.#problem(alike))),
            ),
        );
    }

    /** What says the same of one place or of several; pressed again, it goes on to the next. */
    #problem(alike) {
        const [{ severity, message, line }] = alike;
        let next = 0;
        const isWarning = severity === "WARNING";
        const others = alike.length > 1 ? ` and ${plural(alike.length - 1, "more place")}` : "";
        return h(
            "button.problem",
            {
                type: "button",
                class: isWarning ? "warning" : null,
                onclick: () => {
                    const place = alike[next];
                    next = (next + 1) % alike.length;
                    this.editor.goTo(place.line, place.column ?? 0, place.length ?? 0);
                },
            },
            icon(isWarning ? "info" : "alert"),
            h("span", {}, message),
            h("span.place", {}, `line ${line + 1}${others}`),
        );
    }
}

/** Problems that say the same, together; those that forbid to save come first. */
function alikes(problems) {
    const isWarning = ([{ severity }]) => Number(severity === "WARNING");
    return [...Map.groupBy(problems, ({ message }) => message).values()]
        .sort((one, other) => isWarning(one) - isWarning(other));
}

/**
 * Where a diagnostic is: by its JSON pointer, the nearest that the text has, or by its own words.
 */
function placed(text, places, { location = "", message }) {
    const said = /line (\d+), column (\d+)/.exec(message);
    if (said) return { line: Number(said[1]) - 1, column: Number(said[2]) - 1, length: 1 };
    let pointer = location;
    while (pointer && !places.has(pointer)) pointer = pointer.slice(0, pointer.lastIndexOf("/"));
    const place = places.get(pointer);
    const isExact = pointer === location && place.value !== undefined;
    const start = isExact && !/[{[]/.test(text[place.value]) ? place.value : place.start;
    const end = start === place.value ? place.valueEnd : place.end;
    const { line, column } = placeOf(text, start);
    return {
        line,
        column,
        length: Math.max(1, Math.min(end - start, text.slice(start).search(/\n|$/))),
    };
}
