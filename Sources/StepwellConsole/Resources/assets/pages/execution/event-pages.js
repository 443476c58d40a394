import { get, isAbort } from "../../core/api.js";

const pageSize = 200;

/**
 * An execution's events, read in pages as they are wanted and kept; their ids go from 1 without
 * gaps.
 */
export class EventPages extends EventTarget {
    #arn;
    #scope;
    #events = new Map();
    #loading = new Map();

    constructor(arn, scope) {
        super();
        this.#arn = arn;
        this.#scope = scope;
        this.last = 0;
    }

    /** An event that is known; otherwise undefined, and its page is asked for. */
    peek(id) {
        const event = this.#events.get(id);
        if (!event && id >= 1 && id <= this.last) this.#load(Math.floor((id - 1) / pageSize));
        return event;
    }

    /** An event, once it is known. */
    async get(id) {
        if (!this.#events.has(id)) await this.#load(Math.floor((id - 1) / pageSize));
        return this.#events.get(id);
    }

    /** The history has grown, up to an event. */
    grown(last) {
        if (last <= this.last) return;
        this.last = last;
        this.dispatchEvent(new Event("grown"));
    }

    /** Reads the beginning, for what shows the events as a whole; gives how many are known then. */
    async readFirst(limit) {
        for (let page = 0; page * pageSize < Math.min(limit, this.last); page += 1) {
            await this.#load(page);
        }
        return this.#events.size;
    }

    #load(page) {
        const first = page * pageSize + 1;
        const end = Math.min(this.last, first + pageSize - 1);
        if (this.#events.has(first) && this.#events.has(end)) return Promise.resolve();
        if (!this.#loading.has(page)) {
            this.#loading.set(
                page,
                this.#ask(page).finally(() => this.#loading.delete(page)),
            );
        }
        return this.#loading.get(page);
    }

    async #ask(page) {
        try {
            const answer = await get("execution/events", {
                arn: this.#arn,
                after: page * pageSize,
                limit: pageSize,
            }, this.#scope.signal);
            for (const event of answer.events) this.#events.set(event.id, event);
            this.dispatchEvent(new Event("loaded"));
        } catch (error) {
            if (!isAbort(error)) this.dispatchEvent(new CustomEvent("failed", { detail: error }));
        }
    }
}
