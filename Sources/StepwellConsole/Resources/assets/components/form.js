import { h, uniqueId } from "../core/dom.js";
import { reformatted } from "../core/json-text.js";
import { allMachines } from "../core/machines.js";
import { button } from "./buttons.js";
import { CodeEditor } from "./code-editor.js";
import { Dialog, field } from "./dialog.js";

/** A field for a line of text: `{ element, value }`; `hint` is said below it. */
export function textField(label, { value = "", hint, type = "text", ...attributes } = {}) {
    const input = h("input", {
        type,
        value,
        autocomplete: "off",
        spellcheck: "false",
        ...attributes,
    });
    return controlled(input, field(label, input, hint));
}

/** A field with choices: `[value, label]`s. */
export function choiceField(label, options, { value = "", hint, ...attributes } = {}) {
    const select = h(
        "select",
        attributes,
        options.map(([each, text]) => h("option", { value: each, selected: each === value }, text)),
    );
    return controlled(select, field(label, select, hint));
}

/**
 * A field for JSON, in an editor so many lines high; `isTemplate` when its text becomes JSON only
 * once it is filled in.
 */
export function jsonField(
    label,
    { value = "", hint, lines = 7, onChange = () => {}, isTemplate = false } = {},
) {
    const editor = new CodeEditor({
        label,
        value: value && reformatted(value),
        onChange: (text) => {
            if (!isTemplate) editor.judgeJSON({ mayBeEmpty: true });
            onChange(text);
        },
    });
    editor.element.style.setProperty("--height", `${lines * 20 + 16}px`);
    return {
        editor,
        element: h(
            "div.field",
            {},
            h("span.label", {}, label),
            editor.element,
            hint && h("p.hint", {}, hint),
        ),
        get value() {
            return editor.value.trim();
        },
    };
}

/**
 * A field for an ARN, which suggests the state machines, and `others`; the name of a state machine
 * stands for its ARN.
 */
export function targetField(label, { value = "", hint, others = [], ...attributes } = {}) {
    const list = h("datalist", { id: uniqueId("targets") });
    const arns = new Map();
    allMachines()
        .then((machines) => {
            for (const each of machines) arns.set(each.name, each.stateMachineArn);
            list.append(...options(machines, others));
        })
        .catch(() => list.append(...options([], others)));
    const input = h("input", {
        type: "text",
        value,
        list: list.id,
        placeholder: "A name, or arn:…",
        autocomplete: "off",
        spellcheck: "false",
        ...attributes,
    });
    const element = field(label, input, hint);
    element.append(list);
    return controlled(input, element, (text) => arns.get(text) ?? text);
}

function options(machines, others) {
    return [
        ...machines.map((each) => h("option", { value: each.stateMachineArn }, each.name)),
        ...others.map((each) => h("option", { value: each.arn }, each.label)),
    ];
}

function controlled(control, element, meaning = (text) => text) {
    return {
        control,
        element,
        get value() {
            return meaning(control.value.trim());
        },
    };
}

/**
 * A dialog with a form: `fields` are elements, `submit()` does what its button says, and the dialog
 * closes when that has succeeded. Enter in a line of text submits.
 */
export function formDialog(title, { fields, label, submit, size, variant = "primary" }) {
    const send = button(label, { variant, type: "submit" });
    const dialog = new Dialog(title, {
        size,
        build: () => {
            const form = h("form", { id: uniqueId("form") }, fields);
            send.setAttribute("form", form.id);
            form.addEventListener("submit", (event) => {
                event.preventDefault();
                dialog.attempt(send, submit);
            });
            return form;
        },
        actions: (self) => [button("Cancel", { onclick: () => self.close() }), send],
    });
    return dialog;
}

/** The members that have something to say: neither empty nor missing. */
export function given(members) {
    return Object.fromEntries(
        Object.entries(members).filter(([, value]) =>
            value !== "" && value !== null && value !== undefined
        ),
    );
}
