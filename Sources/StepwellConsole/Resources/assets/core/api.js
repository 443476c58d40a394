/** The server's answers. Every request is of this origin; the header keeps other pages out. */

const root = new URL("api/", document.baseURI);

/** A refusal: `type` is the API's error name, `message` its reason, for people. */
export class ApiError extends Error {
    constructor(status, type, message) {
        super(message);
        this.name = "ApiError";
        this.status = status;
        this.type = type;
    }
}

/** An operation of an AWS API: `call("StartExecution", {…})`, `call("events.PutRule", {…})`. */
export function call(operation, body = {}, signal) {
    return request("POST", `call/${operation}`, { body, signal });
}

/** A question of the console's own; members that are null, undefined or "" are left out. */
export function get(path, query = {}, signal) {
    return request("GET", path + queryText(query), { signal });
}

export function post(path, body = {}, signal) {
    return request("POST", path, { body, signal });
}

export function remove(path, signal) {
    return request("DELETE", path, { signal });
}

/** `?a=1&b=2`, or nothing; members that are null, undefined or "" are left out. */
export function queryText(query) {
    const given = Object.entries(query)
        .filter(([, value]) => value !== null && value !== undefined && value !== "")
        .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%3A", ":")}`);
    return given.length ? `?${given.join("&")}` : "";
}

/** The address of a request that an `EventSource` makes. */
export function address(path, query) {
    return new URL(path + queryText(query), root);
}

async function request(method, path, { body, signal }) {
    const headers = { "X-Stepwell-Console": "1" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let response;
    try {
        response = await fetch(new URL(path, root), {
            method,
            headers,
            signal,
            credentials: "same-origin",
            body: body === undefined ? undefined : JSON.stringify(body),
        });
    } catch (error) {
        if (error.name === "AbortError") throw error;
        throw new ApiError(0, "Unreachable", "The server cannot be reached. Is it running?");
    }
    const text = await response.text();
    const value = parsed(text);
    if (response.ok) return value ?? {};
    if (response.status === 401) window.dispatchEvent(new CustomEvent("signin-needed"));
    const type = String(value?.__type ?? `HTTP ${response.status}`).split("#").pop();
    throw new ApiError(
        response.status,
        type,
        value?.message ?? value?.Message ?? text.slice(0, 500),
    );
}

function parsed(text) {
    try {
        return text ? parsedExactly(text) : {};
    } catch {
        return undefined;
    }
}

/**
 * A JSON value whose numbers are written again as they came: those that JavaScript cannot hold are
 * raw texts of JSON, where the browser knows them.
 */
export function parsedExactly(text) {
    if (!JSON.rawJSON || !/\d[\d.]{15}|\d[eE][+-]?\d/.test(text)) return JSON.parse(text);
    return JSON.parse(text, (_, value, { source }) =>
        typeof value === "number" && digits(String(value)) !== digits(source)
            ? JSON.rawJSON(source)
            : value);
}

/** A number's digits and exponent, the same for all ways to write it. */
function digits(text) {
    const [, sign, whole, part = "", exponent = "0"] =
        /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
    if (whole === undefined) return text;
    const all = (whole + part).replace(/^0+/, "");
    const significant = all.replace(/0+$/, "");
    if (!significant) return "0";
    const shift = Number(exponent) - part.length + all.length - significant.length;
    return `${sign}${significant}e${shift}`;
}

/** Every page of a listing, up to a bound: `member` names its list. */
export async function all(operation, body, member, { limit = 1000, signal } = {}) {
    const items = [];
    let nextToken;
    do {
        const page = await call(operation, { ...body, ...(nextToken && { nextToken }) }, signal);
        items.push(...page[member]);
        nextToken = page.nextToken;
    } while (nextToken && items.length < limit);
    return items;
}

/** Whether an error only says that its request was given up. */
export function isAbort(error) {
    return error?.name === "AbortError";
}
