import { fill, h } from "../../core/dom.js";
import { get, isAbort } from "../../core/api.js";
import { count, duration, milliseconds, plural } from "../../core/format.js";
import { links } from "../../core/links.js";
import { button, iconButton, linkButton } from "../../components/buttons.js";
import { failure, loading } from "../../components/placeholders.js";
import { VirtualList } from "../../components/virtual-list.js";
import { statusKind } from "../../components/status.js";
import { progress } from "./standing.js";
import { visitDetails } from "./visit-details.js";

const pageSize = 200;
const rowHeight = 34;
const choices = [
    ["", "All"],
    ["running", "Running"],
    ["retrying", "Retrying"],
    ["succeeded", "Succeeded"],
    ["failed", "Failed"],
    ["caught", "Caught"],
    ["timedOut", "Timed out"],
    ["aborted", "Aborted"],
];

/**
 * The visits to one state: one, or the thousands of a Map's iterations, and the chosen one's data.
 */
export class StateVisits {
    #model;
    #scope;
    state;
    #rows = [];
    #next = null;
    #total = 0;
    #loading = 0;
    #asked = 0;
    #shown = null;

    constructor(model, state, entry, siblings, scope) {
        this.#model = model;
        this.state = state;
        this.#scope = scope;
        this.definition = entry?.state;
        this.siblings = entry?.owner ? siblings : [];
        this.status = h(
            "select",
            { "aria-label": "Status", onchange: () => this.#reload() },
            choices.map(([value, label]) => h("option", { value }, label)),
        );
        this.index = h("input", {
            type: "number",
            min: 0,
            value: model.index ?? "",
            placeholder: "Index",
            "aria-label": "Index of the iteration",
            oninput: scope.debounced(300, () => this.#reload()),
        });
        this.list = new VirtualList({
            rowHeight,
            label: "Visits",
            onStep: (by) => this.#step(by),
            render: (row) => this.#row(row),
            onRange: (_, last) => last >= this.#rows.length - 30 && this.#more(),
        });
        this.total = h("span.muted", {});
        this.browser = h(
            "div.visit-browser",
            { hidden: true },
            h("div.visit-filters", {}, this.total, this.status, this.index),
            this.list.element,
        );
        this.position = h("div.visit-position", { hidden: true });
        this.summary = h("div.visit-summary", {});
        this.beside = h("div.siblings", {});
        this.details = h("div", {}, loading(4));
        this.element = h(
            "div.stack.tight",
            {},
            this.summary,
            this.browser,
            this.position,
            this.beside,
            this.details,
        );
        this.#reload();
    }

    /** Shows the visit that was chosen elsewhere. */
    chosenAgain() {
        if (this.chosen?.visitId !== this.#model.visit) this.#show();
    }

    /** Asks again, since the moment has changed. */
    refresh() {
        this.#reload({ quietly: true });
    }

    async #reload({ quietly = false } = {}) {
        this.#asked += 1;
        const asked = this.#asked;
        if (!quietly) this.#rows = [];
        try {
            const limit = Math.min(1000, Math.max(pageSize, this.#rows.length));
            const page = await this.#ask(null, limit);
            if (asked !== this.#asked) return;
            this.#rows = page.visits;
            this.#next = page.next ?? null;
            this.#total = page.total ?? page.visits.length;
            this.#show();
        } catch (error) {
            if (isAbort(error) || asked !== this.#asked) return;
            this.#shown = null;
            fill(this.details, failure(error, () => this.#reload()));
        }
    }

    async #more() {
        const asked = this.#asked;
        if (this.#next === null || this.#loading === asked) return;
        this.#loading = asked;
        try {
            const page = await this.#ask(this.#next);
            if (asked !== this.#asked) return;
            this.#rows.push(...page.visits);
            this.#next = page.next ?? null;
            this.list.setCount(this.#rows.length);
        } catch (error) {
            if (!isAbort(error) && asked === this.#asked) fill(this.total, error.message);
        } finally {
            if (this.#loading === asked) this.#loading = 0;
        }
    }

    #ask(after, limit = pageSize) {
        return get("execution/visits", {
            arn: this.#model.arn,
            at: this.#model.at,
            state: this.state,
            status: this.status.value,
            index: this.index.value,
            after,
            limit,
        }, this.#scope.signal);
    }

    #show() {
        const { children, entered, retries } = this.#model.statuses[this.state] ?? {};
        const isFiltered = this.status.value || this.index.value;
        this.browser.hidden = this.#total < 2 && !isFiltered;
        fill(
            this.summary,
            children?.count > 0 &&
                h(
                    "div.actions",
                    {},
                    progress(children),
                    h(
                        "span",
                        {},
                        `${count(children.succeeded + children.failed)} of ${
                            count(children.count)
                        }`,
                    ),
                    children.failed > 0 &&
                        h("span.tone.failed", {}, `${count(children.failed)} failed`),
                ),
            retries > 0 && h("span.chip", {}, plural(retries, "retry", "retries")),
            this.#iterationsButton(),
        );
        fill(this.total, plural(this.#total, "visit"));
        this.list.element.style.setProperty(
            "height",
            `${Math.min(5.5, this.#rows.length) * rowHeight}px`,
        );
        this.list.setCount(this.#rows.length);
        if (!this.#rows.length) {
            this.position.hidden = true;
            this.#shown = null;
            fill(
                this.details,
                h(
                    "p.muted",
                    {},
                    isFiltered
                        ? "No visit fits."
                        : entered
                        ? "…"
                        : "The state was not entered by this moment.",
                ),
                !isFiltered && this.definition && this.#definitionLinks(),
            );
            return;
        }
        const chosen = this.#wanted() ?? this.#preferred();
        this.#choose(chosen, { silent: true });
    }

    /** From a Map to what is in it. */
    #iterationsButton() {
        const inside = this.definition?.ItemProcessor ?? this.definition?.Iterator;
        if (!inside || inside.ProcessorConfig?.Mode === "DISTRIBUTED") return null;
        return button("Iterations", {
            icon: "layers",
            variant: "small",
            onclick: () => this.#model.select(inside.StartAt),
        });
    }

    /** The visit that the address names, though its row may not have been read. */
    #wanted() {
        const { visit, at } = this.#model;
        if (visit === null || (at !== null && visit > at)) return null;
        return this.#rows.find((row) => row.visitId === visit) ?? { visitId: visit };
    }

    /** What is most wanted when none was chosen: a failure, what runs, or the first. */
    #preferred() {
        const first = (status) => this.#rows.find((row) => row.status === status);
        return first("failed") ?? first("timedOut") ?? first("retrying") ?? first("running") ??
            this.#rows[0];
    }

    #choose(visit, { silent = false } = {}) {
        this.chosen = visit;
        if (!silent) this.#model.select(this.state, visit.visitId);
        if (this.#rows.includes(visit)) this.list.scrollTo(this.#rows.indexOf(visit));
        this.list.refresh();
        this.#showPosition();
        this.#showDetails(visit);
    }

    #step(by) {
        const next = this.#rows[this.#rows.indexOf(this.chosen) + by];
        if (next) this.#choose(next);
    }

    #showPosition() {
        const place = this.#rows.indexOf(this.chosen);
        this.position.hidden = this.#rows.length < 2;
        fill(
            this.position,
            iconButton("Previous visit", "left", () => this.#step(-1), { disabled: place <= 0 }),
            h("span", {}, visitName(this.chosen)),
            iconButton("Next visit", "right", () => this.#step(1), {
                disabled: place < 0 || place >= this.#rows.length - 1,
            }),
            button("Go to this moment", {
                icon: "clock",
                variant: "small",
                onclick: () => this.#model.goTo(this.chosen.visitId),
            }),
        );
    }

    /** The other states of the same iteration or branch. */
    #showSiblings(visit) {
        const isIn = visit.index !== undefined && visit.index !== null && this.siblings.length > 1;
        fill(
            this.beside,
            isIn && h("span.muted", {}, `In [${visit.index}]`),
            isIn && this.siblings.map((name) =>
                h("button.chip", {
                    type: "button",
                    "aria-current": name === this.state ? "true" : null,
                    onclick: () => this.#model.select(name, null, visit.index),
                }, name)
            ),
        );
    }

    async #showDetails(visit) {
        const key = `${visit.visitId} ${visit.status} ${visit.attempts} ${this.#model.at}`;
        if (key === this.#shown) return;
        this.#shown = key;
        try {
            const full = await get("execution/visit", {
                arn: this.#model.arn,
                event: visit.visitId,
                at: this.#model.at,
            }, this.#scope.signal);
            if (key !== this.#shown) return;
            this.#showSiblings({ ...visit, ...full });
            fill(this.details, visitDetails({ ...visit, ...full }, this.#model, this.definition));
        } catch (error) {
            if (!isAbort(error) && key === this.#shown) {
                fill(
                    this.details,
                    failure(error, () => {
                        this.#shown = null;
                        this.#showDetails(visit);
                    }),
                );
            }
        }
    }

    #definitionLinks() {
        const machine = this.#model.described.stateMachineArn;
        return h(
            "div.actions",
            {},
            linkButton("Test this state", links.testState(machine, this.state), {
                icon: "flask",
                variant: "small",
            }),
        );
    }

    #row(index) {
        const visit = this.#rows[index];
        const end = visit.exitedAt
            ? milliseconds(visit.exitedAt) - milliseconds(visit.enteredAt)
            : NaN;
        return h(
            "button.visit-row",
            {
                type: "button",
                "aria-current": visit === this.chosen ? "true" : null,
                onclick: () => this.#choose(visit),
            },
            h("span.dot", { class: statusKind(visit.status) }),
            h("span.visit-name", {}, visitName(visit)),
            visit.error && h("span.tone.failed", {}, visit.error),
            visit.attempts > 1 && h("span.chip", {}, `${visit.attempts} attempts`),
            h("span.number.muted", {}, visit.exitedAt ? duration(end) : "…"),
        );
    }
}

/** How a visit is called: by its way through Maps and Parallels, or by its event. */
function visitName(visit) {
    if (visit?.path) return visit.path;
    return visit?.index !== undefined && visit.index !== null
        ? `[${visit.index}]`
        : `event ${visit?.visitId}`;
}
