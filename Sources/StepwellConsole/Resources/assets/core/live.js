import { address } from "./api.js";

/**
 * What happens on the server, as it happens. One connection serves the whole page, with the topics
 * that somebody listens to; it is closed while the page is hidden for long.
 */
class Live extends EventTarget {
    #subscribers = new Set();
    #source = null;
    #address = "";
    /** The last event that has an id: what came after it is told again to a new connection. */
    #last = null;
    #timer = 0;
    #hiddenTimer = 0;

    constructor() {
        super();
        /** "idle", "connecting", "open" or "lost". */
        this.state = "idle";
        document.addEventListener("visibilitychange", () => this.#visibilityChanged());
    }

    /**
     * Listens until the scope ends. `topics`: "executions", "log"; `execution`: an ARN;
     * `on`: functions by event name ("status", "events", "counts", "log", "reset", and "open" when
     * the connection is there: what happened before it was is asked for then).
     */
    subscribe(scope, { topics = [], execution = null, on = {} }) {
        const subscriber = { topics, execution, on };
        this.#subscribers.add(subscriber);
        scope.onEnd(() => {
            this.#subscribers.delete(subscriber);
            this.#reconsider();
        });
        this.#reconsider();
    }

    /** Does something again and again while the connection is missing. */
    otherwise(scope, milliseconds, action) {
        scope.every(milliseconds, () => this.state !== "open" && action());
    }

    #reconsider() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#connect(), 30);
    }

    #connect() {
        const wanted = this.#wanted();
        if (wanted === this.#address && this.#source) return;
        this.#close();
        this.#address = wanted;
        if (!wanted) return;
        this.#say("connecting");
        this.#source = new EventSource(this.#wanted(this.#last));
        this.#source.onopen = () => this.#opened();
        this.#source.onerror = () => this.#lost();
        for (const name of ["status", "events", "counts", "log", "reset"]) {
            this.#source.addEventListener(name, (event) => this.#deliver(name, event));
        }
    }

    #wanted(lastEventId = null) {
        const subscribers = [...this.#subscribers];
        if (!subscribers.length) return "";
        const topics = [...new Set(subscribers.flatMap((each) => each.topics))].sort().join(",");
        const execution = subscribers.find((each) => each.execution)?.execution;
        return address("live", { topics, execution, lastEventId }).href;
    }

    #opened() {
        this.#say("open");
        this.#deliver("open", {});
    }

    #deliver(name, event) {
        this.#last = event.lastEventId || this.#last;
        const value = event.data ? JSON.parse(event.data) : {};
        for (const subscriber of this.#subscribers) subscriber.on[name]?.(value);
    }

    /** The browser connects again by itself unless the server refused; then it is tried here. */
    #lost() {
        this.#say("lost");
        if (this.#source?.readyState !== EventSource.CLOSED) return;
        this.#close();
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#connect(), 3000);
    }

    #close() {
        this.#source?.close();
        this.#source = null;
        this.#say("idle");
    }

    #visibilityChanged() {
        clearTimeout(this.#hiddenTimer);
        if (document.hidden) this.#hiddenTimer = setTimeout(() => this.#close(), 60_000);
        else if (!this.#source && this.#subscribers.size) {
            this.#connect();
            for (const subscriber of this.#subscribers) subscriber.on.reset?.({});
        }
    }

    #say(state) {
        if (state === this.state) return;
        this.state = state;
        this.dispatchEvent(new Event("change"));
    }
}

export const live = new Live();
