import { h } from "../../core/dom.js";
import { call } from "../../core/api.js";
import { links } from "../../core/links.js";
import { navigate } from "../../core/router.js";
import { show } from "../../core/shown.js";
import { button } from "../../components/buttons.js";
import { jsonLine } from "../../components/json-view.js";
import { empty } from "../../components/placeholders.js";
import { DataTable } from "../../components/table.js";
import { allBuses } from "./buses.js";
import { editRule } from "./rule-form.js";
import { fileChip, pages, rowActions, stateBadge } from "./shared.js";

/** The rules of an event bus: what happens at which events. */
export function showRules(panel, scope, query, setQuery) {
    let bus = query.bus ?? "default";
    const reload = () => show(panel, scope, build);

    async function build() {
        const [buses, rules] = await Promise.all([
            allBuses(scope.signal),
            pages(
                (page) => call("events.ListRules", { EventBusName: bus, ...page }, scope.signal),
                "Rules",
            ),
        ]);
        const create = () =>
            editRule(null, { bus, onDone: (name) => navigate(links.rule(bus, name)) });
        const table = new DataTable({
            caption: "Rules",
            key: (row) => row.Arn,
            columns: columns(reload),
            empty: () =>
                empty(
                    "No rules yet",
                    "A rule says which events of the bus start what.",
                    button("Create rule", { icon: "plus", variant: "primary", onclick: create }),
                ),
        });
        table.setRows(rules);
        const choice = h(
            "select",
            {
                "aria-label": "Event bus",
                onchange: () => {
                    bus = choice.value;
                    setQuery({ bus });
                    reload();
                },
            },
            buses.map(({ Name }) => h("option", { value: Name, selected: Name === bus }, Name)),
        );
        return [
            h("div.filters", {}, choice, button("Create rule", { icon: "plus", onclick: create })),
            table.element,
        ];
    }
    reload();
}

function columns(reload) {
    return [
        {
            title: "Rule",
            class: "name",
            sort: (row) => row.Name,
            cell: (row) => [
                h("a.row-link", { href: links.rule(row.EventBusName, row.Name) }, row.Name),
                row.ManagedBy && [" ", fileChip()],
                row.Description && h("div.muted.small", {}, row.Description),
            ],
        },
        {
            title: "When",
            cell: (row) => [
                row.ScheduleExpression && h("code", {}, row.ScheduleExpression),
                row.EventPattern && jsonLine(row.EventPattern, 90),
            ],
        },
        { title: "State", cell: (row) => stateBadge(row.State) },
        { title: "", cell: (row) => !row.ManagedBy && ruleActions(row, reload) },
    ];
}

/** What can be done with a rule. */
export function ruleActions(rule, reload, gone = reload) {
    const at = { Name: rule.Name, EventBusName: rule.EventBusName };
    const isOn = rule.State === "ENABLED";
    return h(
        "div.actions",
        {},
        rowActions(rule.Name, {
            reload,
            toggleLabel: isOn ? "Disable" : "Enable",
            toggle: () => call(isOn ? "events.DisableRule" : "events.EnableRule", at),
            edit: () => editRule(rule, { bus: rule.EventBusName, onDone: reload }),
        }),
        rowActions(rule.Name, {
            reload: gone,
            remove: {
                text: "It is deleted with its targets.",
                action: () => deleteRule(at),
            },
        }),
    );
}

/** A rule goes when it has no targets any more. */
async function deleteRule({ Name, EventBusName }) {
    const targets = await pages(
        (page) => call("events.ListTargetsByRule", { Rule: Name, EventBusName, ...page }),
        "Targets",
    );
    if (targets.length) {
        const Ids = targets.map(({ Id }) => Id);
        await call("events.RemoveTargets", { Rule: Name, EventBusName, Ids });
    }
    await call("events.DeleteRule", { Name, EventBusName });
}
