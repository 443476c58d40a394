import { fill, h } from "../../core/dom.js";
import { call, isAbort } from "../../core/api.js";
import {
    choiceField,
    formDialog,
    given,
    jsonField,
    targetField,
    textField,
} from "../../components/form.js";
import { notice } from "../../components/notice.js";
import { toast } from "../../components/toast.js";
import { allBuses } from "./buses.js";
import { exampleEvent } from "./example-event.js";
import { jsonOf } from "./shared.js";

const examplePattern = '{"source": ["shop"], "detail-type": ["order placed"]}';

/** Makes a rule or changes one; `onDone(name)` hears that it is there. */
export function editRule(rule, { bus, onDone }) {
    const isNew = rule === null;
    const name = textField("Name", {
        value: rule?.Name ?? "",
        required: true,
        maxlength: 64,
        disabled: !isNew,
    });
    const description = textField("Description", {
        value: rule?.Description ?? "",
        maxlength: 512,
    });
    const pattern = jsonField("Event pattern", {
        value: rule ? rule.EventPattern ?? "" : examplePattern,
        lines: 9,
        hint: "Which events it is for; empty for a rule with times alone.",
    });
    const times = textField("Times", {
        value: rule?.ScheduleExpression ?? "",
        placeholder: "rate(5 minutes) or cron(0 8 * * ? *), in UTC",
        disabled: bus !== "default",
        hint: bus === "default" ? null : "Only rules of the default bus have times.",
    });
    return formDialog(isNew ? "Create a rule" : `Change ${rule.Name}`, {
        label: isNew ? "Create" : "Save",
        fields: [name, description, pattern, times].map((each) => each.element),
        submit: async () => {
            await call(
                "events.PutRule",
                given({
                    Name: name.value,
                    EventBusName: bus,
                    Description: description.value,
                    EventPattern: pattern.value,
                    ScheduleExpression: times.value,
                    State: rule?.State ?? "ENABLED",
                    RoleArn: rule?.RoleArn,
                }),
            );
            toast(isNew ? "The rule is created." : "The rule is changed.", "success");
            onDone(name.value);
        },
    });
}

const inputs = [
    ["event", "the whole event"],
    ["path", "a part of the event"],
    ["constant", "always the same"],
    ["template", "a template with parts of the event"],
];

/** Adds a target to a rule or changes one. */
export async function editTarget(target, { rule, onDone }) {
    const of = target ?? {};
    const buses = await allBuses().catch(() => []);
    const id = textField("Id", {
        value: of.Id ?? "target",
        required: true,
        maxlength: 64,
        disabled: target !== null,
    });
    const arn = targetField("Target", {
        value: of.Arn ?? "",
        required: true,
        others: buses.map((each) => ({ arn: each.Arn, label: `event bus ${each.Name}` })),
    });
    const kind = choiceField("It is given", inputs, { value: inputKind(of) });
    const forms = inputForms(of);
    const place = h("div", {});
    const showInput = () => fill(place, forms[kind.value].elements);
    kind.control.addEventListener("change", showInput);
    showInput();
    return formDialog(target ? `Change ${of.Id}` : "Add a target", {
        label: target ? "Save" : "Add",
        fields: [h("div.fields", {}, id.element, kind.element), arn.element, place],
        submit: async () => {
            const { Input, InputPath, InputTransformer, ...kept } = of;
            const made = { ...kept, Id: id.value, Arn: arn.value, ...forms[kind.value].members() };
            const answer = await call("events.PutTargets", {
                Rule: rule.Name,
                EventBusName: rule.EventBusName,
                Targets: [made],
            });
            const refused = answer.FailedEntries?.[0];
            if (refused) throw new Error(`${refused.ErrorCode}: ${refused.ErrorMessage}`);
            toast("The target is saved.", "success");
            onDone();
        },
    });
}

function inputKind(of) {
    if (of.InputTransformer) return "template";
    if (of.InputPath) return "path";
    return of.Input ? "constant" : "event";
}

function inputForms(of) {
    const path = textField("Path", { value: of.InputPath ?? "$.detail" });
    const constant = jsonField("Input", { value: of.Input ?? "{}" });
    const paths = jsonField("Paths", {
        value: JSON.stringify(of.InputTransformer?.InputPathsMap ?? { id: "$.detail.id" }),
        lines: 4,
        hint: "Names for parts of the event.",
    });
    const template = jsonField("Template", {
        value: of.InputTransformer?.InputTemplate ?? '{"id": <id>}',
        lines: 5,
        isTemplate: true,
        hint: "<name> stands for the part.",
    });
    return {
        event: { elements: [], members: () => ({}) },
        path: { elements: [path.element], members: () => ({ InputPath: path.value }) },
        constant: { elements: [constant.element], members: () => ({ Input: constant.value }) },
        template: {
            elements: [paths.element, template.element],
            members: () => ({
                InputTransformer: {
                    InputPathsMap: jsonOf(paths.value || "{}", "The map of paths"),
                    InputTemplate: template.value,
                },
            }),
        },
    };
}

/**
 * An event to try a pattern with (`tried`, or one made for the pattern); it says whether the
 * pattern fits while the event is written.
 */
export function patternTest(rule, scope, tried) {
    const answer = h("div", { role: "status" });
    const event = jsonField("Event to try", {
        value: tried ?? JSON.stringify(exampleEvent(rule.EventPattern)),
        lines: 14,
        onChange: scope.debounced(250, () => test()),
    });
    async function test() {
        try {
            const { Result } = await call("events.TestEventPattern", {
                EventPattern: rule.EventPattern,
                Event: event.value,
            }, scope.signal);
            fill(
                answer,
                Result
                    ? notice("The pattern fits this event.", "succeeded")
                    : notice("The pattern does not fit this event.", "caught"),
            );
        } catch (error) {
            if (!isAbort(error)) fill(answer, notice(error.message, "failed"));
        }
    }
    test();
    return { element: h("div", {}, event.element, answer), event };
}
