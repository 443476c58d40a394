import { h } from "../../core/dom.js";
import { duration, words } from "../../core/format.js";
import { links } from "../../core/links.js";
import { statusKind } from "../../components/status.js";

/** One row of the timeline: its name, and its stretches of time as bars. */
export function timelineRow(row, scale, model, { toggle, isChosen }) {
    const { span, parts, depth, childArn, isOpen } = row;
    const index = /\[\d+\]$/.exec(span.path ?? "")?.[0];
    const open = childArn && h("button.fold", {
        type: "button",
        "aria-expanded": String(isOpen),
        "aria-label": `What ${span.state} started`,
        onclick: () => toggle(row),
    }, isOpen ? "▾" : "▸");
    const indent = `${8 + Math.min(depth, 8) * 14}px`;
    return h(
        "div.timeline-row",
        { class: isChosen(row) ? "chosen" : null },
        h(
            "div.timeline-name",
            { style: { "padding-left": indent } },
            open,
            rowName(row, model),
            index && h("span.muted", {}, index),
        ),
        h("div.timeline-bars", {}, parts.map((part) => bar(part, row, scale, model))),
    );
}

/** The state's name; what belongs to another execution leads there. */
function rowName({ span, arn }, model) {
    if (arn === model.arn) {
        return h("button.link", { type: "button", onclick: () => choose(span, model) }, span.state);
    }
    const state = span.event ? { state: span.state, visit: span.event } : {};
    const href = arn.includes(":mapRun:") ? links.mapRun(arn) : links.execution(arn, state);
    return h("a", { href }, span.state);
}

function choose(span, model) {
    model.select(span.state, span.visitId ?? span.event);
}

function bar(part, { span, arn }, scale, model) {
    const end = part.to ?? Math.max(model.end, part.from);
    if (end < scale.from || part.from > scale.to) return null;
    const left = scale.share(part.from);
    const width = Math.max(0, scale.share(end) - left);
    const kind = part.kind === "state" ? "visit" : part.kind;
    const length = duration(end - part.from) + (part.to === null ? " so far" : "");
    const status = words(part.status).toLowerCase();
    const label = [`${span.state}: ${words(part.kind)}`, status, length, part.error]
        .filter(Boolean).join(", ");
    return h(
        "div.bar",
        {
            class: [kind, statusKind(part.status), part.to === null ? "open" : ""].join(" "),
            title: label,
            role: "img",
            "aria-label": label,
            style: { left: `${left * 100}%`, width: `max(3px, ${width * 100}%)` },
            onclick: () => arn === model.arn && choose(span, model),
        },
        kind === "visit" &&
            h("span.bar-length", { class: left + width > 0.85 ? "inside" : null }, length),
    );
}
