/** The names inside ARNs. */

/** The parts of an ARN of Step Functions that links and titles need. */
export function parts(arn) {
    const fields = String(arn).split(":");
    const [kind, machine, ...rest] = fields.slice(5);
    return { region: fields[3], account: fields[4], kind, machine, rest };
}

/** "orders" of a machine, version or alias; the name of an execution or a Map Run. */
export function name(arn) {
    const { kind, machine, rest } = parts(arn);
    if (kind === "stateMachine" || kind === "activity") return machine;
    return rest.length ? rest[kind === "express" ? 0 : rest.length - 1] : machine;
}

/** The ARN of the machine that an ARN with a version, an alias or a label belongs to. */
export function machineOf(arn) {
    return String(arn).split(":").slice(0, 7).join(":").split("/")[0];
}

/** The version or alias of a qualified ARN, or null. */
export function qualifier(arn) {
    return String(arn).split(":")[7] ?? null;
}

/** The ARN of the machine whose execution an ARN names. */
export function machineOfExecution(arn) {
    const { region, account, machine } = parts(arn);
    const partition = String(arn).split(":")[1];
    return `arn:${partition}:states:${region}:${account}:stateMachine:${machine.split("/")[0]}`;
}
