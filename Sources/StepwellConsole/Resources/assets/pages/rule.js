import { fill, h } from "../core/dom.js";
import { call } from "../core/api.js";
import { links } from "../core/links.js";
import { navigate } from "../core/router.js";
import { button } from "../components/buttons.js";
import { card, facts } from "../components/facts.js";
import { formDialog, jsonField, textField } from "../components/form.js";
import { jsonLine, jsonView } from "../components/json-view.js";
import { pageHead } from "../components/page-head.js";
import { empty } from "../components/placeholders.js";
import { DataTable } from "../components/table.js";
import { toast } from "../components/toast.js";
import { editTarget, patternTest } from "./triggers/rule-form.js";
import { ruleActions } from "./triggers/rules.js";
import { fileChip, jsonOf, pages, rowActions, stateBadge, targetLink } from "./triggers/shared.js";

/**
 * One rule of an event bus: its pattern, tried with an event, and its targets. `tried` is the event
 * that the page had before it was read anew.
 */
export default async function rule({ main, params, scope, title, tried }) {
    const { bus, name } = params;
    const [described, targets] = await Promise.all([
        call("events.DescribeRule", { Name: name, EventBusName: bus }, scope.signal),
        pages(
            (page) =>
                call("events.ListTargetsByRule", { Rule: name, EventBusName: bus, ...page }),
            "Targets",
        ),
    ]);
    const reload = () => rule({ main, params, scope, title, tried: test?.event.value });
    if (scope.ended) return;
    title(`Rule ${name}`);
    const isFixed = Boolean(described.ManagedBy);
    const gone = () => navigate(links.triggers({ tab: "rules", bus }));
    const test = described.EventPattern ? patternTest(described, scope, tried) : null;
    fill(
        main,
        pageHead({
            crumbs: [
                { label: "Triggers", href: links.triggers({ tab: "rules" }) },
                { label: bus, href: links.triggers({ tab: "rules", bus }) },
            ],
            title: name,
            badges: [stateBadge(described.State), isFixed && fileChip()].filter(Boolean),
            arn: described.Arn,
            subtitle: described.Description,
            actions: [
                button("Send an event", {
                    icon: "play",
                    variant: "primary",
                    onclick: () => sendEvent(bus, test?.event.value),
                }),
                !isFixed && ruleActions(described, reload, gone),
            ],
        }),
        h(
            "div.stack",
            {},
            described.ScheduleExpression &&
                card("Times", facts([["In UTC", h("code", {}, described.ScheduleExpression)]])),
            targetsCard(described, targets, reload),
            test &&
                h(
                    "div.split",
                    {},
                    jsonView(described.EventPattern, { label: "Event pattern" }),
                    card("Try the pattern", test.element),
                ),
        ),
    );
}

function targetsCard(described, targets, reload) {
    const isFixed = Boolean(described.ManagedBy);
    const table = new DataTable({
        caption: "Targets",
        key: (row) => row.Id,
        columns: [
            { title: "Target", cell: (row) => targetLink(row.Arn) },
            { title: "Id", cell: (row) => row.Id },
            { title: "It is given", cell: (row) => inputCell(row) },
            { title: "", cell: (row) => !isFixed && targetActions(described, row, reload) },
        ],
        empty: () => empty("No targets", "Without a target the rule does nothing."),
    });
    table.setRows(targets);
    return card(
        "Targets",
        table.element,
        !isFixed &&
            button("Add target", {
                icon: "plus",
                variant: "small",
                onclick: () => editTarget(null, { rule: described, onDone: reload }),
            }),
    );
}

function inputCell(target) {
    if (target.Input) return jsonLine(target.Input, 60);
    if (target.InputPath) return h("code", {}, target.InputPath);
    if (target.InputTransformer) return jsonLine(target.InputTransformer.InputTemplate, 60);
    return h("span.muted", {}, "the whole event");
}

function targetActions(described, target, reload) {
    return rowActions(target.Id, {
        reload,
        edit: () => editTarget(target, { rule: described, onDone: reload }),
        remove: {
            text: "Events of the rule go there no longer.",
            action: () =>
                call("events.RemoveTargets", {
                    Rule: described.Name,
                    EventBusName: described.EventBusName,
                    Ids: [target.Id],
                }),
        },
    });
}

/** Puts an event on a bus, as any producer may. */
export function sendEvent(bus, example) {
    const { source, "detail-type": type, detail } = example ? parsed(example) : {};
    const from = textField("Source", { value: source ?? "console", required: true });
    const kind = textField("Detail type", { value: type ?? "test", required: true });
    const content = jsonField("Detail", { value: JSON.stringify(detail ?? {}), lines: 9 });
    return formDialog(`Send an event to ${bus}`, {
        label: "Send",
        fields: [h("div.fields", {}, from.element, kind.element), content.element],
        submit: async () => {
            jsonOf(content.value, "The detail");
            const { Entries: [entry] } = await call("events.PutEvents", {
                Entries: [{
                    Source: from.value,
                    DetailType: kind.value,
                    Detail: content.value,
                    EventBusName: bus,
                }],
            });
            if (entry.ErrorCode) throw new Error(`${entry.ErrorCode}: ${entry.ErrorMessage}`);
            toast("The event is accepted.", "success");
        },
    });
}

function parsed(text) {
    try {
        return JSON.parse(text);
    } catch {
        return {};
    }
}
