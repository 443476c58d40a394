/**
 * What a page started and has to end when it is left: requests, timers, listeners, subscriptions.
 */
export class Scope {
    #controller = new AbortController();

    /** Aborted when the scope ends; for `fetch` and `addEventListener`. */
    get signal() {
        return this.#controller.signal;
    }

    get ended() {
        return this.signal.aborted;
    }

    /** Does something when the scope ends. */
    onEnd(action) {
        this.signal.addEventListener("abort", action, { once: true });
    }

    /** Listens until the scope ends. */
    on(target, type, listener, options = {}) {
        target.addEventListener(type, listener, { ...options, signal: this.signal });
    }

    /** Repeats until the scope ends; nothing is done while the page is hidden. */
    every(milliseconds, action) {
        const timer = setInterval(() => document.hidden || action(), milliseconds);
        this.onEnd(() => clearInterval(timer));
    }

    /** A function that acts once its calls have paused. */
    debounced(milliseconds, action) {
        let timer;
        this.onEnd(() => clearTimeout(timer));
        return (...values) => {
            clearTimeout(timer);
            timer = setTimeout(() => this.ended || action(...values), milliseconds);
        };
    }

    /**
     * A function that runs an asynchronous action, never two at a time: calls during a run lead to
     * one more run after it, and runs begin at least `milliseconds` apart.
     */
    throttled(milliseconds, action) {
        let running = false;
        let again = false;
        const run = async () => {
            if (this.ended) return;
            if (running) {
                again = true;
                return;
            }
            running = true;
            const pause = new Promise((resolve) => setTimeout(resolve, milliseconds));
            try {
                await action();
                await pause;
            } finally {
                running = false;
            }
            if (again) {
                again = false;
                run();
            }
        };
        return run;
    }

    /** A scope that ends with this one, or before. */
    child() {
        const child = new Scope();
        this.onEnd(() => child.end());
        return child;
    }

    end() {
        this.#controller.abort();
    }
}
