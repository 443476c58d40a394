import { fill, h, keptFocus } from "../../core/dom.js";
import { button, iconButton } from "../../components/buttons.js";
import { failureText } from "../../components/failure.js";
import { jsonView } from "../../components/json-view.js";
import { notice } from "../../components/notice.js";
import { Tabs } from "../../components/tabs.js";
import { statusBadge } from "../../components/status.js";
import { parsedDefinition, statesOf } from "../../core/asl.js";
import { StateVisits } from "./visits.js";
import { standing } from "./standing.js";

/** Beside the graph: the chosen state with its visits, or the execution itself. */
export class SidePanel {
    #model;
    #scope;
    #inner = null;
    #tab = null;

    constructor(model, scope) {
        this.#model = model;
        this.#scope = scope;
        this.states = new Map(
            statesOf(parsedDefinition(model.machine.definition)).map((each) => [each.name, each]),
        );
        this.element = h("aside.side-panel.card", { "aria-label": "Details" });
        scope.on(model, "selected", () => this.#selected());
        scope.on(model, "moment", () => this.#refresh());
        scope.on(model, "described", () => this.#refresh());
        this.#show();
    }

    /** Another visit to the state that is shown changes that part alone. */
    #selected() {
        const { state, index } = this.#model;
        if (this.visits && this.visits.state === state && index === null) this.visits.chosenAgain();
        else this.#show();
    }

    #show() {
        this.#inner?.end();
        this.#inner = this.#scope.child();
        if (this.#model.state) this.#showState(this.#inner);
        else this.#showExecution(this.#inner);
    }

    #refresh() {
        if (this.visits && this.#model.state) this.visits.refresh();
        else if (!this.#model.state) this.#refreshExecution();
        this.#showStatus();
    }

    #showStatus() {
        const status = this.#model.statuses[this.#model.state];
        if (this.status) fill(this.status, statusBadge(status?.status ?? "notEntered"));
    }

    #showState(scope) {
        const { state } = this.#model;
        const found = this.states.get(state);
        this.status = h("span", {});
        this.visits = new StateVisits(this.#model, state, found, this.#siblings(found), scope);
        fill(
            this.element,
            h(
                "header",
                {},
                h("h2", {}, state),
                found && h("span.chip", {}, found.state.Type),
                this.status,
                iconButton("Back to the execution", "close", () => this.#model.select(null)),
            ),
            h("div.card-body", {}, this.visits.element),
        );
        this.#showStatus();
    }

    /** The names of the states beside one. */
    #siblings(found) {
        return [...this.states.values()].filter((each) => each.machine === found?.machine)
            .map((each) => each.name);
    }

    #showExecution(scope) {
        const { described, at } = this.#model;
        this.visits = null;
        this.status = null;
        const scroll = this.element.scrollTop;
        const tabs = this.#executionTabs(scope);
        this.tabs = tabs;
        this.shown = this.#moment;
        fill(
            this.element,
            h(
                "header",
                {},
                h("h2", {}, "Execution"),
                at !== null && h("span.chip", {}, `at event ${at}`),
            ),
            h("div.card-body", {}, at === null && described.error && this.#error(), tabs.element),
        );
        tabs.select(this.#tab ?? (this.#hasEnded ? "output" : "standing"));
        this.element.scrollTop = scroll;
    }

    /** What is said of the execution as a whole depends on this alone. */
    get #moment() {
        const { at, described } = this.#model;
        return JSON.stringify([
            at,
            described.status,
            described.redriveCount,
            this.#failedNames(),
        ]);
    }

    /** Shows anew what may have changed: in the same moment, only what is under way. */
    #refreshExecution() {
        if (this.shown !== this.#moment) {
            this.#showExecution(this.#inner);
        } else if (["standing", "variables"].includes(this.tabs.selected)) {
            const scroll = this.element.scrollTop;
            const { panel } = this.tabs;
            const focusAgain = keptFocus(panel, () => panel);
            this.tabs.select(this.tabs.selected);
            this.element.scrollTop = scroll;
            focusAgain();
        }
    }

    #executionTabs(scope) {
        const { described, at } = this.#model;
        return new Tabs([
            {
                id: "standing",
                label: at === null ? "Where it stands" : "Where it stood",
                show: (panel) => fill(panel, standing(this.#model)),
            },
            {
                id: "input",
                label: "Input",
                show: (panel) =>
                    fill(panel, jsonView(described.input, { label: "Input", maximumLines: 18 })),
            },
            { id: "output", label: "Output", show: (panel) => fill(panel, this.#output()) },
            {
                id: "variables",
                label: "Variables",
                show: (panel) => fill(panel, this.#variables()),
            },
        ], {
            label: "Execution",
            scope,
            onSelect: (id) => {
                this.#tab = id;
            },
        });
    }

    get #hasEnded() {
        return this.#model.at === null && this.#model.described.status === "SUCCEEDED";
    }

    #error() {
        const { error, cause } = this.#model.described;
        return notice([
            failureText(error, cause),
            h("p", {}, this.#failedStates()),
        ], "failed");
    }

    #failedNames() {
        const { statuses } = this.#model;
        const isFailed = (name) => ["failed", "timedOut"].includes(statuses[name]?.status);
        return [...this.states.keys()].filter(isFailed).slice(0, 5);
    }

    /** The states that failed, to go to. */
    #failedStates() {
        return this.#failedNames().map((name) =>
            button(name, {
                icon: "graph",
                variant: "small",
                onclick: () => this.#model.select(name),
            })
        );
    }

    #output() {
        const { described, at, isRunning } = this.#model;
        if (at !== null) return h("p.muted", {}, "There was no output yet at this event.");
        if (described.output !== undefined) {
            return jsonView(described.output, { label: "Output", maximumLines: 18 });
        }
        return h(
            "p.muted",
            {},
            isRunning ? "The execution has no output yet." : "The execution ended without output.",
        );
    }

    #variables() {
        const { variables } = this.#model.picture ?? {};
        const root = this.#model.picture?.branches?.find((branch) => branch.kind === "execution");
        const shown = { ...variables, ...root?.variables };
        if (!Object.keys(shown).length) return h("p.muted", {}, "No variable is assigned here.");
        return Object.entries(shown).map(([name, value]) =>
            jsonView(JSON.stringify(value), { label: `$${name}`, maximumLines: 10 })
        );
    }
}
