/**
 * A scale from times to shares of a width. Long stretches in which nothing begins or ends are
 * folded to a narrow band each, so that what happens has room.
 */
const largestFold = 0.05;
const allFolds = 0.4;
const maximumFolds = 12;
const shortestFold = 30_000;
const dominance = 3;

export class TimeScale {
    /** `times`: when something began or ended, in milliseconds; `from` and `to` bound the scale. */
    constructor(times, from, to, { folds = true } = {}) {
        const bounded = times.filter((time) => time > from && time < to);
        const points = [...new Set([from, ...bounded, to])].sort((one, other) => one - other);
        const gaps = points.slice(1).map((end, index) => ({
            start: points[index],
            end,
            length: end - points[index],
            isFolded: false,
        }));
        if (folds) fold(gaps);
        this.from = from;
        this.to = to;
        this.stretches = placed(gaps);
    }

    /**
     * The share of the width, 0 to 1, at which a time lies; times beyond the scale lie at its ends.
     */
    share(time) {
        const stretch = this.stretches.find((each) => time <= each.end) ?? this.stretches.at(-1);
        if (!stretch) return 0;
        const inside = stretch.length
            ? Math.min(1, Math.max(0, (time - stretch.start) / stretch.length))
            : 0;
        return stretch.left + inside * stretch.width;
    }

    /** The time at a share of the width. */
    time(share) {
        const stretch = this.stretches.find((each) => share <= each.left + each.width) ??
            this.stretches.at(-1);
        if (!stretch) return this.from;
        return stretch.start +
            Math.min(1, Math.max(0, (share - stretch.left) / stretch.width)) * stretch.length;
    }

    get folded() {
        return this.stretches.filter((each) => each.isFolded);
    }

    /** Round times to name along the axis, about `wanted` of them. */
    ticks(wanted) {
        const open = this.stretches.filter((each) => !each.isFolded);
        const length = open.reduce((sum, each) => sum + each.length, 0);
        const step = roundStep(length / wanted);
        const ticks = [];
        let last = -1;
        for (const stretch of open) {
            const first = Math.ceil((stretch.start - this.from) / step) * step + this.from;
            for (let time = first; time <= stretch.end && ticks.length < 60; time += step) {
                const share = this.share(time);
                if (share - last > 0.6 / wanted) ticks.push({ time, share });
                else continue;
                last = share;
            }
        }
        return ticks;
    }
}

/** Folds the longest gaps where each of them is longer, several times, than all that is left. */
function fold(gaps) {
    const sorted = [...gaps].sort((one, other) => other.length - one.length);
    let rest = sorted.reduce((sum, gap) => sum + gap.length, 0);
    let folds = 0;
    sorted.slice(0, maximumFolds).forEach((gap, index) => {
        rest -= gap.length;
        if (rest > 0 && gap.length >= shortestFold && gap.length > dominance * rest) {
            folds = index + 1;
        }
    });
    for (const gap of sorted.slice(0, folds)) gap.isFolded = true;
}

function placed(gaps) {
    const joined = [];
    for (const gap of gaps) {
        const last = joined.at(-1);
        if (last && !last.isFolded && !gap.isFolded) {
            last.end = gap.end;
            last.length = gap.end - last.start;
        } else joined.push({ ...gap });
    }
    const folded = joined.filter((each) => each.isFolded).length;
    const open = joined.filter((each) => !each.isFolded).reduce(
        (sum, each) => sum + each.length,
        0,
    );
    const foldedShare = Math.min(largestFold, allFolds / Math.max(1, folded));
    const room = 1 - folded * foldedShare;
    let left = 0;
    for (const each of joined) {
        each.left = left;
        each.width = each.isFolded ? foldedShare : open ? (each.length / open) * room : room;
        left += each.width;
    }
    return joined;
}

const steps = [
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    500,
    1e3,
    2e3,
    5e3,
    10e3,
    15e3,
    30e3,
    60e3,
    120e3,
    300e3,
    600e3,
    900e3,
    1800e3,
    3600e3,
    7200e3,
    14_400e3,
    21_600e3,
    43_200e3,
    86_400e3,
    172_800e3,
    604_800e3,
    2_592_000e3,
    7_776_000e3,
    31_536_000e3,
];

function roundStep(wanted) {
    return steps.find((step) => step >= wanted) ?? steps.at(-1);
}
