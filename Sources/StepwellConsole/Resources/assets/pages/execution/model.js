import { call, get, isAbort } from "../../core/api.js";
import { live } from "../../core/live.js";
import { milliseconds } from "../../core/format.js";
import { EventPages } from "./event-pages.js";

/**
 * One execution as the page shows it: what it is, and its state at a moment: an event's, or now.
 * "described" tells of a change of the execution, "moment" that another moment, or the present,
 * has new data, "selected" that another state or visit was chosen, "failed" that a question failed.
 */
export class ExecutionModel extends EventTarget {
    #scope;
    #request = null;
    statuses = {};
    picture = null;
    at = null;
    state = null;
    visit = null;
    index = null;
    /** How many branches of one state are asked for, and which a user opened or closed, by id. */
    branchLimit = null;
    openBranches = new Map();

    constructor(arn, scope) {
        super();
        this.arn = arn;
        this.#scope = scope;
        this.events = new EventPages(arn, scope);
        this.refreshNow = scope.throttled(400, () => this.#present());
        this.askMoment = scope.throttled(60, () => this.#moment());
    }

    get isRunning() {
        return this.described.status === "RUNNING";
    }

    /** The state that matters most: one that failed, or else one that runs; may be undefined. */
    get foremost() {
        const states = Object.entries(this.statuses);
        const first = (...kinds) => states.find(([, { status }]) => kinds.includes(status))?.[0];
        return first("failed", "timedOut") ?? first("running");
    }

    get last() {
        return this.events.last;
    }

    get start() {
        return milliseconds(this.described.startDate);
    }

    /** The end, or now while it runs, in milliseconds. */
    get end() {
        return this.described.stopDate ? milliseconds(this.described.stopDate) : Date.now();
    }

    /** Reads the execution, and listens to its changes. */
    async load() {
        const signal = this.#scope.signal;
        [this.described, this.machine] = await Promise.all([
            call("DescribeExecution", { executionArn: this.arn }, signal),
            call("DescribeStateMachineForExecution", { executionArn: this.arn }, signal),
        ]);
        await this.#moment();
        live.subscribe(this.#scope, {
            execution: this.arn,
            topics: ["executions"],
            on: {
                events: ({ executionArn }) => executionArn === this.arn && this.refreshNow(),
                status: ({ executionArn }) => executionArn === this.arn && this.refreshNow(),
                reset: () => this.refreshNow(),
            },
        });
        live.otherwise(this.#scope, 3000, () => this.isRunning && this.refreshNow());
    }

    /** Shows the execution as it was after an event; null for the present. */
    goTo(id) {
        const at = id === null || id >= this.last ? null : Math.max(1, id);
        if (at === this.at) return;
        this.at = at;
        this.dispatchEvent(new Event("moved"));
        this.askMoment();
    }

    /**
     * Chooses a state and a visit to it (by its event), or none; `index` asks for the visits in one
     * iteration alone.
     */
    select(state, visit = null, index = null) {
        if (state === this.state && visit === this.visit && index === this.index) return;
        this.index = index;
        this.state = state;
        this.visit = visit;
        this.dispatchEvent(new Event("selected"));
    }

    async #present() {
        const before = JSON.stringify(this.described);
        try {
            this.described = await call(
                "DescribeExecution",
                { executionArn: this.arn },
                this.#scope.signal,
            );
            if (JSON.stringify(this.described) !== before) {
                this.dispatchEvent(new Event("described"));
            }
            await this.#moment();
        } catch (error) {
            this.#failed(error);
        }
    }

    async #moment() {
        this.#request?.abort();
        this.#request = new AbortController();
        const signal = AbortSignal.any([this.#request.signal, this.#scope.signal]);
        const { at } = this;
        try {
            const [statuses, picture] = await Promise.all([
                get("execution/statuses", { arn: this.arn, at }, signal),
                get("execution/picture", { arn: this.arn, at, limit: this.branchLimit }, signal),
            ]);
            if (at !== this.at) return;
            this.statuses = statuses.states ?? statuses.statuses ?? statuses;
            this.picture = picture;
            this.events.grown(picture.at.lastEventId);
            this.dispatchEvent(new Event("moment"));
        } catch (error) {
            this.#failed(error);
        }
    }

    #failed(error) {
        if (!isAbort(error)) this.dispatchEvent(new CustomEvent("failed", { detail: error }));
    }
}
