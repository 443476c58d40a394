import { call, get } from "../../core/api.js";
import { milliseconds } from "../../core/format.js";

const pageSize = 1000;
const childrenShown = 50;
const visitsOfChild = 500;

/** The rows of a timeline: one a visit, with its parts; those of child executions below theirs. */
export class TimelineRows {
    #arn;
    #scope;
    #rows = [];
    #open = new Map();
    #asked = 0;
    next = null;

    constructor(arn, scope) {
        this.#arn = arn;
        this.#scope = scope;
    }

    /** The rows in order, with those of children that are opened. */
    get visible() {
        const rows = [];
        const add = (list) =>
            list.forEach((row) => {
                row.isOpen = this.#open.has(row.key);
                rows.push(row);
                if (row.isOpen) add(this.#open.get(row.key));
            });
        add(this.#rows);
        return rows;
    }

    /** Reads the rows of a range, or of the whole time; as many as were shown. */
    async load(range) {
        this.range = range;
        this.#asked += 1;
        const asked = this.#asked;
        const limit = Math.min(10_000, Math.max(pageSize, this.#rows.length));
        const page = await this.#ask(this.#arn, range, null, limit);
        if (asked !== this.#asked) return;
        this.#rows = rowsOf(page.spans, 0, "", this.#arn);
        this.next = nextOf(page);
    }

    async loadMore() {
        const asked = this.#asked;
        const page = await this.#ask(this.#arn, this.range, this.next, pageSize);
        if (asked !== this.#asked) return;
        this.#rows.push(...rowsOf(page.spans, 0, "", this.#arn));
        this.next = nextOf(page);
    }

    /** Shows or hides what a row's child execution did. */
    async toggle(row) {
        if (this.#open.delete(row.key)) return;
        const isMapRun = row.childArn.includes(":mapRun:");
        this.#open.set(row.key, await (isMapRun ? this.#mapRun(row) : this.#child(row)));
    }

    async #child(row) {
        const page = await this.#ask(row.childArn, null, null, visitsOfChild);
        const rows = rowsOf(page.spans, row.depth + 1, row.key, row.childArn);
        if (nextOf(page) !== null) rows.push(moreRow(row, "More in the execution"));
        return rows;
    }

    async #mapRun(row) {
        const { executions, nextToken } = await call("ListExecutions", {
            mapRunArn: row.childArn,
            maxResults: childrenShown,
        }, this.#scope.signal);
        const rows = executions.map((each) => ({
            key: `${row.key}/${each.executionArn}`,
            depth: row.depth + 1,
            childArn: each.executionArn,
            arn: each.executionArn,
            span: { state: each.name, path: "", status: each.status, event: 0 },
            parts: [{
                kind: "child",
                status: each.status,
                from: milliseconds(each.startDate),
                to: each.stopDate && milliseconds(each.stopDate),
            }],
        }));
        if (nextToken) rows.push(moreRow(row, "More in the Map Run"));
        return rows;
    }

    #ask(arn, range, after, limit) {
        const [from, to] = (range ?? [null, null]).map((each) =>
            each && new Date(each).toISOString()
        );
        return get("execution/timeline", { arn, from, to, after, limit }, this.#scope.signal);
    }
}

/** The last row below another one: what is left out is where the row's name leads. */
function moreRow({ key, depth, childArn }, name) {
    return {
        key: `${key}/more`,
        depth: depth + 1,
        arn: childArn,
        span: { state: name, path: "", event: 0 },
        parts: [],
    };
}

function nextOf(page) {
    return page.next ?? page.more?.after ?? null;
}

/** Spans as rows: a visit's parts follow it, and share its row. */
function rowsOf(spans, depth, owner, arn) {
    const rows = [];
    for (const span of spans) {
        const part = {
            kind: span.kind,
            status: span.status,
            error: span.error,
            from: milliseconds(span.start),
            to: span.end ? milliseconds(span.end) : null,
            due: span.due && milliseconds(span.due),
        };
        if (span.kind === "state") {
            const inside = span.path ? span.path.split("/").length : 0;
            rows.push({
                key: `${owner}/${span.event}`,
                arn,
                depth: depth + inside,
                span,
                parts: [part],
                childArn: span.childArn,
            });
        } else {
            rows.at(-1)?.parts.push(part);
            if (rows.length && span.childArn) rows.at(-1).childArn = span.childArn;
        }
    }
    return rows;
}
