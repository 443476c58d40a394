import { fill, h } from "../../core/dom.js";
import { all, call } from "../../core/api.js";
import { qualifier } from "../../core/arn.js";
import { button } from "../../components/buttons.js";
import { confirmation, Dialog, field } from "../../components/dialog.js";
import { empty, failure, loading } from "../../components/placeholders.js";
import { startDialog } from "../../components/start-dialog.js";
import { DataTable } from "../../components/table.js";
import { moment } from "../../components/time.js";
import { versionsOf } from "./versions.js";

/** The aliases of a state machine, each with the versions that it stands for. */
export async function showAliases(panel, scope, described) {
    const arn = described.stateMachineArn;
    fill(panel, loading(3));
    const reload = () => showAliases(panel, scope, described);
    try {
        const [listed, versions] = await Promise.all([
            all(
                "ListStateMachineAliases",
                { stateMachineArn: arn, maxResults: 1000 },
                "stateMachineAliases",
                { signal: scope.signal },
            ),
            versionsOf(arn, scope.signal),
        ]);
        const aliases = await Promise.all(
            listed.map(({ stateMachineAliasArn }) =>
                call("DescribeStateMachineAlias", { stateMachineAliasArn }, scope.signal)
            ),
        );
        const table = new DataTable({
            caption: "Aliases",
            key: (row) => row.stateMachineAliasArn,
            columns: columns(described, versions, reload),
            empty: () =>
                empty(
                    "No aliases yet",
                    versions.length
                        ? "An alias is a name for one version, or for two that share the starts."
                        : "Publish a version first: an alias is a name for versions.",
                ),
        });
        table.setRows(aliases);
        fill(
            panel,
            h(
                "div.filters",
                {},
                button("Create alias", {
                    icon: "plus",
                    disabled: versions.length === 0,
                    onclick: () => editAlias(null, versions, reload),
                }),
            ),
            table.element,
        );
    } catch (error) {
        if (!scope.ended) fill(panel, failure(error, reload));
    }
}

function columns(described, versions, reload) {
    return [
        { title: "Alias", cell: (row) => h("strong", {}, row.name) },
        { title: "Routes to", cell: (row) => routes(row.routingConfiguration) },
        { title: "Description", cell: (row) => row.description ?? "" },
        { title: "Changed", cell: (row) => moment(row.updateDate ?? row.creationDate) },
        {
            title: "",
            cell: (row) =>
                h(
                    "div.actions",
                    {},
                    button("Start", {
                        icon: "play",
                        variant: "small",
                        onclick: () =>
                            startDialog({ machine: described, target: row.stateMachineAliasArn }),
                    }),
                    button("Edit", {
                        icon: "edit",
                        variant: "small",
                        onclick: () => editAlias(row, versions, reload),
                    }),
                    button("Delete", {
                        icon: "trash",
                        variant: "small",
                        onclick: () => askDelete(row, reload),
                    }),
                ),
        },
    ];
}

function routes(configuration) {
    return h(
        "span.actions",
        {},
        configuration.map((route) =>
            h(
                "span.chip",
                {},
                `version ${qualifier(route.stateMachineVersionArn)}: ${route.weight} %`,
            )
        ),
    );
}

function editAlias(alias, versions, reload) {
    const [first, second] = alias?.routingConfiguration ?? [];
    const choose = (route, isOptional) =>
        h(
            "select",
            {},
            isOptional && h("option", { value: "" }, "No second version"),
            versions.map(({ stateMachineVersionArn }) =>
                h("option", {
                    value: stateMachineVersionArn,
                    selected: stateMachineVersionArn === route?.stateMachineVersionArn,
                }, `Version ${qualifier(stateMachineVersionArn)}`)
            ),
        );
    const name = h("input", {
        type: "text",
        value: alias?.name ?? "",
        maxlength: 80,
        disabled: Boolean(alias),
    });
    const text = h("input", { type: "text", value: alias?.description ?? "", maxlength: 256 });
    const versionA = choose(first, false);
    const versionB = choose(second, true);
    const weight = h("input", { type: "number", min: 0, max: 100, value: first?.weight ?? 100 });
    const save = () =>
        call(alias ? "UpdateStateMachineAlias" : "CreateStateMachineAlias", {
            ...(alias
                ? { stateMachineAliasArn: alias.stateMachineAliasArn }
                : { name: name.value }),
            ...(text.value && { description: text.value }),
            routingConfiguration: routing(versionA.value, versionB.value, Number(weight.value)),
        });
    return new Dialog(alias ? `Edit ${alias.name}` : "Create an alias", {
        build: () => [
            field("Name", name),
            field("Description", text),
            h(
                "div.fields",
                {},
                field("First version", versionA),
                field("Its share, in percent", weight, "The second version gets the rest."),
                field("Second version", versionB),
            ),
        ],
        actions: (dialog) => [
            button("Cancel", { onclick: () => dialog.close() }),
            button(alias ? "Save" : "Create", {
                variant: "primary",
                onclick: (event) =>
                    dialog.attempt(event.currentTarget, async () => {
                        await save();
                        reload();
                    }),
            }),
        ],
    });
}

function routing(first, second, weight) {
    if (!second) return [{ stateMachineVersionArn: first, weight: 100 }];
    return [
        { stateMachineVersionArn: first, weight },
        { stateMachineVersionArn: second, weight: 100 - weight },
    ];
}

function askDelete(row, reload) {
    confirmation(
        `Delete the alias ${row.name}?`,
        "Whoever starts executions by it gets an error.",
        {
            label: "Delete",
            action: async () => {
                await call("DeleteStateMachineAlias", {
                    stateMachineAliasArn: row.stateMachineAliasArn,
                });
                reload();
            },
        },
    );
}
