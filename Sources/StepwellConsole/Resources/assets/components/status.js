import { h } from "../core/dom.js";
import { words } from "../core/format.js";

const kinds = {
    RUNNING: "running",
    SUCCEEDED: "succeeded",
    FAILED: "failed",
    TIMED_OUT: "failed",
    ABORTED: "aborted",
    PENDING_REDRIVE: "running",
    ACTIVE: "succeeded",
    DELETING: "aborted",
    running: "running",
    succeeded: "succeeded",
    failed: "failed",
    caught: "caught",
    aborted: "aborted",
    timedOut: "failed",
    retrying: "caught",
    notEntered: "idle",
    pending: "idle",
};

/** The colour that a status has everywhere: "running", "succeeded", "failed", "caught", … */
export function statusKind(status) {
    return kinds[status] ?? "idle";
}

/** A status in words, with a dot of its colour. */
export function statusBadge(status) {
    return h("span.badge", { class: statusKind(status) }, h("span.dot", {}), words(status));
}

/** The statuses that executions have, in the order in which they are shown. */
export const executionStatuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"];
