import { fill, h } from "../../core/dom.js";
import { call, isAbort } from "../../core/api.js";
import { plural, words } from "../../core/format.js";
import { button } from "../../components/buttons.js";
import { Dialog } from "../../components/dialog.js";
import { facts } from "../../components/facts.js";
import { jsonView } from "../../components/json-view.js";
import { empty, failure } from "../../components/placeholders.js";
import { DataTable } from "../../components/table.js";
import { ago, moment } from "../../components/time.js";
import { toast } from "../../components/toast.js";
import { targetLink } from "./shared.js";

const pageSize = 100;

/** What could not be delivered, with the reason: to be delivered anew, or deleted. */
export function showDeadLetters(panel, scope) {
    const more = h("div.more", { role: "status" });
    const bulk = h("div.bulk", { hidden: true, role: "region", "aria-label": "Selected letters" });
    const table = new DataTable({
        caption: "Dead letters",
        key: (row) => row.id,
        selectable: () => true,
        onSelect: () => showBulk(),
        columns: columns((row) => showLetter(row, reload)),
        empty: () => empty("No dead letters", "Everything that was due has been delivered."),
    });
    fill(panel, table.element, more, bulk);

    async function load(after, use) {
        try {
            const page = await call(
                "triggers.ListDeadLetters",
                { limit: pageSize, ...(after && { after }) },
                scope.signal,
            );
            use(page.deadLetters);
            fill(
                more,
                page.next &&
                    button("Show more", {
                        onclick: () => load(page.next, (rows) => table.addRows(rows)),
                    }),
            );
        } catch (error) {
            if (!isAbort(error)) fill(more, failure(error, reload));
        }
    }
    function reload() {
        return load(null, (rows) => table.setRows(rows));
    }
    function showBulk() {
        const rows = table.selectedRows;
        bulk.hidden = rows.length === 0;
        fill(
            bulk,
            h("strong", {}, `${plural(rows.length, "letter")} selected`),
            button("Redrive", { icon: "retry", onclick: () => each("RedriveDeadLetter", rows) }),
            button("Delete", {
                icon: "trash",
                variant: "danger",
                onclick: () => each("DeleteDeadLetter", rows),
            }),
            button("Clear", { variant: "quiet", onclick: () => table.selectAll(false) }),
        );
    }
    async function each(operation, rows) {
        try {
            for (const { id } of rows) await call(`triggers.${operation}`, { id });
            toast(done(operation, rows.length), "success");
        } catch (error) {
            toast(error.message, "error");
        }
        table.selectAll(false);
        await reload();
    }
    reload();
    scope.every(5_000, () => !table.selected.size && table.rows.length <= pageSize && reload());
}

function done(operation, number) {
    const letters = plural(number, "letter");
    return operation === "RedriveDeadLetter"
        ? `${letters} delivered again.`
        : `${letters} deleted.`;
}

function columns(open) {
    return [
        {
            title: "Reason",
            cell: (row) => [
                h("button.plain.row-link", { type: "button", onclick: () => open(row) },
                    h("strong", {}, row.errorCode)),
                h("div.muted.small", {}, row.errorMessage),
            ],
        },
        { title: "Of", class: "name", cell: (row) => cause(row.cause) },
        { title: "For", cell: (row) => targetLink(row.targetArn) },
        { title: "Attempts", class: "number", cell: (row) => String(row.attempts) },
        { title: "Given up", class: "nowrap", cell: (row) => ago(row.time) },
    ];
}

/** "rule/orders" of a rule's or schedule's ARN. */
function cause(arn) {
    return h("span", { title: arn }, String(arn).split(":").slice(5).join(":") || arn);
}

async function showLetter({ id }, reload) {
    try {
        const letter = await call("triggers.DescribeDeadLetter", { id });
        const act = (operation) => (event) =>
            dialog.attempt(event.currentTarget, async () => {
                await call(`triggers.${operation}`, { id });
                toast(done(operation, 1), "success");
                reload();
            });
        const dialog = new Dialog("Dead letter", {
            build: () => [
                facts([
                    ["Given up", moment(letter.time)],
                    ["Attempts", String(letter.attempts)],
                    ["Because", words(letter.condition)],
                    ["Of", letter.cause],
                    ["For", letter.targetArn],
                ]),
                h("p.form-error", {}, `${letter.errorCode}: ${letter.errorMessage}`),
                jsonView(letter.input, { label: "Input" }),
            ],
            actions: (self) => [
                button("Close", { onclick: () => self.close() }),
                button("Delete", {
                    icon: "trash",
                    variant: "danger",
                    onclick: act("DeleteDeadLetter"),
                }),
                button("Redrive", {
                    icon: "retry",
                    variant: "primary",
                    onclick: act("RedriveDeadLetter"),
                }),
            ],
        });
    } catch (error) {
        toast(error.message, "error");
    }
}
