import { h } from "../../core/dom.js";
import { call } from "../../core/api.js";
import { links } from "../../core/links.js";
import { show } from "../../core/shown.js";
import { button } from "../../components/buttons.js";
import { formDialog, given, textField } from "../../components/form.js";
import { DataTable } from "../../components/table.js";
import { moment } from "../../components/time.js";
import { toast } from "../../components/toast.js";
import { sendEvent } from "../rule.js";
import { fileChip, pages, rowActions } from "./shared.js";

/** Every event bus. */
export function allBuses(signal) {
    return pages((page) => call("events.ListEventBuses", page, signal), "EventBuses");
}

/** The event buses; events can be sent by hand. */
export function showBuses(panel, scope) {
    const reload = () => show(panel, scope, build);
    async function build() {
        const table = new DataTable({
            caption: "Event buses",
            key: (row) => row.Arn,
            columns: columns(reload),
        });
        table.setRows(await allBuses(scope.signal));
        return [
            h(
                "div.filters",
                {},
                button("Create event bus", { icon: "plus", onclick: () => createBus(reload) }),
            ),
            table.element,
        ];
    }
    reload();
}

function rulesOf(bus) {
    return links.triggers({ tab: "rules", bus });
}

function columns(reload) {
    return [
        {
            title: "Event bus",
            sort: (row) => row.Name,
            cell: (row) => [
                h("a.row-link", { href: rulesOf(row.Name) }, row.Name),
                row.ManagedBy && [" ", fileChip()],
                row.Description && h("div.muted.small", {}, row.Description),
            ],
        },
        { title: "ARN", cell: (row) => h("span.mono.muted", {}, row.Arn) },
        { title: "Created", class: "nowrap", cell: (row) => moment(row.CreationTime) },
        {
            title: "",
            cell: (row) =>
                h(
                    "div.actions",
                    {},
                    button("Send an event", {
                        variant: "small",
                        "aria-label": `Send an event to ${row.Name}`,
                        onclick: () => sendEvent(row.Name),
                    }),
                    row.Name !== "default" && !row.ManagedBy &&
                        rowActions(row.Name, {
                            reload,
                            remove: {
                                text: "Its rules must be deleted first.",
                                action: () => call("events.DeleteEventBus", { Name: row.Name }),
                            },
                        }),
                ),
        },
    ];
}

function createBus(reload) {
    const name = textField("Name", { required: true, maxlength: 256 });
    const description = textField("Description", { maxlength: 512 });
    return formDialog("Create an event bus", {
        size: "small",
        label: "Create",
        fields: [name.element, description.element],
        submit: async () => {
            await call(
                "events.CreateEventBus",
                given({ Name: name.value, Description: description.value }),
            );
            toast("The event bus is created.", "success");
            reload();
        },
    });
}
