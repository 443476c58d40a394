import { fill, h } from "../core/dom.js";
import { get, isAbort } from "../core/api.js";
import { live } from "../core/live.js";
import { links } from "../core/links.js";
import { count, words } from "../core/format.js";
import { name as arnName } from "../core/arn.js";
import { allMachines } from "../core/machines.js";
import { button } from "./buttons.js";
import { bulkBar } from "./bulk-actions.js";
import { Combobox } from "./combobox.js";
import { empty, failure } from "./placeholders.js";
import { executionStatuses, statusBadge, statusKind } from "./status.js";
import { DataTable } from "./table.js";
import { ago, lasted } from "./time.js";

const pageSize = 50;
/** With more of them the list begins anew when executions start. */
const mostRows = 1000;
const periods = [
    ["", "Any time"],
    ["15m", "Last 15 minutes"],
    ["1h", "Last hour"],
    ["24h", "Last 24 hours"],
    ["7d", "Last 7 days"],
    ["30d", "Last 30 days"],
    ["custom", "Between…"],
];
const units = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Executions with filters, counts, selection and live changes. `machine`: an ARN that the list is
 * bound to, or null; `filters`: what it begins with; `onFilters(filters)` hears of changes.
 */
export class ExecutionList {
    #scope;
    #machine;
    #filters;
    #next = null;
    #generation = 0;
    #scanned = 0;

    constructor({ scope, machine = null, filters = {}, onFilters = () => {}, emptyState }) {
        this.#scope = scope;
        this.#machine = machine;
        this.#filters = { ...filters };
        this.onFilters = onFilters;
        this.table = new DataTable({
            caption: "Executions",
            key: (row) => row.executionArn,
            selectable: () => true,
            columns: columns(machine === null),
            onSelect: () => this.bulk.show(),
            empty: () => (this.#isFiltered
                ? empty(
                    "No execution fits",
                    "Change or clear the filters.",
                    button("Clear the filters", { onclick: () => this.#clear() }),
                )
                : emptyState()),
        });
        this.bulk = bulkBar(this.table, () => this.reload(), () => this.#readAll);
        this.statuses = h("div.status-filters", { role: "group", "aria-label": "Status" });
        this.bar = h("div.filters", {}, this.#controls());
        this.more = h("div.more", { role: "status" });
        this.element = h(
            "div",
            {},
            this.statuses,
            this.bar,
            this.table.element,
            this.more,
            this.bulk.element,
        );
        live.subscribe(scope, {
            topics: ["executions"],
            on: {
                status: (row) => this.#changed(row),
                counts: () => this.countAgain(),
                open: () => this.#isShort && this.reload(),
                reset: scope.throttled(2000, () => this.reload()),
            },
        });
        this.countAgain = scope.throttled(1000, () => this.#loadCounts());
        this.reloadSoon = scope.throttled(2000, () => this.reload());
        scope.every(10_000, () => this.countAgain());
        live.otherwise(scope, 5000, () => this.#isShort && this.reload());
    }

    /** Whether reading it anew loses no page that was asked for. */
    get #isShort() {
        return this.table.rows.length <= pageSize;
    }

    get #isFiltered() {
        return Object.values(this.#filters).some(Boolean);
    }

    /** Asks for the first page anew. */
    async reload() {
        this.#generation += 1;
        this.#scanned = 0;
        const generation = this.#generation;
        fill(this.more, "Loading…");
        this.countAgain();
        try {
            const page = await this.#ask(null);
            if (generation !== this.#generation) return;
            this.table.setRows(page.executions);
            this.#ended(page);
        } catch (error) {
            if (!isAbort(error) && generation === this.#generation) {
                fill(
                    this.more,
                    failure(error, () => this.reload()),
                );
            }
        }
    }

    /** Adds the next page, unless the list has begun anew in the meantime. */
    async #loadMore() {
        const generation = this.#generation;
        fill(this.more, "Loading…");
        try {
            const page = await this.#ask(this.#next);
            if (generation !== this.#generation) return;
            this.table.addRows(page.executions);
            this.#ended(page);
        } catch (error) {
            if (!isAbort(error) && generation === this.#generation) {
                fill(this.more, failure(error, () => this.#loadMore()));
            }
        }
    }

    /** Reads the rows that are not shown yet, up to a bound, and selects all. */
    get #readAll() {
        if (this.#next === null || this.table.rows.length >= mostRows) return null;
        return async () => {
            const generation = this.#generation;
            while (this.#next !== null && this.table.rows.length < mostRows) {
                const before = this.#next;
                await this.#loadMore();
                if (generation !== this.#generation || before === this.#next) return;
            }
            this.table.selectAll(true);
        };
    }

    #ask(after) {
        const { status, name, text, input, period, machine } = this.#filters;
        const [from, to] = this.#period(period);
        return get("executions", {
            stateMachineArn: this.#machine ?? machine,
            status,
            name,
            text,
            input,
            from,
            to,
            after,
            limit: pageSize,
        }, this.#scope.signal);
    }

    #period(period) {
        if (period === "custom") {
            return [this.#filters.from, this.#filters.to].map((
                each,
            ) => (each ? new Date(each).toISOString() : null));
        }
        const [, number, unit] = /^(\d+)([mhd])$/.exec(period ?? "") ?? [];
        return [number ? new Date(Date.now() - number * units[unit]).toISOString() : null, null];
    }

    #ended(page) {
        this.#next = page.next ?? null;
        this.#scanned += page.scanned ?? 0;
        this.#foot();
    }

    /** Below the list: how many are shown, and the way to more. */
    #foot() {
        const shown = `${count(this.table.rows.length)} shown`;
        const isSearch = this.#filters.text || this.#filters.input;
        const looked = isSearch && this.#next !== null ? `looked at ${count(this.#scanned)}` : null;
        fill(
            this.more,
            this.#next !== null
                ? [
                    h("span", {}, [shown, looked].filter(Boolean).join(", ")),
                    button(looked ? "Look further" : "Show more", {
                        onclick: () => this.#loadMore(),
                    }),
                ]
                : this.table.rows.length > 0 && `${shown}, no more`,
        );
    }

    async #loadCounts() {
        try {
            const counts = await get("counts", {
                stateMachineArn: this.#machine ?? this.#filters.machine,
            }, this.#scope.signal);
            this.#showCounts(counts.counts ?? counts);
        } catch (error) {
            if (!isAbort(error)) this.#showCounts({});
        }
    }

    #showCounts(counts) {
        const focused = document.activeElement?.dataset?.status;
        const all = Object.values(counts).reduce((sum, each) => sum + (Number(each) || 0), 0);
        const entry = (status, label, number) =>
            h(
                "button.status-filter",
                {
                    type: "button",
                    class: statusKind(status),
                    dataset: { status },
                    "aria-pressed": String((this.#filters.status ?? "") === status),
                    onclick: () => this.set({ status }),
                },
                status && h("span.dot", {}),
                label,
                h("span.number", {}, count(number)),
            );
        fill(
            this.statuses,
            entry("", "All", all),
            executionStatuses.map((status) => entry(status, words(status), counts[status])),
        );
        if (focused !== undefined) {
            this.statuses.querySelector(`[data-status="${focused}"]`)?.focus();
        }
    }

    /** Changes filters, and asks anew. */
    set(changes) {
        Object.assign(this.#filters, changes);
        this.onFilters(this.#filters);
        this.reload();
    }

    #clear() {
        this.#filters = {};
        fill(this.bar, this.#controls());
        this.onFilters({
            status: null,
            name: null,
            input: null,
            text: null,
            period: null,
            from: null,
            to: null,
            machine: null,
        });
        this.reload();
    }

    #controls() {
        const typed = this.#scope.debounced(350, (changes) => this.set(changes));
        const input = (member, placeholder, label) =>
            h("input", {
                type: "search",
                placeholder,
                "aria-label": label,
                value: this.#filters[member] ?? "",
                oninput: (event) => typed({ [member]: event.target.value.trim() }),
            });
        const between = h(
            "span.actions",
            { hidden: this.#filters.period !== "custom" },
            ["from", "to"].map((member) =>
                h("input", {
                    type: "datetime-local",
                    "aria-label": `Started ${member}`,
                    value: this.#filters[member] ?? "",
                    onchange: (event) => this.set({ [member]: event.target.value }),
                })
            ),
        );
        const period = h(
            "select",
            {
                "aria-label": "Started",
                onchange: () => {
                    between.hidden = period.value !== "custom";
                    this.set({ period: period.value });
                },
            },
            periods.map(([value, label]) =>
                h("option", { value, selected: value === (this.#filters.period ?? "") }, label)
            ),
        );
        const name = input("name", "Name", "Name contains");
        name.classList.add("name-filter");
        const given = input("input", "Input", "Input contains");
        const text = input("text", "Any text", "Text contains");
        text.classList.add("grow");
        return [
            this.#machine === null && this.#machineFilter(),
            name,
            given,
            text,
            period,
            between,
        ];
    }

    #machineFilter() {
        const chosen = this.#filters.machine;
        return new Combobox({
            label: "State machine",
            placeholder: "All state machines",
            value: chosen ? arnName(chosen) : "",
            suggest: async (wanted, signal) =>
                (await allMachines(signal))
                    .filter((each) => each.name.toLowerCase().includes(wanted.toLowerCase())).slice(
                        0,
                        50,
                    )
                    .map((each) => ({ label: each.name, value: each.stateMachineArn })),
            onChoose: (option) => this.set({ machine: option.value }),
            onClear: () => this.#filters.machine && this.set({ machine: null }),
        }).element;
    }

    /**
     * A change that the server told: a known row is shown anew; a new one only where it belongs,
     * which may have ended before anything was told of it.
     */
    #changed(row) {
        const { status, machine } = this.#filters;
        this.countAgain();
        const wanted = this.#machine ?? machine;
        if (wanted && row.stateMachineArn !== wanted) return;
        const known = this.table.rows.some((each) => each.executionArn === row.executionArn);
        if (known && status && row.status !== status) this.table.remove(row.executionArn);
        else if (known) this.table.update(row, { onlyKnown: true });
        else if (this.#fits(row)) this.#insert(row);
    }

    /** Whether what is told would be listed; what is looked for in payloads is not told. */
    #fits(row) {
        const { status, name, text, input, period } = this.#filters;
        return (!status || status === row.status) && !text && !input && period !== "custom" &&
            (!name || row.name.includes(name));
    }

    /** Newest first; what is older than all that is shown comes with the next page. */
    #insert(row) {
        const { rows } = this.table;
        if (rows.length >= mostRows) return this.reloadSoon();
        const isOlder = (each) => Date.parse(each.startDate) <= Date.parse(row.startDate);
        const place = rows.findIndex(isOlder);
        if (place < 0 && this.#next !== null) return;
        this.table.update(row, { place: place < 0 ? rows.length : place });
        this.#foot();
    }
}

function columns(withMachine) {
    return [
        {
            title: "Name",
            cell: (row) => h("a.row-link", { href: links.execution(row.executionArn) }, row.name),
        },
        withMachine && {
            title: "State machine",
            cell: (row) =>
                h(
                    "a",
                    { href: links.machine(row.stateMachineArn) },
                    row.stateMachineName ?? arnName(row.stateMachineArn),
                ),
        },
        {
            title: "Status",
            cell: (
                row,
            ) => [
                statusBadge(row.status),
                row.redriveCount > 0 &&
                [" ", h("span.chip", { title: "Redriven" }, `↻ ${row.redriveCount}`)],
            ],
        },
        { title: "Started", class: "nowrap", cell: (row) => ago(row.startDate) },
        { title: "Duration", class: "number", cell: (row) => lasted(row.startDate, row.stopDate) },
    ].filter(Boolean);
}
