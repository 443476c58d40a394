import { fill, h } from "../core/dom.js";
import { all, call } from "../core/api.js";
import { name as arnName } from "../core/arn.js";
import { links } from "../core/links.js";
import { show } from "../core/shown.js";
import { pageHead } from "../components/page-head.js";
import { empty } from "../components/placeholders.js";
import { statusBadge } from "../components/status.js";
import { DataTable } from "../components/table.js";
import { lasted, moment } from "../components/time.js";
import { progressBar } from "./map-run/progress.js";

/** The Map Runs of an execution, with how far each is. */
export default async function mapRuns({ main, params, scope, title }) {
    const name = arnName(params.arn);
    title(`Map Runs of ${name}`);
    const place = h("div", {});
    fill(
        main,
        pageHead({
            crumbs: [{ label: name, href: links.execution(params.arn) }],
            title: "Map Runs",
        }),
        place,
    );
    const table = new DataTable({
        caption: "Map Runs",
        key: (row) => row.mapRunArn,
        columns: columns(),
        empty: () =>
            empty(
                "No Map Runs",
                "A distributed Map state starts one; its iterations are executions of their own.",
            ),
    });
    const reload = () =>
        show(place, scope, async () => {
            const runs = await all(
                "ListMapRuns",
                { executionArn: params.arn, maxResults: 100 },
                "mapRuns",
                { limit: 500, signal: scope.signal },
            );
            const describe = ({ mapRunArn }) =>
                call("DescribeMapRun", { mapRunArn }, scope.signal);
            table.setRows(await Promise.all(runs.map(describe)));
            return table.element;
        });
    scope.every(
        2000,
        scope.throttled(2000, () => table.rows.some((row) => row.status === "RUNNING") && reload()),
    );
    await reload();
}

function columns() {
    return [
        {
            title: "Map Run",
            cell: (row) =>
                h("a.row-link", { href: links.mapRun(row.mapRunArn) }, arnName(row.mapRunArn)),
        },
        { title: "Status", cell: (row) => statusBadge(row.status) },
        { title: "Items", cell: (row) => progressBar(row.itemCounts, "Items") },
        { title: "Started", class: "nowrap", cell: (row) => moment(row.startDate) },
        { title: "Duration", class: "number", cell: (row) => lasted(row.startDate, row.stopDate) },
    ];
}
