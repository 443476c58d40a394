import { fill, h } from "../../core/dom.js";
import { call, isAbort } from "../../core/api.js";
import { links } from "../../core/links.js";
import { count, words } from "../../core/format.js";
import { button } from "../../components/buttons.js";
import { empty, failure } from "../../components/placeholders.js";
import { executionStatuses, statusBadge, statusKind } from "../../components/status.js";
import { DataTable } from "../../components/table.js";
import { ago, lasted } from "../../components/time.js";

const pageSize = 100;

/** The child executions of a Map Run, by status; `onStatus(status)` hears of another choice. */
export class ChildList {
    #mapRunArn;
    #scope;
    #status;
    #next = null;

    constructor({ mapRunArn, scope, status, onStatus }) {
        this.#mapRunArn = mapRunArn;
        this.#scope = scope;
        this.#status = status;
        this.onStatus = onStatus;
        this.filters = h("div.status-filters", { role: "group", "aria-label": "Status" });
        this.table = new DataTable({
            caption: "Child executions",
            key: (row) => row.executionArn,
            columns: columns(),
            empty: () => empty("No child execution of this status"),
        });
        this.more = h("div.more", { role: "status" });
        this.element = h(
            "section.children",
            {},
            h("h2", {}, "Child executions"),
            this.filters,
            this.table.element,
            this.more,
        );
        this.update = scope.throttled(
            1500,
            () => this.table.rows.length <= pageSize && this.reload(),
        );
        this.#showFilters();
    }

    /** Shows those of another status. */
    choose(status) {
        this.#status = status;
        this.onStatus(status);
        this.#showFilters();
        this.reload();
        this.element.scrollIntoView({ block: "nearest" });
    }

    /** Asks for the first page anew. */
    reload() {
        return this.#load(null, (rows) => this.table.setRows(rows));
    }

    async #load(nextToken, use) {
        const status = this.#status;
        try {
            const page = await call("ListExecutions", {
                mapRunArn: this.#mapRunArn,
                maxResults: pageSize,
                ...(status && { statusFilter: status }),
                ...(nextToken && { nextToken }),
            }, this.#scope.signal);
            if (status !== this.#status) return;
            use(page.executions);
            this.#next = page.nextToken ?? null;
            this.#showMore();
        } catch (error) {
            if (!isAbort(error)) fill(this.more, failure(error, () => this.reload()));
        }
    }

    #showMore() {
        fill(
            this.more,
            this.#next && [
                h("span", {}, `${count(this.table.rows.length)} shown`),
                button("Show more", {
                    onclick: () => this.#load(this.#next, (rows) => this.table.addRows(rows)),
                }),
            ],
        );
    }

    #showFilters() {
        fill(
            this.filters,
            ["", ...executionStatuses, "PENDING_REDRIVE"].map((status) =>
                h(
                    "button.status-filter",
                    {
                        type: "button",
                        class: status && statusKind(status),
                        "aria-pressed": String(status === this.#status),
                        onclick: () => this.choose(status),
                    },
                    status && h("span.dot", {}),
                    status ? words(status) : "All",
                )
            ),
        );
    }
}

function columns() {
    return [
        {
            title: "Name",
            cell: (row) => h("a.row-link", { href: links.execution(row.executionArn) }, row.name),
        },
        { title: "Status", cell: (row) => statusBadge(row.status) },
        { title: "Items", class: "number", cell: (row) => count(row.itemCount ?? 1) },
        { title: "Started", class: "nowrap", cell: (row) => ago(row.startDate) },
        { title: "Duration", class: "number", cell: (row) => lasted(row.startDate, row.stopDate) },
    ];
}
