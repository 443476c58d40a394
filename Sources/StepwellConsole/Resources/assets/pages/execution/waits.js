import { h } from "../../core/dom.js";
import { links } from "../../core/links.js";
import { failureLine } from "../../core/cause.js";
import { words } from "../../core/format.js";
import { ago, lasted, moment } from "../../components/time.js";
import { copyButton } from "../../components/buttons.js";
import { tokenActions } from "../../components/token-actions.js";

const reasons = {
    task: "Waits for the task",
    token: "Waits for its token",
    activity: "Waits for an activity worker",
    timer: "Waits for its time",
    retry: "Rests before the next attempt",
    children: "Waits for what is inside",
    capacity: "Waits for room",
    nothing: "Goes on by itself",
};

/**
 * What a branch waits for, since when and until when; `now` is the moment that is looked at, null
 * for the present.
 */
export function waitText(wait, now = null) {
    if (!wait) return null;
    return h(
        "div.waiting",
        {},
        h(
            "p",
            {},
            h("strong", {}, reasons[wait.kind] ?? words(wait.kind)),
            wait.kind !== "nothing" && [" for ", lasted(wait.since, now)],
            wait.until && [", until ", moment(wait.until), " (", ago(wait.until), ")"],
        ),
        wait.resource && h("p.mono.muted", {}, wait.resource),
        wait.error && h("p.failed.tone", {}, failureLine(wait.error, wait.cause)),
        wait.timeout && h("p", {}, "Times out ", ago(wait.timeout)),
        wait.heartbeat && h("p", {}, "Has to show life ", ago(wait.heartbeat)),
        wait.worker && h("p", {}, `With ${wait.worker}`),
        wait.deliveries > 1 && h("p", {}, `Handed out ${wait.deliveries} times`),
        wait.childArn && h("p", {}, childLink(wait.childArn)),
        wait.token &&
            h(
                "div.actions",
                {},
                h("span.mono.token", {}, wait.token),
                copyButton(wait.token, "Copy the token"),
                tokenActions(wait.token),
            ),
    );
}

/** A link to an execution or Map Run that a state has started. */
export function childLink(arn) {
    return arn.includes(":mapRun:")
        ? h("a", { href: links.mapRun(arn) }, "Map Run")
        : h("a", { href: links.execution(arn) }, `Execution ${arn.split(":").pop()}`);
}

/** The retriers that were used, each with how far it is. */
export function retryTexts(retries = []) {
    return retries.map((each) =>
        h(
            "span.chip",
            {},
            `retry ${each.attempt} of ${each.maxAttempts} for ${each.errorEquals.join(", ")}`,
        )
    );
}
