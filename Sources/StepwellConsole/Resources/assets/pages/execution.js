import { fill, h } from "../core/dom.js";
import { isAbort, post } from "../core/api.js";
import { machineOf, name as arnName, qualifier } from "../core/arn.js";
import { keyboard } from "../core/keyboard.js";
import { links } from "../core/links.js";
import { plural } from "../core/format.js";
import { button } from "../components/buttons.js";
import {
    exportExecution,
    redriveExecution,
    stopExecution,
} from "../components/execution-actions.js";
import { GraphView } from "../components/graph-view.js";
import { menu } from "../components/menu.js";
import { pageHead } from "../components/page-head.js";
import { failure } from "../components/placeholders.js";
import { startDialog } from "../components/start-dialog.js";
import { statusBadge } from "../components/status.js";
import { Tabs } from "../components/tabs.js";
import { lasted, moment } from "../components/time.js";
import { toast } from "../components/toast.js";
import { navigate } from "../core/router.js";
import { ExecutionModel } from "./execution/model.js";
import { SidePanel } from "./execution/panel.js";
import { TimeSlider } from "./execution/time-slider.js";
import { showStates } from "./execution/states-tab.js";
import { showEvents } from "./execution/events-tab.js";
import { showTimeline } from "./execution/timeline-tab.js";

/** What the browser's tab shows of the status. */
const marks = { RUNNING: "▶", SUCCEEDED: "✓", FAILED: "✗", TIMED_OUT: "✗", ABORTED: "■" };

/** One execution: its graph, its data at any event, its states, events and times. */
export default async function execution({ main, params, query, scope, title, setQuery }) {
    const model = new ExecutionModel(params.arn, scope);
    if (query.at) model.at = Number(query.at) || null;
    await model.load();
    if (scope.ended) return;
    model.select(query.state ?? null, query.visit ? Number(query.visit) : null);
    const head = h("div", {});
    const graph = executionGraph(model, scope);
    const slider = new TimeSlider(model, scope);
    const panel = new SidePanel(model, scope);
    const tabs = new Tabs([
        { id: "states", label: "States", show: (place, inner) => showStates(place, inner, model) },
        { id: "events", label: "Events", show: (place, inner) => showEvents(place, inner, model) },
        {
            id: "timeline",
            label: "Timeline",
            show: (place, inner) => showTimeline(place, inner, model, query),
        },
    ], { label: "History", scope, onSelect: (tab) => setQuery({ tab }) });
    fill(
        main,
        head,
        slider.element,
        h("div.execution-split", {}, graph.element, panel.element),
        tabs.element,
    );

    const showHead = () => {
        fill(head, executionHead(model));
        title(`${marks[model.described.status] ?? ""} ${model.described.name}`);
    };
    showHead();
    tabs.select(query.tab);
    const showMoment = () => {
        graph.setStatuses(model.statuses);
        tabs.setCount("events", model.last);
    };
    showMoment();
    scope.on(model, "described", showHead);
    scope.on(model, "moment", showMoment);
    scope.on(model, "moved", () => setQuery({ at: model.at }));
    scope.on(model, "selected", () => {
        graph.select(model.state, { silent: true, reveal: true });
        setQuery({ state: model.state, visit: model.visit });
    });
    scope.on(model, "failed", ({ detail }) => toast(detail.message, "error"));
    keyboard.add(scope, "s", "New execution with this input", () => startAgain(model));
    keyboard.add(scope, "Escape", "Leave the state", () => model.select(null));
}

function executionGraph(model, scope) {
    const graph = new GraphView({
        label: `Graph of ${model.machine.name}`,
        onSelect: (name) => model.select(name),
    });
    graph.selected = model.state;
    post("graph", { definition: model.machine.definition }, scope.signal)
        .then(({ svg }) => {
            graph.setDrawing(svg);
            if (model.state) graph.select(model.state, { silent: true, reveal: true });
            else graph.reveal(model.foremost);
        })
        .catch((error) => isAbort(error) || fill(graph.holder, failure(error)));
    return graph;
}

function executionHead(model) {
    const { described } = model;
    const machine = machineOf(described.stateMachineArn);
    const done = () => model.refreshNow();
    const canRedrive = ["FAILED", "TIMED_OUT", "ABORTED"].includes(described.status);
    return pageHead({
        crumbs: [
            { label: "State machines", href: links.machines() },
            { label: arnName(machine), href: links.machine(machine) },
            described.mapRunArn && { label: "Map Run", href: links.mapRun(described.mapRunArn) },
        ].filter(Boolean),
        title: described.name,
        arn: described.executionArn,
        badges: [statusBadge(described.status)],
        subtitle: h(
            "span.run-facts",
            {},
            h("span", {}, "Started ", moment(described.startDate)),
            h(
                "span",
                {},
                described.stopDate ? "took " : "for ",
                lasted(described.startDate, described.stopDate),
            ),
            qualifier(described.stateMachineVersionArn ?? "") &&
                h("span.chip", {}, `version ${qualifier(described.stateMachineVersionArn)}`),
            qualifier(described.stateMachineAliasArn ?? "") &&
                h("span.chip", {}, `alias ${qualifier(described.stateMachineAliasArn)}`),
            described.redriveCount > 0 &&
                h("span.chip", {}, `redriven ${plural(described.redriveCount, "time")}`),
        ),
        actions: [
            model.isRunning &&
            button("Stop", {
                icon: "stop",
                variant: "danger",
                onclick: () => stopExecution(model.arn, done),
            }),
            canRedrive &&
            button("Redrive", {
                icon: "retry",
                onclick: () => redriveExecution(model.arn, done),
            }),
            button("New execution", {
                icon: "play",
                variant: "primary",
                onclick: () => startAgain(model),
            }),
            menu("More", [
                {
                    label: "Export as JSON",
                    icon: "download",
                    onclick: () => exportExecution(model.arn, described.name),
                },
                {
                    label: "Map Runs",
                    icon: "layers",
                    onclick: () => navigate(links.mapRuns(model.arn)),
                },
                {
                    label: "Edit the state machine",
                    icon: "edit",
                    onclick: () => navigate(links.editMachine(machine)),
                },
                {
                    label: "Compare with the current definition",
                    icon: "list",
                    onclick: () =>
                        navigate(
                            links.machine(machine, {
                                tab: "changes",
                                from: model.arn,
                                to: "current",
                            }),
                        ),
                },
            ]),
        ],
    });
}

function startAgain(model) {
    const stateMachineArn = machineOf(model.described.stateMachineArn);
    return startDialog({
        machine: { stateMachineArn, name: arnName(stateMachineArn), type: "STANDARD" },
        input: model.described.input,
    });
}
