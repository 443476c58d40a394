import { fill, h } from "../core/dom.js";
import { get, isAbort } from "../core/api.js";
import { links } from "../core/links.js";
import { count, plural } from "../core/format.js";
import { keyboard } from "../core/keyboard.js";
import { live } from "../core/live.js";
import { allMachines } from "../core/machines.js";
import { navigate } from "../core/router.js";
import { button, linkButton } from "../components/buttons.js";
import { pageHead } from "../components/page-head.js";
import { empty } from "../components/placeholders.js";
import { executionStatuses, statusKind } from "../components/status.js";
import { DataTable } from "../components/table.js";
import { moment } from "../components/time.js";
import { startDialog } from "../components/start-dialog.js";

/** The state machines, with how their executions stand. */
export default async function machines({ main, query, scope, title, setQuery }) {
    title("State machines");
    const list = await allMachines(scope.signal);
    const counts = new Map();
    const search = h("input.grow", {
        type: "search",
        placeholder: "Filter by name",
        "aria-label": "Filter by name",
        value: query.name ?? "",
        oninput: () => show(),
    });
    const type = h(
        "select",
        { "aria-label": "Type", onchange: () => show() },
        [["", "All types"], ["STANDARD", "Standard"], ["EXPRESS", "Express"]].map((
            [value, label],
        ) => h("option", { value, selected: value === (query.type ?? "") }, label)),
    );
    const summary = h("p.muted", { role: "status" });
    const table = new DataTable({
        caption: "State machines",
        key: (row) => row.stateMachineArn,
        columns: columns(counts),
        empty: () => (list.length ? empty("No state machine of this name") : empty(
            "No state machines yet",
            "A state machine is a workflow: states, and how one follows another.",
            linkButton("Create one", links.newMachine(), { icon: "plus", variant: "primary" }),
        )),
    });
    fill(
        main,
        pageHead({
            title: "State machines",
            actions: [
                linkButton("Create state machine", links.newMachine(), {
                    icon: "plus",
                    variant: "primary",
                }),
            ],
        }),
        h("div.filters", {}, search, type, summary),
        table.element,
    );

    function show() {
        const wanted = search.value.trim().toLowerCase();
        const rows = list.filter((row) =>
            row.name.toLowerCase().includes(wanted) && (!type.value || row.type === type.value)
        );
        table.setRows(rows.slice(0, 500));
        summary.textContent = rows.length > 500
            ? `The first 500 of ${count(rows.length)}`
            : plural(rows.length, "state machine");
        setQuery({ name: search.value, type: type.value });
        loadCounts();
    }

    /** The counts of the machines that are shown, a few at a time. */
    async function loadCounts() {
        const waiting = table.rows.filter((row) => row.type === "STANDARD").slice(0, 200);
        const next = async () => {
            for (let row = waiting.shift(); row && !scope.ended; row = waiting.shift()) {
                const answer = await get(
                    "counts",
                    { stateMachineArn: row.stateMachineArn },
                    scope.signal,
                );
                if (JSON.stringify(counts.get(row.stateMachineArn)) === JSON.stringify(answer)) {
                    continue;
                }
                counts.set(row.stateMachineArn, answer);
                table.update(row, { onlyKnown: true });
            }
        };
        await Promise.all([next(), next(), next(), next()]).catch((error) =>
            isAbort(error) || console.warn(error.message)
        );
    }

    show();
    live.subscribe(scope, {
        topics: ["executions"],
        on: { status: scope.throttled(2000, loadCounts) },
    });
    keyboard.add(scope, "c", "Create a state machine", () => navigate(links.newMachine()));
}

function columns(counts) {
    return [
        {
            title: "Name",
            sort: (row) => row.name,
            cell: (row) => h("a.row-link", { href: links.machine(row.stateMachineArn) }, row.name),
        },
        {
            title: "Type",
            cell: (row) => h("span.chip", {}, row.type === "EXPRESS" ? "Express" : "Standard"),
            sort: (row) => row.type,
        },
        { title: "Executions", cell: (row) => countsCell(row, counts.get(row.stateMachineArn)) },
        {
            title: "Created",
            class: "nowrap",
            cell: (row) => moment(row.creationDate),
            sort: (row) => row.creationDate,
        },
        {
            title: "",
            cell: (row) =>
                h(
                    "div.actions",
                    {},
                    button("Start", {
                        icon: "play",
                        variant: "small",
                        "aria-label": `Start ${row.name}`,
                        onclick: () => startDialog({ machine: row }),
                    }),
                ),
        },
    ];
}

function countsCell(row, counts) {
    if (row.type === "EXPRESS") return h("span.muted", {}, "not kept");
    if (!counts) return h("span.muted", {}, "…");
    const given = executionStatuses.filter((status) => counts[status]);
    if (!given.length) return h("span.muted", {}, "none yet");
    return h(
        "span.tallies",
        {},
        given.map((status) =>
            h(
                "a.tally",
                {
                    class: statusKind(status),
                    href: links.executions({ machine: row.stateMachineArn, status }),
                    title: `${count(counts[status])} ${status.toLowerCase().replace("_", " ")}`,
                },
                h("span.dot", {}),
                count(counts[status]),
                h("span.visually-hidden", {}, status),
            )
        ),
    );
}
