import { h } from "../../core/dom.js";
import { call } from "../../core/api.js";
import { show } from "../../core/shown.js";
import { button, copyButton } from "../../components/buttons.js";
import { Dialog } from "../../components/dialog.js";
import { formDialog, given, textField } from "../../components/form.js";
import { notice } from "../../components/notice.js";
import { empty } from "../../components/placeholders.js";
import { DataTable } from "../../components/table.js";
import { moment } from "../../components/time.js";
import { fileChip, rowActions } from "./shared.js";

/** The keys that callers of routes have. */
export function showKeys(panel, scope) {
    const reload = () => show(panel, scope, build);
    const create = () => createKey(reload);
    async function build() {
        const table = new DataTable({
            caption: "API keys",
            key: (row) => row.Name,
            columns: columns(reload),
            empty: () =>
                empty(
                    "No API keys yet",
                    "A route can ask its callers for a key, in the header x-api-key.",
                    button("Create API key", { icon: "plus", variant: "primary", onclick: create }),
                ),
        });
        table.setRows((await call("triggers.ListApiKeys", {}, scope.signal)).ApiKeys);
        return [
            h("div.filters", {}, button("Create API key", { icon: "plus", onclick: create })),
            table.element,
        ];
    }
    reload();
}

function columns(reload) {
    return [
        {
            title: "Key",
            sort: (row) => row.Name,
            cell: (row) => [h("strong", {}, row.Name), row.IsFromFile && [" ", fileChip()]],
        },
        { title: "Created", class: "nowrap", cell: (row) => moment(row.CreationDate) },
        {
            title: "",
            cell: (row) =>
                !row.IsFromFile &&
                rowActions(row.Name, {
                    reload,
                    remove: {
                        text: "Whoever uses it is refused from then on.",
                        action: () => call("triggers.DeleteApiKey", { Name: row.Name }),
                    },
                }),
        },
    ];
}

function createKey(reload) {
    const name = textField("Name", { required: true });
    const rate = textField("Requests a second", {
        type: "number",
        min: 0,
        step: "any",
        placeholder: "Without a bound",
    });
    let key = null;
    const dialog = formDialog("Create an API key", {
        size: "small",
        label: "Create",
        fields: [name.element, rate.element],
        submit: async () => {
            const Throttle = rate.value ? { Rate: Number(rate.value) } : null;
            const answer = await call(
                "triggers.CreateApiKey",
                given({ Name: name.value, Throttle }),
            );
            key = answer.Key;
            reload();
        },
    });
    dialog.onClose = () => key && showKey(name.value, key);
}

/** The key is shown once: the server keeps a digest. */
function showKey(name, key) {
    return new Dialog(`The key ${name}`, {
        build: () => [
            notice("Copy it now: it cannot be shown again.", "caught"),
            h(
                "p.actions.shown-key",
                {},
                h("code", {}, key),
                copyButton(key, "Copy the key"),
            ),
        ],
        actions: (dialog) =>
            button("Done", { variant: "primary", onclick: () => dialog.close() }),
    });
}
