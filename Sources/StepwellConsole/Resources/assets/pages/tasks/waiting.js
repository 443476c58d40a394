import { fill, h } from "../../core/dom.js";
import { get, isAbort } from "../../core/api.js";
import { name as arnName, machineOfExecution } from "../../core/arn.js";
import { links } from "../../core/links.js";
import { live } from "../../core/live.js";
import { button } from "../../components/buttons.js";
import { jsonLine, jsonView } from "../../components/json-view.js";
import { Dialog } from "../../components/dialog.js";
import { empty, failure } from "../../components/placeholders.js";
import { DataTable } from "../../components/table.js";
import { ago, lasted } from "../../components/time.js";
import { tokenActions } from "../../components/token-actions.js";

const pageSize = 100;

/** The tasks that wait for their token or for a worker, each with its input, to be answered. */
export function showWaiting(panel, scope) {
    const search = h("input.grow", {
        type: "search",
        placeholder: "Filter by state, execution or input",
        "aria-label": "Filter by state, execution or input",
        oninput: () => filter(),
    });
    const kind = h(
        "select",
        { "aria-label": "Kind", onchange: () => filter() },
        [["", "All kinds"], ["callback", "Callbacks"], ["activity", "Activities"]].map((
            [value, label],
        ) => h("option", { value }, label)),
    );
    const table = new DataTable({
        caption: "Waiting tasks",
        key: (row) => row.key,
        columns: columns(() => reload()),
        empty: () =>
            empty(
                found.length ? "No waiting task fits" : "Nothing waits for an answer",
                "Tasks with a .waitForTaskToken resource and tasks of activities appear here.",
            ),
    });
    const more = h("div.more", { role: "status" });
    const who = h("p.hint", {});
    let found = [];
    let next = null;
    fill(panel, h("div.filters", {}, search, kind), table.element, more, who);

    function filter() {
        const wanted = search.value.trim().toLowerCase();
        table.setRows(found.filter((row) =>
            (!kind.value || row.kind === kind.value) && row.searched.includes(wanted)
        ));
    }

    /** Asks for a page; those with nothing in them are passed over. */
    async function load(after) {
        const rows = [];
        let page = { next: after };
        do {
            page = await get("tokens", { after: page.next, limit: pageSize }, scope.signal);
            rows.push(...page.tokens.map(rowOf));
        } while (page.next && rows.length < pageSize);
        return { rows, next: page.next ?? null };
    }

    async function reload(after = null) {
        try {
            const page = await load(after);
            found = after === null ? page.rows : [...found, ...page.rows];
            next = page.next;
            filter();
            fill(
                more,
                next !== null && button("Show more", { onclick: () => reload(next) }),
            );
        } catch (error) {
            if (!isAbort(error)) fill(more, failure(error, () => reload(after)));
        }
    }

    const again = scope.throttled(1500, () => found.length <= pageSize && reload());
    live.subscribe(scope, {
        topics: ["executions"],
        on: { status: again, reset: again },
    });
    scope.every(5000, again);
    showWho(who, scope);
    reload();
}

/** Says under which name answers are recorded. */
async function showWho(place, scope) {
    try {
        const session = await get("session", {}, scope.signal);
        fill(
            place,
            session.accessKeyId
                ? [
                    "Your answers are recorded in the audit under ",
                    h("code", {}, session.accessKeyId),
                    ".",
                ]
                : "Nobody signs in to this server: its audit records answers as the console's.",
        );
    } catch (error) {
        if (!isAbort(error)) fill(place);
    }
}

function rowOf(task) {
    const input = task.input === undefined || typeof task.input === "string"
        ? task.input
        : JSON.stringify(task.input);
    return {
        ...task,
        input,
        key: `${task.executionArn} ${task.path ?? ""} ${task.state} ${task.token ?? ""}`,
        searched: [task.executionArn, task.state, task.path, task.resource, task.worker, input]
            .join("\n").toLowerCase(),
    };
}

function columns(onDone) {
    return [
        {
            title: "State",
            class: "name",
            cell: (row) => [
                h(
                    "a.row-link",
                    { href: links.execution(row.executionArn, { state: row.state }) },
                    row.state,
                ),
                row.path && h("div.muted.small", {}, row.path),
            ],
        },
        {
            title: "Execution",
            class: "name",
            cell: (row) => [
                arnName(row.executionArn),
                h("div.muted.small", {}, arnName(machineOfExecution(row.executionArn))),
            ],
        },
        { title: "Waits for", cell: (row) => waitsFor(row) },
        { title: "Input", cell: (row) => inputCell(row) },
        { title: "Waiting", class: "nowrap", cell: (row) => lasted(row.since, null) },
        { title: "Ends", class: "nowrap", cell: (row) => ends(row) },
        {
            title: "",
            cell: (row) => row.token && tokenActions(row.token, onDone),
        },
    ];
}

function waitsFor(row) {
    if (row.kind === "callback") return h("span.chip", {}, "callback");
    return [
        h("span.chip", {}, row.started ? "activity, taken" : "activity, not taken"),
        row.worker && h("div.muted.small", {}, `by ${row.worker}`),
    ];
}

function inputCell(row) {
    if (row.input === undefined) return h("span.muted", {}, "–");
    return h("button.plain", {
        type: "button",
        "aria-label": `Show the input of ${row.state}`,
        onclick: () =>
            new Dialog(`Input of ${row.state}`, {
                build: () => jsonView(row.input, { label: "Input" }),
            }),
    }, jsonLine(row.input, 60));
}

function ends(row) {
    const end = row.heartbeat ?? row.timeout;
    if (!end) return h("span.muted", {}, "never");
    return [row.heartbeat ? "without life " : "", ago(end)];
}
