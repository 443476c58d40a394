import { detailsOf } from "../../core/events.js";

/**
 * Events as a tree by their `previousEventId`: `{ event, depth, forks }` in the order of the tree.
 * A chain keeps its depth; where an event is followed by several, each of them begins a deeper
 * chain. What ends a Parallel or Map state, and all that follows, stands at the depth of its entry
 * again.
 */
export function eventTree(events) {
    const followers = new Map();
    for (const event of events) {
        const before = event.previousEventId ?? 0;
        if (!followers.has(before)) followers.set(before, []);
        followers.get(before).push(event);
    }
    const joins = joinsOf(events);
    const rows = [];
    const waiting = [...(followers.get(0) ?? [])].reverse().map((event) => ({ event, depth: 0 }));
    while (waiting.length) {
        const { event, depth } = waiting.pop();
        const next = (followers.get(event.id) ?? []).filter((each) => !joins.has(each.id));
        rows.push({ event, depth, forks: next.length });
        const joined = joins.started.get(event.id);
        if (joined) waiting.push({ event: joined, depth });
        const deeper = next.length > 1 || (joined && next.length) ? depth + 1 : depth;
        for (const each of next.reverse()) waiting.push({ event: each, depth: deeper });
    }
    return rows;
}

/** The events that end Parallel and Map states, by the events that started them. */
function joinsOf(events) {
    const byId = new Map(events.map((event) => [event.id, event]));
    const joins = new Map();
    const started = new Map();
    for (const event of events) {
        if (!/^(Parallel|Map)State(Succeeded|Failed|Aborted|Exited)$/.test(event.type)) continue;
        const opening = openingOf(event, byId);
        if (!opening || started.has(opening.id)) continue;
        started.set(opening.id, event);
        joins.set(event.id, opening);
    }
    return { has: (id) => joins.has(id), started };
}

/**
 * The `…StateStarted` event of the state that an event ends: the nearest before it whose state is
 * its own.
 */
function openingOf(event, byId) {
    const name = event.stateName ?? detailsOf(event).name;
    let at = byId.get(event.previousEventId);
    for (let steps = 0; at && steps < 100_000; steps += 1) {
        const isStart = at.type === "ParallelStateStarted" || at.type === "MapStateStarted";
        if (isStart && at.stateName === name) return at;
        if (/StateEntered$/.test(at.type) && detailsOf(at).name === name) return null;
        at = byId.get(at.previousEventId);
    }
    return null;
}
