import { h } from "../../core/dom.js";
import { all, call } from "../../core/api.js";
import { show } from "../../core/shown.js";
import { button, copyButton } from "../../components/buttons.js";
import { confirmation } from "../../components/dialog.js";
import { formDialog, textField } from "../../components/form.js";
import { empty } from "../../components/placeholders.js";
import { DataTable } from "../../components/table.js";
import { moment } from "../../components/time.js";
import { toast } from "../../components/toast.js";

/** The activities, whose workers ask for tasks. */
export function showActivities(panel, scope) {
    const reload = () => show(panel, scope, build);
    const create = () => createActivity(reload);
    async function build() {
        const activities = await all("ListActivities", { maxResults: 1000 }, "activities", {
            signal: scope.signal,
        });
        const table = new DataTable({
            caption: "Activities",
            key: (row) => row.activityArn,
            columns: columns(reload),
            empty: () =>
                empty(
                    "No activities yet",
                    "A state whose resource is an activity waits for a worker that asks for it.",
                    button("Create activity", {
                        icon: "plus",
                        variant: "primary",
                        onclick: create,
                    }),
                ),
        });
        table.setRows(activities);
        return [
            h("div.filters", {}, button("Create activity", { icon: "plus", onclick: create })),
            table.element,
        ];
    }
    reload();
}

function columns(reload) {
    return [
        { title: "Activity", sort: (row) => row.name, cell: (row) => h("strong", {}, row.name) },
        {
            title: "ARN",
            cell: (row) =>
                h(
                    "span.actions",
                    {},
                    h("span.mono.muted", {}, row.activityArn),
                    copyButton(row.activityArn, `Copy the ARN of ${row.name}`),
                ),
        },
        {
            title: "Created",
            class: "nowrap",
            sort: (row) => row.creationDate,
            cell: (row) => moment(row.creationDate),
        },
        {
            title: "",
            cell: (row) =>
                h(
                    "div.actions",
                    {},
                    button("Delete", {
                        icon: "trash",
                        variant: "small",
                        "aria-label": `Delete ${row.name}`,
                        onclick: () => askDelete(row, reload),
                    }),
                ),
        },
    ];
}

function createActivity(reload) {
    const name = textField("Name", { required: true, maxlength: 80 });
    return formDialog("Create an activity", {
        size: "small",
        label: "Create",
        fields: name.element,
        submit: async () => {
            await call("CreateActivity", { name: name.value });
            toast("The activity is created.", "success");
            reload();
        },
    });
}

function askDelete({ name, activityArn }, reload) {
    confirmation(
        `Delete ${name}?`,
        "Its workers get no more tasks; tasks that wait for one continue until their timeout.",
        {
            label: "Delete",
            action: async () => {
                await call("DeleteActivity", { activityArn });
                toast("The activity is deleted.", "success");
                reload();
            },
        },
    );
}
