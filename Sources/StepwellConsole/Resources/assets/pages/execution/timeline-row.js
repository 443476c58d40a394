import { h } from "../../core/dom.js";
import { duration, words } from "../../core/format.js";
import { links } from "../../core/links.js";
import { statusKind } from "../../components/status.js";

/** One row of the timeline: its name, and its stretches of time as bars. */
export function timelineRow(row, scale, model, { toggle, isChosen }) {
    const { span, parts, depth, childArn, isExecution, isOpen } = row;
    const place = span.path ? span.path.split("/").at(-1) : "";
    const index = /\[\d+\]$/.exec(place)?.[0];
    const open = childArn && h("button.fold", {
        type: "button",
        "aria-expanded": String(isOpen),
        "aria-label": `What ${span.state} started`,
        onclick: () => toggle(row),
    }, isOpen ? "▾" : "▸");
    const name = isExecution || depth !== ownDepth(span)
        ? h("a", { href: links.execution(childArn ?? model.arn) }, span.state)
        : h("button.link", {
            type: "button",
            onclick: () => model.select(span.state, span.visitId ?? span.event),
        }, span.state);
    return h(
        "div.timeline-row",
        { class: isChosen(row) ? "chosen" : null },
        h(
            "div.timeline-name",
            { style: { "padding-left": `${8 + Math.min(depth, 8) * 14}px` } },
            open,
            childArn || isExecution ? name : name,
            index && h("span.muted", {}, index),
        ),
        h("div.timeline-bars", {}, parts.map((part) => bar(part, scale, model, span))),
    );
}

function ownDepth(span) {
    return span.path ? span.path.split("/").length : 0;
}

function bar(part, scale, model, span) {
    const now = model.end;
    const end = part.to ?? Math.max(now, part.from);
    if (end < scale.from || part.from > scale.to) return null;
    const left = scale.share(part.from);
    const width = Math.max(0, scale.share(end) - left);
    const kind = part.kind === "state" ? "visit" : part.kind;
    const length = part.to === null
        ? `${duration(end - part.from)} so far`
        : duration(end - part.from);
    const label = `${span.state}: ${words(part.kind)}, ${
        words(part.status).toLowerCase()
    }, ${length}${part.error ? `, ${part.error}` : ""}`;
    return h(
        "div.bar",
        {
            class: `${kind} ${statusKind(part.status)}${part.to === null ? " open" : ""}`,
            title: label,
            role: "img",
            "aria-label": label,
            style: { left: `${left * 100}%`, width: `max(3px, ${width * 100}%)` },
        },
        kind === "visit" &&
            h("span.bar-length", { class: left + width > 0.85 ? "inside" : null }, length),
    );
}
