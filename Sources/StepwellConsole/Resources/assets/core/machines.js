import { all } from "./api.js";

let kept = null;
let keptAt = 0;

/** The state machines, newest first; asked for at most every five seconds. */
export async function allMachines(signal) {
    if (kept && Date.now() - keptAt < 5000) return kept;
    const found = await all("ListStateMachines", { maxResults: 1000 }, "stateMachines", {
        limit: 10_000,
        signal,
    });
    kept = found;
    keptAt = Date.now();
    return found;
}

/** Has the next listing ask the server, after a machine was made, changed or deleted. */
export function forgetMachines() {
    kept = null;
}
