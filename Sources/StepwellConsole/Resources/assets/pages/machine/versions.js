import { fill, h } from "../../core/dom.js";
import { all, call } from "../../core/api.js";
import { qualifier } from "../../core/arn.js";
import { links } from "../../core/links.js";
import { button, linkButton } from "../../components/buttons.js";
import { confirmation, field } from "../../components/dialog.js";
import { empty, failure, loading } from "../../components/placeholders.js";
import { startDialog } from "../../components/start-dialog.js";
import { DataTable } from "../../components/table.js";
import { moment } from "../../components/time.js";
import { toast } from "../../components/toast.js";

/** The versions of a state machine: frozen definitions, newest first. */
export async function showVersions(panel, scope, described) {
    const arn = described.stateMachineArn;
    fill(panel, loading(3));
    const reload = () => showVersions(panel, scope, described);
    const publish = button("Publish a version", {
        icon: "plus",
        onclick: () => askPublish(described, reload),
    });
    try {
        const versions = await versionsOf(arn, scope.signal);
        const table = new DataTable({
            caption: "Versions",
            key: (row) => row.stateMachineVersionArn,
            columns: columns(described, versions, reload),
            empty: () =>
                empty(
                    "No versions yet",
                    "A version keeps the definition as it is now, for aliases and later starts.",
                ),
        });
        table.setRows(versions);
        fill(panel, h("div.filters", {}, publish), table.element);
    } catch (error) {
        if (!scope.ended) fill(panel, failure(error, reload));
    }
}

/** The versions of a machine, newest first. */
export function versionsOf(arn, signal) {
    return all(
        "ListStateMachineVersions",
        { stateMachineArn: arn, maxResults: 1000 },
        "stateMachineVersions",
        { signal },
    );
}

function columns(described, versions, reload) {
    const before = (row) => versions[versions.indexOf(row) + 1];
    return [
        { title: "Version", cell: (row) => h("strong", {}, qualifier(row.stateMachineVersionArn)) },
        { title: "Published", cell: (row) => moment(row.creationDate) },
        {
            title: "",
            cell: (row) =>
                h(
                    "div.actions",
                    {},
                    before(row) && linkButton(
                        "Changes",
                        links.machine(described.stateMachineArn, {
                            tab: "changes",
                            from: qualifier(before(row).stateMachineVersionArn),
                            to: qualifier(row.stateMachineVersionArn),
                        }),
                        { variant: "small" },
                    ),
                    button("Start", {
                        icon: "play",
                        variant: "small",
                        onclick: () =>
                            startDialog({ machine: described, target: row.stateMachineVersionArn }),
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

function askPublish(described, reload) {
    const text = h("input", { type: "text", maxlength: 256 });
    confirmation("Publish a version?", "It keeps the definition as it is now.", {
        label: "Publish",
        variant: "primary",
        fields: [field("Description", text)],
        action: async () => {
            await call("PublishStateMachineVersion", {
                stateMachineArn: described.stateMachineArn,
                revisionId: described.revisionId,
                ...(text.value && { description: text.value }),
            });
            toast("The version is published.", "success");
            reload();
        },
    });
}

function askDelete(row, reload) {
    confirmation(
        `Delete version ${qualifier(row.stateMachineVersionArn)}?`,
        "Its executions continue.",
        {
            label: "Delete",
            action: async () => {
                await call("DeleteStateMachineVersion", {
                    stateMachineVersionArn: row.stateMachineVersionArn,
                });
                reload();
            },
        },
    );
}
