import {
    catchFields,
    choiceFields,
    errorNames,
    machineFields,
    resources,
    retryFields,
    stateFields,
} from "./asl.js";
import { structure } from "./json-text.js";

/**
 * The completions at an offset of a definition: `{ start, options: [{ label, detail, insert }] }`.
 */
export function aslCompletions(text, offset) {
    const word = /"([^"\n]*)$/.exec(text.slice(lineStart(text, offset), offset));
    if (!word) return null;
    const start = offset - word[0].length;
    const before = text.slice(0, start).trimEnd();
    const { objects } = structure(text);
    const frame = objects.findLast((each) => each.start < start && each.end >= offset);
    if (!frame) return null;
    const isValue = before.endsWith(":") || frame.isArray;
    const options = isValue ? values(objects, frame, keyBefore(before)) : keys(frame);
    const typed = word[1].toLowerCase();
    const fitting = options.filter((each) =>
        each.label.toLowerCase().includes(typed) && each.label !== word[1]
    );
    fitting.sort((one, other) => rank(other, typed) - rank(one, typed));
    return { start, options: fitting };
}

function lineStart(text, offset) {
    return text.lastIndexOf("\n", offset - 1) + 1;
}

function rank(option, typed) {
    return option.label.toLowerCase().startsWith(typed) ? 1 : 0;
}

function keyBefore(before) {
    return /"([^"\n]*)"\s*:$/.exec(before)?.[1] ?? null;
}

/** The fields that an object may still get. */
function keys(frame) {
    const present = new Set(frame.keys);
    return fieldsOf(frame).filter((name) => !present.has(name)).map((name) => ({
        label: name,
        detail: frame.strings.Type ?? "",
        insert: `"${name}": `,
    }));
}

function fieldsOf({ pointer, strings }) {
    const steps = pointer.split("/");
    const [owner, last] = [steps.at(-2), steps.at(-1)];
    if (pointer === "" || owner === "Branches" || last === "ItemProcessor" || last === "Iterator") {
        return last === "ItemProcessor" ? ["ProcessorConfig", ...machineFields] : machineFields;
    }
    if (owner === "States") return stateFields[strings.Type] ?? ["Type", "Comment"];
    if (owner === "Retry") return retryFields;
    if (owner === "Catch") return catchFields;
    if (["Choices", "And", "Or"].includes(owner) || last === "Not") return choiceFields;
    if (last === "ProcessorConfig") return ["Mode", "ExecutionType"];
    return [];
}

/** The values that a member may have. */
function values(objects, frame, key) {
    const list = (names, detail) =>
        names.map((name) => ({ label: name, detail, insert: `"${name}"` }));
    const name = key ?? frame.pointer.split("/").at(-1);
    switch (name) {
        case "Type":
            return list(Object.keys(stateFields), "state");
        case "QueryLanguage":
            return list(["JSONata", "JSONPath"], "language");
        case "Next":
        case "Default":
        case "StartAt":
            return list(statesNear(objects, frame), "state");
        case "Resource":
            return list(resources, "integration");
        case "ErrorEquals":
            return list(errorNames, "error");
        case "Mode":
            return list(["INLINE", "DISTRIBUTED"], "mode");
        case "ExecutionType":
            return list(["STANDARD", "EXPRESS"], "type");
        case "JitterStrategy":
            return list(["FULL", "NONE"], "jitter");
        default:
            return [];
    }
}

/** The states of the machine that an object of a definition lies in. */
function statesNear(objects, frame) {
    const steps = frame.pointer.split("/");
    const scope = steps.includes("States")
        ? steps.slice(0, steps.lastIndexOf("States") + 1).join("/")
        : "/States";
    const inner = `${frame.pointer}/States`;
    const states = objects.find((each) => each.pointer === inner) ??
        objects.find((each) => each.pointer === scope);
    return states?.keys ?? [];
}
