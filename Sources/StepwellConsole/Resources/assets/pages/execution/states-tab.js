import { fill, h } from "../../core/dom.js";
import { parsedDefinition, statesOf } from "../../core/asl.js";
import { count, milliseconds } from "../../core/format.js";
import { statusBadge } from "../../components/status.js";
import { DataTable } from "../../components/table.js";
import { lasted, moment } from "../../components/time.js";
import { empty } from "../../components/placeholders.js";
import { progress } from "./standing.js";

/** The states as a table: how often each was entered, and what became of it. */
export function showStates(panel, scope, model) {
    const states = statesOf(parsedDefinition(model.machine.definition));
    const order = new Map(states.map(({ name }, index) => [name, index]));
    const table = new DataTable({
        caption: "States",
        key: (row) => row.name,
        columns: columns(model),
        empty: () => empty("No state was entered yet"),
    });
    const all = h("input", { type: "checkbox", onchange: () => show() });
    fill(
        panel,
        h("div.filters", {}, h("label.choice", {}, all, "States that were not entered too")),
        table.element,
    );
    const show = () => {
        const rows = states.map(({ name, state, depth }) => ({
            name,
            type: state.Type,
            depth,
            ...model.statuses[name],
        }))
            .filter((row) => all.checked || row.entered > 0);
        rows.sort((one, other) =>
            first(one) - first(other) || order.get(one.name) - order.get(other.name)
        );
        table.setRows(rows);
    };
    scope.on(model, "moment", show);
    show();
}

function first(row) {
    return row.firstEntered ? milliseconds(row.firstEntered) : Infinity;
}

function columns(model) {
    const open = (row) =>
        h("button.link", {
            type: "button",
            style: { "margin-left": `${row.depth * 18}px` },
            onclick: () => model.select(row.name),
        }, row.name);
    return [
        { title: "State", cell: open },
        { title: "Type", cell: (row) => h("span.chip", {}, row.type) },
        { title: "Status", cell: (row) => statusBadge(row.status ?? "notEntered") },
        {
            title: "Visits",
            class: "number",
            sort: (row) => row.entered ?? 0,
            cell: (row) => count(row.entered ?? 0),
        },
        {
            title: "Iterations",
            cell: (
                row,
            ) => (row.children?.count > 0
                ? [progress(row.children), ` ${count(row.children.count)}`]
                : ""),
        },
        {
            title: "Retries",
            class: "number",
            cell: (row) => (row.retries ? count(row.retries) : ""),
            sort: (row) => row.retries ?? 0,
        },
        {
            title: "Failures",
            class: "number",
            cell: (row) => failures(row),
            sort: (row) => (row.failed ?? 0) + (row.caught ?? 0),
        },
        {
            title: "First entered",
            class: "nowrap",
            cell: (row) => (row.firstEntered ? moment(row.firstEntered) : ""),
            sort: first,
        },
        {
            title: "From first to last",
            class: "number",
            cell: (
                row,
            ) => (row.firstEntered
                ? lasted(
                    row.firstEntered,
                    row.running > 0 ? null : row.lastExited ?? row.firstEntered,
                )
                : ""),
        },
    ];
}

function failures(row) {
    const number = (row.failed ?? 0) + (row.caught ?? 0) + (row.timedOut ?? 0);
    return number ? h("span.tone.failed", {}, count(number)) : "";
}
