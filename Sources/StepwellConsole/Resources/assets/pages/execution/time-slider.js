import { fill, h } from "../../core/dom.js";
import { count, duration, exactTime, milliseconds, timeOfDay } from "../../core/format.js";
import { keyboard } from "../../core/keyboard.js";
import { eventTone } from "../../core/events.js";
import { iconButton } from "../../components/buttons.js";
import { icon } from "../../components/icons.js";

const marksRead = 2000;
const tones = ["idle", "running", "succeeded", "aborted", "caught", "failed"];

/**
 * Moves through an execution's events: every part of the page shows the event that it stands at.
 */
export class TimeSlider {
    #model;
    #scope;
    #timer = 0;

    constructor(model, scope) {
        this.#model = model;
        this.#scope = scope;
        this.range = h("input", {
            type: "range",
            min: 1,
            step: 1,
            "aria-label": "Event",
            oninput: () => {
                this.pause();
                this.#model.goTo(Number(this.range.value));
            },
        });
        this.strip = h("canvas.time-strip", { "aria-hidden": "true" });
        this.probe = h("span", { hidden: true });
        this.text = h("div.time-text", { "aria-live": "off" });
        this.playButton = iconButton("Play", "play", () => this.#toggle());
        this.nowButton = h("button.button.small.now-button", {
            type: "button",
            onclick: () => this.#now(),
        });
        this.speed = h(
            "select",
            { "aria-label": "Events a second" },
            [1, 2, 5, 10, 50].map((each) =>
                h("option", { value: each, selected: each === 2 }, `${each}/s`)
            ),
        );
        this.element = h(
            "section.time-slider.card",
            { "aria-label": "Time" },
            h(
                "div.time-buttons",
                {},
                iconButton("First event", "first", () => this.#step(-Infinity)),
                iconButton("Previous event ([)", "left", () => this.#step(-1)),
                this.playButton,
                iconButton("Next event (])", "right", () => this.#step(1)),
                iconButton("Last event", "last", () => this.#now()),
                this.speed,
            ),
            h("div.time-track", {}, this.strip, this.probe, this.range),
            h("div.time-end", {}, this.text, this.nowButton),
        );
        this.#listen();
    }

    pause() {
        clearInterval(this.#timer);
        this.#timer = 0;
        fill(this.playButton, icon("play"));
        this.playButton.setAttribute("aria-label", "Play");
    }

    #listen() {
        const { events } = this.#model;
        for (const type of ["moved", "moment", "described"]) {
            this.#scope.on(this.#model, type, () => this.#show());
        }
        this.#scope.on(events, "loaded", () => this.#show());
        this.#scope.on(events, "grown", () => {
            this.#readMarks();
            this.#show();
        });
        this.#scope.onEnd(() => this.pause());
        const drawn = new ResizeObserver(() => this.#draw());
        drawn.observe(this.strip);
        this.#scope.onEnd(() => drawn.disconnect());
        keyboard.add(this.#scope, "[", "Previous event", () => this.#step(-1));
        keyboard.add(this.#scope, "]", "Next event", () => this.#step(1));
        keyboard.add(this.#scope, "{", "Previous failure", () => this.#seek(-1));
        keyboard.add(this.#scope, "}", "Next failure", () => this.#seek(1));
        keyboard.add(this.#scope, "p", "Play or pause", () => this.#toggle());
        keyboard.add(this.#scope, "n", "Now", () => this.#now());
        this.#readMarks();
        this.#show();
    }

    async #readMarks() {
        await this.#model.events.readFirst(marksRead);
        this.#draw();
    }

    get #position() {
        return this.#model.at ?? this.#model.last;
    }

    #show() {
        const { last, at, events } = this.#model;
        this.range.max = last;
        this.range.value = this.#position;
        const event = events.peek(this.#position);
        const time = event ? milliseconds(event.timestamp) - this.#model.start : NaN;
        const text = event ? `${event.type}${event.stateName ? `, ${event.stateName}` : ""}` : "";
        this.range.setAttribute("aria-valuetext", `Event ${this.#position} of ${last}: ${text}`);
        fill(
            this.text,
            h("span.time-count", {}, `${count(this.#position)} of ${count(last)}`),
            event && h("span.event-type", { class: eventTone(event.type) }, event.type),
            event?.stateName && h("strong", {}, event.stateName),
            event &&
                h(
                    "time.muted",
                    { title: exactTime(event.timestamp) },
                    `${timeOfDay(event.timestamp)} (+${duration(time)})`,
                ),
        );
        const label = this.#model.isRunning ? "Now" : "End";
        this.nowButton.setAttribute("aria-pressed", String(at === null));
        this.nowButton.classList.toggle("primary", at === null);
        fill(this.nowButton, this.#model.isRunning && h("span.dot", {}), label);
        this.element.classList.toggle("past", at !== null);
        this.#draw();
    }

    #step(by) {
        this.pause();
        this.#model.goTo(by === -Infinity ? 1 : this.#position + by);
    }

    #now() {
        this.pause();
        this.#model.goTo(null);
    }

    /** Goes to the nearest failure before or behind. */
    async #seek(direction) {
        this.pause();
        for (
            let id = this.#position + direction;
            id >= 1 && id <= this.#model.last;
            id += direction
        ) {
            const event = await this.#model.events.get(id);
            if (!event || this.#scope.ended) return;
            if (eventTone(event.type) === "failed") {
                this.#model.goTo(id);
                return;
            }
        }
    }

    #toggle() {
        if (this.#timer) {
            this.pause();
            return;
        }
        if (this.#model.at === null) this.#model.goTo(1);
        fill(this.playButton, icon("pause"));
        this.playButton.setAttribute("aria-label", "Pause");
        this.#timer = setInterval(() => {
            if (this.#model.at === null) this.pause();
            else this.#model.goTo(this.#model.at + 1);
        }, 1000 / Number(this.speed.value));
    }

    /** The colour of a tone, as the canvas takes it. */
    #color(tone) {
        this.probe.className = tone;
        return getComputedStyle(this.probe).color;
    }

    /** The events as a strip of colours; where several share a pixel, the gravest counts. */
    #draw() {
        const { clientWidth: width, clientHeight: height } = this.strip;
        if (!width) return;
        const ratio = devicePixelRatio || 1;
        this.strip.width = width * ratio;
        this.strip.height = height * ratio;
        const context = this.strip.getContext("2d");
        const colors = tones.map((tone) => this.#color(tone));
        const { last } = this.#model;
        const known = Math.min(last, marksRead);
        const inner = width - 16;
        const columns = new Map();
        for (let id = 1; id <= known; id += 1) {
            const event = this.#model.events.peek(id);
            if (!event) break;
            const x = last > 1 ? Math.floor(8 + ((id - 1) / (last - 1)) * inner) : 8;
            columns.set(x, Math.max(columns.get(x) ?? 0, tones.indexOf(eventTone(event.type))));
        }
        if (known < last) {
            context.fillStyle = colors[0];
            context.globalAlpha = 0.25;
            context.fillRect(8 * ratio, height * 0.6 * ratio, inner * ratio, height * 0.2 * ratio);
        }
        const barWidth = Math.max(1, Math.min(6, inner / Math.max(1, last) - 1));
        for (const [x, tone] of columns) {
            const isGrave = tone >= 4;
            context.fillStyle = colors[tone];
            context.globalAlpha = isGrave ? 1 : 0.6;
            context.fillRect(
                (x - barWidth / 2) * ratio,
                (isGrave ? 0 : height * 0.35) * ratio,
                barWidth * ratio,
                height * (isGrave ? 1 : 0.65) * ratio,
            );
        }
    }
}
