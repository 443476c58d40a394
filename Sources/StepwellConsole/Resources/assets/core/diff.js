/** The differences between two texts, by lines: the shortest edit script (Myers, 1986). */

const maximumEdits = 1500;

/** `{ kind: "same" | "added" | "removed", text, before?, after? }` with line numbers from 1. */
export function lineDiff(before, after) {
    const [a, b] = [before.split("\n"), after.split("\n")];
    let start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
    let end = 0;
    while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) {
        end += 1;
    }
    const middle = edits(a.slice(start, a.length - end), b.slice(start, b.length - end));
    const kinds = [...Array(start).fill("same"), ...middle, ...Array(end).fill("same")];
    return numbered(kinds, a, b);
}

function numbered(kinds, a, b) {
    let [left, right] = [0, 0];
    return kinds.map((kind) => {
        if (kind === "removed") return { kind, text: a[left], before: ++left };
        if (kind === "added") return { kind, text: b[right], after: ++right };
        return { kind, text: b[right], before: ++left, after: ++right };
    });
}

function edits(a, b) {
    const traces = [];
    const reach = new Map([[1, 0]]);
    for (let cost = 0; cost <= Math.min(a.length + b.length, maximumEdits); cost += 1) {
        traces.push(new Map(reach));
        for (let k = -cost; k <= cost; k += 2) {
            const down = k === -cost || (k !== cost && reach.get(k - 1) < reach.get(k + 1));
            let x = down ? reach.get(k + 1) : reach.get(k - 1) + 1;
            while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
            reach.set(k, x);
            if (x >= a.length && x - k >= b.length) return path(traces, a.length, b.length);
        }
    }
    return [...a.map(() => "removed"), ...b.map(() => "added")];
}

function path(traces, x, y) {
    const kinds = [];
    for (let cost = traces.length - 1; cost >= 0; cost -= 1) {
        const reach = traces[cost];
        const k = x - y;
        const down = k === -cost || (k !== cost && reach.get(k - 1) < reach.get(k + 1));
        const previous = down ? k + 1 : k - 1;
        const previousX = reach.get(previous);
        const previousY = previousX - previous;
        while (x > previousX && y > previousY && x > 0 && y > 0) {
            kinds.push("same");
            x -= 1;
            y -= 1;
        }
        if (cost > 0) kinds.push(down ? "added" : "removed");
        [x, y] = [previousX, previousY];
    }
    return kinds.reverse();
}
