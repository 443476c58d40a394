import { fill, h } from "../../core/dom.js";
import { bytes, words } from "../../core/format.js";
import { links } from "../../core/links.js";
import { get } from "../../core/api.js";
import { button, linkButton } from "../../components/buttons.js";
import { dataFlow } from "../../components/data-flow.js";
import { facts } from "../../components/facts.js";
import { failureText } from "../../components/failure.js";
import { jsonView } from "../../components/json-view.js";
import { notice } from "../../components/notice.js";
import { statusBadge } from "../../components/status.js";
import { Tabs } from "../../components/tabs.js";
import { lasted, moment } from "../../components/time.js";
import { toast } from "../../components/toast.js";
import { momentOf } from "./standing.js";
import { childLink, retryTexts, waitText } from "./waits.js";

let lastTab = null;

/** Everything about one visit to a state. */
export function visitDetails(visit, model, definition) {
    const branch = findBranch(model.picture?.branches ?? [], visit.visitId);
    const wait = visit.waitingFor ?? branch?.waitingFor;
    const variables = visit.variables ?? branch?.variables;
    const items = [
        {
            id: "input",
            label: "Input",
            show: (panel) => fill(panel, payload(visit, "input", "Input", model)),
        },
        visit.output !== undefined &&
        {
            id: "output",
            label: "Output",
            show: (panel) => fill(panel, payload(visit, "output", "Output", model)),
        },
        variables && Object.keys(variables).length > 0 && {
            id: "variables",
            label: "Variables",
            show: (panel) =>
                fill(
                    panel,
                    h(
                        "div.stack.tight",
                        {},
                        Object.entries(variables).map(([name, value]) =>
                            jsonView(JSON.stringify(value), { label: `$${name}`, maximumLines: 10 })
                        ),
                    ),
                ),
        },
        visit.spans?.length > 1 && {
            id: "attempts",
            label: "Attempts",
            show: (panel) => fill(panel, attempts(visit.spans)),
        },
        visit.steps &&
        { id: "flow", label: "Data flow", show: (panel) => fill(panel, flow(visit)) },
        definition &&
        {
            id: "definition",
            label: "Definition",
            show: (panel) => fill(panel, definitionOf(visit, definition, model)),
        },
    ].filter(Boolean);
    const tabs = new Tabs(items, {
        label: "Visit",
        onSelect: (id) => {
            lastTab = id;
        },
    });
    tabs.select(
        items.some((item) => item.id === lastTab)
            ? lastTab
            : visit.output !== undefined
            ? "output"
            : "input",
    );
    return h(
        "div.stack.tight",
        {},
        summary(visit, branch, model),
        visit.error &&
            notice(
                failureText(visit.error, visit.cause),
                visit.status === "caught" ? "caught" : "failed",
            ),
        wait && wait.kind !== "nothing" && waitText(wait, momentOf(model)),
        tabs.element,
    );
}

function summary(visit, branch, model) {
    return facts([
        ["Status", [statusBadge(visit.status), retryTexts(visit.retries ?? branch?.retries)]],
        ["Entered", moment(visit.enteredAt)],
        ["Duration", lasted(visit.enteredAt, visit.exitedAt ?? momentOf(model))],
        ["Attempts", visit.attempts > 1 ? visit.attempts : null],
        ["Event", `#${visit.visitId}`],
        ["Started", visit.childArn && childLink(visit.childArn)],
    ]);
}

/** A payload, whole or cut; what is cut can be asked for. */
function payload(visit, member, label, model) {
    const cut = visit[`${member}Truncated`];
    const value = visit[member];
    if (value === undefined) return h("p.muted", {}, "None");
    const text = cut ? String(value) : JSON.stringify(value);
    const holder = h("div", {}, jsonView(text, { label, maximumLines: 18 }));
    if (!cut) return holder;
    const more = button(`Show all ${bytes(cut)}`, {
        variant: "small",
        onclick: async () => {
            try {
                const whole = await get("execution/visit", {
                    arn: model.arn,
                    event: visit.visitId,
                    at: model.at,
                    full: 1,
                });
                fill(holder, jsonView(JSON.stringify(whole[member]), { label, maximumLines: 24 }));
            } catch (error) {
                toast(error.message, "error");
            }
        },
    });
    return h("div.stack.tight", {}, holder, more);
}

/** The steps of the data flow, as they can be derived again. */
function flow({ steps, stepsArePartial }) {
    return [
        stepsArePartial && notice("Not every step can be derived again.", "caught"),
        dataFlow(steps.map((step) => ({ ...step, value: JSON.stringify(step.value) }))),
    ];
}

/** What was tried: attempts, with the rests between them, waits and what was started. */
function attempts(spans) {
    return h(
        "ol.attempts",
        {},
        spans.map((span) =>
            h(
                "li",
                {},
                statusBadge(span.status),
                h("strong", {}, words(span.kind)),
                h("span.muted", {}, lasted(span.start, span.end)),
                span.due && h("span.muted", {}, "until ", moment(span.due)),
                span.error && h("span.tone.failed", {}, span.error),
                span.childArn && childLink(span.childArn),
            )
        ),
    );
}

function definitionOf(visit, definition, model) {
    const name = visit.state ?? model.state;
    return h(
        "div.stack.tight",
        {},
        jsonView(JSON.stringify(definition), { label: name, maximumLines: 24 }),
        h(
            "div.actions",
            {},
            linkButton("Test this state", links.testState(model.described.stateMachineArn, name), {
                icon: "flask",
                variant: "small",
            }),
        ),
    );
}

function findBranch(branches, event) {
    for (const branch of branches) {
        if (branch.enteredEventId === event) return branch;
        const inner = findBranch(branch.children?.branches ?? [], event);
        if (inner) return inner;
    }
    return null;
}
