import { fill, h } from "../core/dom.js";
import { call, isAbort } from "../core/api.js";
import { name as arnName } from "../core/arn.js";
import { links } from "../core/links.js";
import { live } from "../core/live.js";
import { plural } from "../core/format.js";
import { button } from "../components/buttons.js";
import { redriveExecution } from "../components/execution-actions.js";
import { card, facts } from "../components/facts.js";
import { formDialog, textField } from "../components/form.js";
import { pageHead } from "../components/page-head.js";
import { statusBadge } from "../components/status.js";
import { lasted, moment } from "../components/time.js";
import { toast } from "../components/toast.js";
import { ChildList } from "./map-run/children.js";
import { countsList, progressBar } from "./map-run/progress.js";

/** One Map Run: how far it is, its settings, and the executions of its items. */
export default async function mapRun({ main, params, query, scope, title, setQuery }) {
    const mapRunArn = params.arn;
    let run = await call("DescribeMapRun", { mapRunArn }, scope.signal);
    let parent = await call("DescribeExecution", { executionArn: run.executionArn }, scope.signal);
    title(`Map Run ${arnName(mapRunArn)}`);
    const head = h("div", {});
    const place = h("div.stack", {});
    const children = new ChildList({
        mapRunArn,
        scope,
        status: query.status ?? "",
        onStatus: (status) => setQuery({ status }),
    });
    fill(main, head, place, children.element);

    function showRun() {
        fill(head, runHead(run, parent, update));
        fill(
            place,
            counts("Items", run.itemCounts),
            counts("Executions", run.executionCounts, (status) => children.choose(status)),
            card("Settings", runFacts(run)),
        );
    }
    async function update() {
        try {
            const before = JSON.stringify(run);
            run = await call("DescribeMapRun", { mapRunArn }, scope.signal);
            if (JSON.stringify(run) === before) return;
            const { executionArn } = run;
            parent = await call("DescribeExecution", { executionArn }, scope.signal);
            showRun();
            children.update();
        } catch (error) {
            if (!isAbort(error)) toast(error.message, "error");
        }
    }

    showRun();
    children.reload();
    const again = scope.throttled(1000, update);
    live.subscribe(scope, { execution: run.executionArn, on: { events: again, reset: again } });
    scope.every(1500, () => run.status === "RUNNING" && again());
}

function counts(title, of, onChoose) {
    return card(title, [progressBar(of, title), countsList(of, onChoose)]);
}

function runHead(run, parent, onDone) {
    const canRedrive = ["FAILED", "TIMED_OUT", "ABORTED"].includes(parent.status);
    return pageHead({
        crumbs: [
            { label: arnName(run.executionArn), href: links.execution(run.executionArn) },
            { label: "Map Runs", href: links.mapRuns(run.executionArn) },
        ],
        title: "Map Run",
        badges: [statusBadge(run.status)],
        arn: run.mapRunArn,
        subtitle: h(
            "span.run-facts",
            {},
            h("span", {}, "Started ", moment(run.startDate)),
            h("span", {}, run.stopDate ? "took " : "for ", lasted(run.startDate, run.stopDate)),
            run.redriveCount > 0 &&
                h("span.chip", {}, `redriven ${plural(run.redriveCount, "time")}`),
        ),
        actions: [
            run.status === "RUNNING" &&
            button("Change the settings", { icon: "edit", onclick: () => change(run, onDone) }),
            canRedrive &&
            button("Redrive", {
                icon: "retry",
                title: "Redrive the execution, whose unsuccessful items are run again",
                onclick: () => redriveExecution(run.executionArn, onDone),
            }),
        ],
    });
}

function runFacts(run) {
    const { resultsWritten, failuresNotRedrivable, pendingRedrive } = run.executionCounts;
    return facts([
        ["Concurrency", run.maxConcurrency ? `at most ${run.maxConcurrency}` : "without a bound"],
        ["Tolerated failures", tolerance(run)],
        ["Results written", String(resultsWritten ?? 0)],
        ["Pending redrive", pendingRedrive ? String(pendingRedrive) : null],
        ["Failures that cannot be redriven", failuresNotRedrivable || null],
        ["Last redriven", run.redriveDate ? moment(run.redriveDate) : null],
    ]);
}

function tolerance(run) {
    const { toleratedFailureCount: number, toleratedFailurePercentage: share } = run;
    const said = [number > 0 && plural(number, "item"), share > 0 && `${share} %`].filter(Boolean);
    return said.length ? said.join(" or ") : "none";
}

/** Asks for other settings of a running Map Run. */
function change(run, onDone) {
    const concurrency = textField("Concurrency", {
        type: "number",
        min: 0,
        value: run.maxConcurrency,
        hint: "How many items are processed at a time; 0 is without a bound.",
    });
    const number = textField("Tolerated failures", {
        type: "number",
        min: 0,
        value: run.toleratedFailureCount,
    });
    const share = textField("Tolerated failures, in percent", {
        type: "number",
        min: 0,
        max: 100,
        step: "any",
        value: run.toleratedFailurePercentage,
    });
    return formDialog("Change the Map Run", {
        size: "small",
        label: "Change",
        fields: [concurrency.element, number.element, share.element],
        submit: async () => {
            await call("UpdateMapRun", {
                mapRunArn: run.mapRunArn,
                maxConcurrency: Number(concurrency.value),
                toleratedFailureCount: Number(number.value),
                toleratedFailurePercentage: Number(share.value),
            });
            toast("The Map Run is changed.", "success");
            onDone();
        },
    });
}
