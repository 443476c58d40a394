import { fill, h } from "../../core/dom.js";
import { get, isAbort } from "../../core/api.js";
import { parsedDefinition, statesOf } from "../../core/asl.js";
import { count, duration, exactTime, milliseconds, plural } from "../../core/format.js";
import { detailsOf, eventNote, eventTone, eventTypes } from "../../core/events.js";
import { button } from "../../components/buttons.js";
import { jsonView } from "../../components/json-view.js";
import { VirtualList } from "../../components/virtual-list.js";
import { eventTree } from "./event-tree.js";

const rowHeight = 32;
const treeLimit = 10_000;
const filteredPage = 200;

/** The history: all events in order, those that filters find, or the tree of what followed what. */
export function showEvents(panel, scope, model) {
    const tab = new EventsTab(scope, model);
    fill(panel, tab.element);
    tab.start();
}

class EventsTab {
    #scope;
    #model;
    #rows = null;
    #next = null;
    #asked = 0;
    #loading = 0;
    #searched = 0;
    #mode = "list";

    constructor(scope, model) {
        this.#scope = scope;
        this.#model = model;
        const ask = scope.debounced(300, () => this.#apply());
        const states = statesOf(parsedDefinition(model.machine.definition));
        this.type = h(
            "select",
            { "aria-label": "Type of the event", onchange: ask },
            h("option", { value: "" }, "All types"),
            Object.entries(eventTypes).map(([group, types]) =>
                h("optgroup", { label: group }, types.map((type) => h("option", {}, type)))
            ),
        );
        this.state = h(
            "select",
            { "aria-label": "State", onchange: ask },
            h("option", { value: "" }, "All states"),
            states.map(({ name }) => h("option", { value: name }, name)),
        );
        this.text = h("input.grow", {
            type: "search",
            placeholder: "Text in the event",
            "aria-label": "Text in the event",
            oninput: ask,
        });
        this.modes = h(
            "div.segments",
            { role: "group", "aria-label": "Order" },
            [["list", "Oldest first"], ["newest", "Newest first"], ["tree", "Tree"]].map(
                ([mode, label]) =>
                    h("button", {
                        type: "button",
                        dataset: { mode },
                        "aria-pressed": String(mode === "list"),
                        onclick: () => this.#setMode(mode),
                    }, label),
            ),
        );
        this.note = h("p.muted", { role: "status" });
        this.list = new VirtualList({
            rowHeight,
            label: "Events",
            render: (index) => this.#row(index),
            class: "event-list",
            onStep: (by) => this.#step(by),
            onRange: (_, last) => this.#rows && last >= this.#rows.length - 20 && this.#more(),
        });
        this.details = h(
            "div.event-details",
            {},
            h("p.muted", {}, "Choose an event to see it whole."),
        );
        this.element = h(
            "div",
            {},
            h("div.filters", {}, this.modes, this.type, this.state, this.text),
            this.note,
            h("div.event-split", {}, this.list.element, this.details),
        );
    }

    start() {
        const { events } = this.#model;
        this.#scope.on(events, "loaded", () => this.#rows || this.list.refresh());
        const again = this.#scope.throttled(1500, () => this.#followGrowth());
        this.#scope.on(events, "grown", () => (this.#isWhole ? this.#grown() : again()));
        this.#scope.on(this.#model, "moved", () => this.#follow());
        this.#scope.on(events, "failed", ({ detail }) => fill(this.note, detail.message));
        this.#apply();
        if (this.#model.at) this.#follow();
    }

    get #isFiltered() {
        return Boolean(this.type.value || this.state.value || this.text.value);
    }

    /** Whether all events are listed in order, so that their ids alone say what is in a row. */
    get #isWhole() {
        return this.#mode !== "tree" && !this.#isFiltered;
    }

    #setMode(mode) {
        this.#mode = mode;
        for (const each of this.modes.children) {
            each.setAttribute("aria-pressed", String(each.dataset.mode === mode));
        }
        this.#apply();
    }

    #apply() {
        this.#asked += 1;
        this.#next = null;
        if (this.#isFiltered) return this.#showFiltered();
        if (this.#mode === "tree") return this.#showTree();
        this.#rows = null;
        this.#setCount(this.#model.last);
        return fill(this.note, plural(this.#model.last, "event"));
    }

    async #showTree() {
        const asked = this.#asked;
        fill(this.note, "Reading the events…");
        await this.#model.events.readFirst(treeLimit);
        if (asked !== this.#asked || this.#scope.ended) return;
        const events = [];
        for (let id = 1; id <= Math.min(treeLimit, this.#model.last); id += 1) {
            events.push(this.#model.events.peek(id));
        }
        this.#rows = eventTree(events.filter(Boolean));
        this.#setCount(this.#rows.length);
        fill(
            this.note,
            this.#model.last > treeLimit
                ? `The first ${count(treeLimit)} of ${plural(this.#model.last, "event")}`
                : plural(this.#model.last, "event"),
        );
    }

    async #showFiltered() {
        this.#rows = [];
        this.#next = 0;
        await this.#more();
    }

    async #more() {
        if (this.#next === null || this.#loading === this.#asked) return;
        const asked = this.#asked;
        const { last } = this.#model;
        this.#loading = asked;
        fill(this.note, "Searching…");
        try {
            const page = await get("execution/events", {
                arn: this.#model.arn,
                type: this.type.value,
                state: this.state.value,
                text: this.text.value,
                reverse: this.#mode === "newest" ? 1 : null,
                after: this.#next || null,
                limit: filteredPage,
            }, this.#scope.signal);
            if (asked !== this.#asked) return;
            this.#next = page.next ?? null;
            if (this.#next === null) this.#searched = last;
            this.#rows.push(...page.events.map((event) => ({ event, depth: 0 })));
            this.#setCount(this.#rows.length);
            fill(
                this.note,
                `${count(this.#rows.length)}${this.#next === null ? "" : "+"} of ${
                    plural(this.#model.last, "event")
                }`,
            );
            this.#loading = 0;
            if (this.#next !== null && this.#rows.length < 20) await this.#more();
        } catch (error) {
            if (!isAbort(error) && asked === this.#asked) fill(this.note, error.message);
        } finally {
            if (this.#loading === asked) this.#loading = 0;
        }
    }

    #setCount(count) {
        const rows = Math.min(Math.max(count, 3), 19);
        this.list.element.style.setProperty("height", `${rows * rowHeight + 2}px`);
        this.list.setCount(count);
    }

    #grown() {
        const stick = this.#mode === "list" && this.list.isAtEnd;
        this.#apply();
        if (stick) this.list.scrollTo(this.#model.last - 1);
    }

    /** The tree, and what filters find, with what has happened since. */
    async #followGrowth() {
        if (this.#isWhole) return;
        const isOnTop = this.list.element.scrollTop === 0;
        if (!this.#isFiltered) await this.#showTree();
        else if (this.#mode === "newest" && isOnTop) await this.#apply();
        else if (this.#mode !== "newest" && this.#next === null && !this.#loading) {
            this.#next = Math.max(this.#searched, this.#rows.at(-1)?.event.id ?? 0);
            await this.#more();
        }
    }

    /** Keeps the slider's event in sight. */
    #follow() {
        if (this.#rows || !this.#model.at) {
            this.list.refresh();
            return;
        }
        this.list.scrollTo(this.#indexOf(this.#model.at));
        this.list.refresh();
    }

    #row(index) {
        const id = this.#id(index);
        const row = this.#rows
            ? this.#rows[index]
            : { event: this.#model.events.peek(id), depth: 0 };
        if (!row?.event) {
            return h("div.event-row.unread", {}, h("span.event-id", {}, id), h("div.skeleton", {}));
        }
        const { event, depth, forks } = row;
        const tone = eventTone(event.type);
        const isNow = event.id === this.#model.at;
        return h(
            "button.event-row",
            {
                type: "button",
                class: isNow ? "now" : event.id > (this.#model.at ?? Infinity) ? "later" : null,
                "aria-current": this.chosen === event.id ? "true" : null,
                onclick: () => this.#choose(event),
            },
            h("span.event-id", {}, event.id),
            h(
                "span.event-name",
                { style: { "padding-left": `${Math.min(depth, 24) * 16}px` } },
                h("span.dot", { class: tone }),
                h("span.event-type", { class: tone }, event.type),
                forks > 1 && h("span.chip", {}, `${count(forks)} ways`),
            ),
            h("span.event-state", {}, event.stateName ?? ""),
            h("span.event-note", {}, eventNote(event)),
            h(
                "span.event-time",
                { title: exactTime(event.timestamp) },
                `+${duration(milliseconds(event.timestamp) - this.#model.start)}`,
            ),
        );
    }

    /** Chooses the event above or below the chosen one. */
    #step(by) {
        const { list } = this;
        const now = this.#rows
            ? this.#rows.findIndex((row) => row.event.id === this.chosen)
            : this.#indexOf(this.chosen ?? 0);
        const next = Math.min(list.count - 1, Math.max(0, now + by));
        const event = this.#rows
            ? this.#rows[next]?.event
            : this.#model.events.peek(this.#id(next));
        if (!event) return;
        this.#choose(event);
        list.scrollTo(next);
    }

    /** The id of the event in a row, where all are listed. */
    #id(index) {
        return this.#mode === "newest" ? this.#model.last - index : index + 1;
    }

    #indexOf(id) {
        return this.#mode === "newest" ? this.#model.last - id : id - 1;
    }

    #choose(event) {
        this.chosen = event.id;
        this.list.refresh();
        const before = event.previousEventId;
        fill(
            this.details,
            h(
                "div.stack.tight",
                {},
                h("h3", {}, `${event.id} · ${event.type}`),
                h(
                    "p.muted",
                    {},
                    exactTime(event.timestamp),
                    event.path && ` · ${event.path}`,
                ),
                h(
                    "div.actions",
                    {},
                    button("Show this moment", {
                        icon: "clock",
                        variant: "small",
                        onclick: () => this.#model.goTo(event.id),
                    }),
                    event.stateName &&
                        button(event.stateName, {
                            icon: "graph",
                            variant: "small",
                            onclick: () => this.#model.select(event.stateName),
                        }),
                    before > 0 &&
                        button(`After ${before}`, {
                            icon: "left",
                            variant: "small",
                            onclick: async () => this.#choose(await this.#model.events.get(before)),
                        }),
                ),
                ...payloads(event),
            ),
        );
    }
}

/** The details of an event: texts of JSON each in a view of its own, the rest together. */
function payloads(event) {
    const views = [];
    const rest = {};
    for (const [name, value] of Object.entries(detailsOf(event))) {
        if (typeof value === "string" && /^[[{]/.test(value) && isJSON(value)) {
            views.push(jsonView(value, { label: name, maximumLines: 14 }));
        } else rest[name] = value;
    }
    if (Object.keys(rest).length) {
        views.unshift(jsonView(JSON.stringify(rest), { label: "Details", maximumLines: 14 }));
    }
    return views;
}

function isJSON(text) {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}
