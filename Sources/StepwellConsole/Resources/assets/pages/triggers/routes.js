import { h } from "../../core/dom.js";
import { call } from "../../core/api.js";
import { words } from "../../core/format.js";
import { show } from "../../core/shown.js";
import { button, copyButton } from "../../components/buttons.js";
import { empty } from "../../components/placeholders.js";
import { DataTable } from "../../components/table.js";
import { editRoute } from "./route-form.js";
import { fileChip, rowActions, stateBadge, targetLink } from "./shared.js";

/** The HTTP routes: which requests start executions or answer tasks. */
export function showRoutes(panel, scope) {
    const reload = () => show(panel, scope, build);
    async function build() {
        const [{ Routes: routes }, { ApiKeys: keys }] = await Promise.all([
            call("triggers.ListRoutes", {}, scope.signal),
            call("triggers.ListApiKeys", {}, scope.signal),
        ]);
        const create = () => editRoute(null, { keys, reload });
        const table = new DataTable({
            caption: "HTTP routes",
            key: (row) => row.Name,
            columns: columns(keys, reload),
            empty: () =>
                empty(
                    "No routes yet",
                    "A route has an HTTP request start a state machine, or answer a task.",
                    button("Create route", { icon: "plus", variant: "primary", onclick: create }),
                ),
        });
        table.setRows(routes);
        return [
            h("div.filters", {}, button("Create route", { icon: "plus", onclick: create })),
            table.element,
        ];
    }
    reload();
}

function columns(keys, reload) {
    return [
        {
            title: "Route",
            class: "name",
            sort: (row) => row.Name,
            cell: (row) => [
                h("strong", {}, row.Name),
                row.IsFromFile && [" ", fileChip()],
                row.Description && h("div.muted.small", {}, row.Description),
            ],
        },
        {
            title: "Requests",
            cell: (row) => [
                h("code", {}, row.Route),
                copyButton(() => example(row), `Copy a curl command for ${row.Name}`),
            ],
        },
        {
            title: "Does",
            cell: (row) => [
                words(row.Action),
                row.StateMachineArn && h("div.small", {}, targetLink(row.StateMachineArn)),
            ],
        },
        { title: "For", cell: (row) => allowed(row) },
        { title: "State", cell: (row) => stateBadge(row.State) },
        { title: "", cell: (row) => !row.IsFromFile && actions(row, keys, reload) },
    ];
}

function allowed(row) {
    if (row.Authorization === "NONE") return h("span.chip", {}, "everybody");
    if (row.Authorization === "AWS_IAM") return h("span.chip", {}, "signed requests");
    const names = row.ApiKeys ?? [];
    return h("span.chip", {}, names.length ? `key ${names.join(", ")}` : "any API key");
}

function actions(row, keys, reload) {
    const { CreationDate, LastModificationDate, IsFromFile, ...definition } = row;
    const State = row.State === "ENABLED" ? "DISABLED" : "ENABLED";
    return rowActions(row.Name, {
        reload,
        edit: () => editRoute(definition, { keys, reload }),
        toggleLabel: row.State === "ENABLED" ? "Disable" : "Enable",
        toggle: () => call("triggers.PutRoute", { ...definition, State }),
        remove: {
            text: "Its requests are answered with 404 then.",
            action: () => call("triggers.DeleteRoute", { Name: row.Name }),
        },
    });
}

/** A command that sends a request to a route. */
function example(row) {
    const [method, path] = row.Route.split(" ");
    const key = row.Authorization === "API_KEY" ? " -H 'x-api-key: KEY'" : "";
    const body = ["GET", "HEAD", "DELETE"].includes(method)
        ? ""
        : " -H 'Content-Type: application/json' -d '{}'";
    return `curl -X ${method === "ANY" ? "POST" : method}${key}${body} '${location.origin}${path}'`;
}
