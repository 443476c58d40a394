import { fill, h } from "../../core/dom.js";
import { get, isAbort } from "../../core/api.js";
import { failureLine } from "../../core/cause.js";
import { count, plural } from "../../core/format.js";
import { links } from "../../core/links.js";
import { button } from "../../components/buttons.js";
import { jsonLine } from "../../components/json-view.js";
import { toast } from "../../components/toast.js";
import { retryTexts, waitText } from "./waits.js";

/** As many as the server gives at once; further ones are asked for again by hand. */
const mostBranches = 1000;

/** Where an execution stands: its active branches and iterations as a tree. */
export function standing(model) {
    const branches = model.picture?.branches ?? [];
    if (!branches.length) {
        return h(
            "p.muted",
            {},
            model.at === null && !model.isRunning
                ? "The execution is closed; nothing is under way."
                : "No branch is under way here.",
        );
    }
    return h(
        "ul.branches",
        {},
        branches.map((branch) => branchItem(model, branch, branches.length === 1)),
    );
}

function branchItem(model, branch, isOpen) {
    const children = branch.children;
    const head = h(
        "div.branch-head",
        {},
        branch.state
            ? h("button.link", {
                type: "button",
                onclick: () => model.select(branch.state, branch.enteredEventId),
            }, branch.state)
            : h(
                "a",
                { href: links.execution(branch.executionArn ?? "") },
                branch.path || "execution",
            ),
        branch.type && h("span.chip", {}, branch.type),
        branch.state && branch.path && h("span.muted.mono", {}, branch.path),
        retryTexts(branch.retries),
    );
    return h(
        "li",
        {},
        head,
        showsWait(branch, model) && waitText(branch.waitingFor, momentOf(model)),
        branch.error && h("p.tone.failed", {}, failureLine(branch.error, branch.cause)),
        Object.keys(branch.variables ?? {}).length > 0 &&
            h(
                "p",
                {},
                h("span.muted", {}, "Variables "),
                jsonLine(JSON.stringify(branch.variables)),
            ),
        children && children.count > 0 && childrenElement(model, branch, children, isOpen),
    );
}

function childrenElement(model, branch, children, isOpen) {
    const list = h(
        "ul.branches",
        {},
        children.branches.map((child) => branchItem(model, child, false)),
    );
    return h(
        "details",
        {
            open: model.openBranches.get(branch.id) ?? (isOpen || children.branches.length <= 5),
            ontoggle: (event) => model.openBranches.set(branch.id, event.target.open),
        },
        h(
            "summary",
            {},
            progress(children),
            h("span", {}, `${count(children.running)} of ${count(children.count)} under way`),
        ),
        list,
        children.next !== undefined && children.next !== null &&
            moreButton(model, branch, children.next, list),
    );
}

function moreButton(model, branch, after, list) {
    const holder = h(
        "div.more",
        {},
        button("Show more", {
            onclick: async () => {
                try {
                    const { branches } = await get("execution/picture", {
                        arn: model.arn,
                        at: model.at,
                        branch: branch.id,
                        after,
                    });
                    const next = branches[0]?.children;
                    if (!next) return;
                    list.append(...next.branches.map((child) => branchItem(model, child, false)));
                    model.branchLimit = Math.min(mostBranches, list.children.length);
                    fill(
                        holder,
                        next.next !== undefined && next.next !== null &&
                            moreButton(model, branch, next.next, list),
                    );
                } catch (error) {
                    if (!isAbort(error)) toast(error.message, "error");
                }
            },
        }),
    );
    return holder;
}

/** Whether what a branch waits for says something: of what is closed, or has parts, it does not. */
function showsWait({ waitingFor }, model) {
    const isClosed = model.at === null && !model.isRunning;
    return waitingFor?.kind !== "children" && !(waitingFor?.kind === "nothing" && isClosed);
}

/** The time that is looked at; null for the present. */
export function momentOf(model) {
    return model.at === null && model.isRunning ? null : model.picture.at.time;
}

/** How far the branches or iterations of a state are, as a bar. */
export function progress(children) {
    const { count: all, succeeded = 0, failed = 0, running = 0 } = children;
    const share = (number) => `${all ? (number / all) * 100 : 0}%`;
    const label = `${plural(succeeded, "success", "successes")}, ${count(failed)} failed, ${
        count(running)
    } running, of ${count(all)}`;
    return h(
        "span.progress",
        { role: "img", "aria-label": label, title: label },
        [["succeeded", succeeded], ["failed", failed], ["running", running]].map(([kind, number]) =>
            h("span", { class: kind, style: { width: share(number) } })
        ),
    );
}
