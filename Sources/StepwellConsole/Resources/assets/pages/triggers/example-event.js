/** An event that a pattern fits, as far as one can be told from what the pattern asks for. */
export function exampleEvent(pattern) {
    return completed({
        version: "0",
        id: "00000000-0000-0000-0000-000000000000",
        "detail-type": "order placed",
        source: "shop",
        account: "000000000000",
        time: "2026-01-01T00:00:00Z",
        region: "us-east-1",
        resources: [],
        detail: {},
    }, JSON.parse(pattern));
}

/** An event's members, with those that a pattern names as it wants them. */
function completed(members, pattern) {
    const made = { ...members };
    for (const [name, wanted] of Object.entries(pattern)) {
        if (name === "$or" && Array.isArray(wanted)) {
            Object.assign(made, completed(made, wanted[0] ?? {}));
        } else if (Array.isArray(wanted)) {
            const value = example(wanted);
            if (value === undefined) delete made[name];
            else made[name] = Array.isArray(made[name]) ? [value] : value;
        } else if (wanted && typeof wanted === "object") {
            made[name] = completed(made[name] ?? {}, wanted);
        }
    }
    return made;
}

/** A value that one of some alternatives takes; undefined when it must be missing. */
function example(alternatives) {
    const plain = alternatives.find((each) => each === null || typeof each !== "object");
    if (plain !== undefined || !alternatives.length) return plain;
    const [rule, of] = Object.entries(alternatives[0])[0] ?? [];
    return rule in examples ? examples[rule](of) : "any";
}

const examples = {
    exists: (isThere) => (isThere ? "any" : undefined),
    numeric: (comparison) => numberFor(comparison),
    prefix: (of) => textOf(of),
    suffix: (of) => textOf(of),
    "equals-ignore-case": (of) => of,
    wildcard: (of) => String(of).replaceAll("*", "any"),
    cidr: (of) => String(of).split("/")[0],
    "anything-but": (of) => (typeof [of].flat()[0] === "number" ? [of].flat()[0] + 1 : "any"),
};

/** Of "a" and of { "equals-ignore-case": "a" }. */
function textOf(of) {
    return typeof of === "object" ? Object.values(of)[0] : of;
}

/** A number within `[">", 1, "<=", 5]`. */
function numberFor(comparison) {
    const bounds = {};
    for (let index = 0; index + 1 < comparison.length; index += 2) {
        bounds[comparison[index]] = comparison[index + 1];
    }
    const low = bounds[">="] ?? bounds[">"];
    const high = bounds["<="] ?? bounds["<"];
    if ("=" in bounds) return bounds["="];
    if (low !== undefined && high !== undefined) return (low + high) / 2;
    return low !== undefined ? low + 1 : high - 1;
}
