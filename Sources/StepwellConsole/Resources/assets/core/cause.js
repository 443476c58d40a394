/**
 * The message and the stack of a cause. Lambda functions that fail have a JSON text there, as their
 * runtimes write it; every other text is the message.
 */
export function causeParts(cause) {
    const said = functionReport(cause);
    if (!said) return { message: cause ?? "", stack: "" };
    const lines = said.stackTrace ?? said.trace;
    return {
        message: said.errorMessage,
        stack: Array.isArray(lines) ? lines.map((line) => String(line).trimEnd()).join("\n") : "",
    };
}

/** "ZeroDivisionError: division by zero", on a line. */
export function failureLine(error, cause) {
    const { message } = causeParts(cause);
    return message ? `${error}: ${message}` : error;
}

/** Whether a text is a JSON object. */
export function isObjectText(text) {
    return parsedObject(text) !== null;
}

function functionReport(cause) {
    const said = parsedObject(cause);
    return typeof said?.errorMessage === "string" && said.errorMessage ? said : null;
}

function parsedObject(text) {
    if (!text?.startsWith("{")) return null;
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
}
