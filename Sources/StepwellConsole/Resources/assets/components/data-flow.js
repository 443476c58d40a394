import { h } from "../core/dom.js";
import { jsonView } from "./json-view.js";

const names = {
    input: "Input",
    afterInputPath: "After InputPath",
    afterParameters: "After Parameters",
    afterArguments: "Arguments",
    afterItemsPath: "After ItemsPath",
    afterItemSelector: "After ItemSelector",
    afterItemBatcher: "After ItemBatcher",
    afterItemsPointer: "Items",
    result: "Result",
    afterResultSelector: "After ResultSelector",
    afterResultPath: "After ResultPath",
    output: "Output",
    afterOutputPath: "After OutputPath",
    variables: "Variables",
    request: "Request",
    response: "Response",
};

/**
 * What each step of a state's data flow made, one below the other; steps that changed nothing are
 * closed.
 */
export function dataFlow(steps) {
    let before = null;
    const entries = steps.map(({ name, value, note }) => {
        const text = typeof value === "string" ? value : JSON.stringify(value);
        const isSame = before !== null && text === before;
        before = text;
        return h(
            "li",
            {},
            h(
                "details.step",
                { open: !isSame },
                h(
                    "summary",
                    {},
                    h("strong", {}, names[name] ?? name),
                    (isSame || note) && h("span.muted", {}, note ?? "as before"),
                ),
                jsonView(text, { label: names[name] ?? name, maximumLines: 12 }),
            ),
        );
    });
    return h("ol.steps", {}, entries);
}

/** The steps of TestState's inspection data, in the order in which they are taken. */
export function inspectionSteps(data = {}) {
    return Object.keys(names).filter((name) => data[name] !== undefined && data[name] !== null)
        .map((name) => ({ name, value: data[name] }));
}
