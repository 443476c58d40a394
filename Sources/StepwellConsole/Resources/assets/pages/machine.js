import { fill, h } from "../core/dom.js";
import { call } from "../core/api.js";
import { machineOf } from "../core/arn.js";
import { keyboard } from "../core/keyboard.js";
import { links } from "../core/links.js";
import { forgetMachines } from "../core/machines.js";
import { navigate } from "../core/router.js";
import { button, linkButton } from "../components/buttons.js";
import { confirmation } from "../components/dialog.js";
import { ExecutionList } from "../components/execution-list.js";
import { menu } from "../components/menu.js";
import { notice } from "../components/notice.js";
import { pageHead } from "../components/page-head.js";
import { empty } from "../components/placeholders.js";
import { startDialog } from "../components/start-dialog.js";
import { Tabs } from "../components/tabs.js";
import { toast } from "../components/toast.js";
import { showDefinition } from "./machine/definition.js";
import { showVersions } from "./machine/versions.js";
import { showAliases } from "./machine/aliases.js";
import { showChanges } from "./machine/changes.js";
import { showDetails } from "./machine/details.js";

/** One state machine. */
export default async function machine({ main, params, query, scope, title, setQuery }) {
    const arn = machineOf(params.arn);
    const described = await call("DescribeStateMachine", { stateMachineArn: arn }, scope.signal);
    title(described.name);
    const start = () => startDialog({ machine: described });
    const tabs = new Tabs(tabItems(described, query, setQuery), {
        label: "State machine",
        scope,
        onSelect: (tab) => setQuery({ tab }),
    });
    fill(
        main,
        pageHead({
            crumbs: [{ label: "State machines", href: links.machines() }],
            title: described.name,
            arn,
            badges: [h("span.chip", {}, described.type === "EXPRESS" ? "Express" : "Standard")],
            actions: [
                button("Start execution", { icon: "play", variant: "primary", onclick: start }),
                linkButton("Edit", links.editMachine(arn), { icon: "edit" }),
                menu("More", [
                    {
                        label: "Test a state",
                        icon: "flask",
                        onclick: () => navigate(links.testState(arn)),
                    },
                    {
                        label: "Delete",
                        icon: "trash",
                        variant: "danger",
                        onclick: () => askDelete(described),
                    },
                ]),
            ],
        }),
        tabs.element,
    );
    tabs.select(query.tab);
    keyboard.add(scope, "s", "Start an execution", start);
    keyboard.add(scope, "e", "Edit the definition", () => navigate(links.editMachine(arn)));
}

function tabItems(described, query, setQuery) {
    const arn = described.stateMachineArn;
    return [
        {
            id: "executions",
            label: "Executions",
            show: (panel, scope) => showExecutions(panel, scope, described, query, setQuery),
        },
        {
            id: "definition",
            label: "Definition",
            show: (panel, scope) => showDefinition(panel, scope, described),
        },
        {
            id: "versions",
            label: "Versions",
            show: (panel, scope) => showVersions(panel, scope, described),
        },
        {
            id: "aliases",
            label: "Aliases",
            show: (panel, scope) => showAliases(panel, scope, described),
        },
        {
            id: "changes",
            label: "Changes",
            show: (panel, scope) => showChanges(panel, scope, arn, query, setQuery),
        },
        {
            id: "details",
            label: "Details",
            show: (panel, scope) => showDetails(panel, scope, described),
        },
    ];
}

function showExecutions(panel, scope, described, query, setQuery) {
    if (described.type === "EXPRESS") {
        fill(
            panel,
            notice(
                "Executions of Express state machines are not kept: start one and wait for its " +
                    "output, or have them logged by the logging configuration.",
            ),
        );
        return;
    }
    const { status, name, input, text, period, from, to } = query;
    const list = new ExecutionList({
        scope,
        machine: described.stateMachineArn,
        filters: { status, name, input, text, period, from, to },
        onFilters: setQuery,
        emptyState: () =>
            empty(
                "No executions yet",
                "Start the first one.",
                button("Start execution", {
                    icon: "play",
                    variant: "primary",
                    onclick: () => startDialog({ machine: described }),
                }),
            ),
    });
    fill(panel, list.element);
    list.reload();
}

function askDelete(described) {
    confirmation(
        `Delete ${described.name}?`,
        "Its running executions continue to their end; then it is gone, with its versions.",
        {
            label: "Delete",
            action: async () => {
                await call("DeleteStateMachine", { stateMachineArn: described.stateMachineArn });
                forgetMachines();
                toast("The state machine is deleted.", "success");
                navigate(links.machines());
            },
        },
    );
}
