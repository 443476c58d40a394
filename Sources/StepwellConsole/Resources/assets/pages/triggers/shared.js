/** What the pages of triggers have in common. */

import { h } from "../../core/dom.js";
import { name as arnName } from "../../core/arn.js";
import { links } from "../../core/links.js";
import { button } from "../../components/buttons.js";
import { confirmation } from "../../components/dialog.js";
import { toast } from "../../components/toast.js";

/** The role that triggers are given where nothing else is said; this server asks no more of it. */
export const anyRole = "arn:aws:iam::000000000000:role/any";

/** Every page of a listing of EventBridge or its scheduler. */
export async function pages(ask, member) {
    const items = [];
    let NextToken;
    do {
        const page = await ask(NextToken ? { NextToken } : {});
        items.push(...page[member]);
        NextToken = page.NextToken;
    } while (NextToken);
    return items;
}

/** Says that something is of the configuration file, and is changed there. */
export function fileChip() {
    return h(
        "span.chip",
        { title: "Defined by the configuration file, and changed there" },
        "configuration file",
    );
}

/** Whether something is on. */
export function stateBadge(state) {
    const isOn = state === "ENABLED";
    return h(
        "span.badge",
        { class: isOn ? "succeeded" : "aborted" },
        h("span.dot", {}),
        isOn ? "Enabled" : "Disabled",
    );
}

/** What a target's ARN names, with a link where the console has a page for it. */
export function targetLink(arn) {
    const kind = String(arn).split(":")[5] ?? "";
    if (kind === "stateMachine") {
        const [, , , , , , , qualifier] = arn.split(":");
        return h(
            "a",
            { href: links.machine(arn), title: arn },
            qualifier ? `${arnName(arn)}:${qualifier}` : arnName(arn),
        );
    }
    return h("span", { title: arn }, kind.startsWith("event-bus/") ? kind : arn);
}

/**
 * The buttons of a row: `edit()`, `toggle()` with what it says, `remove` as `{ text, action }`;
 * each is left out where it is missing.
 */
export function rowActions(name, { edit, toggle, toggleLabel, remove, reload }) {
    return h(
        "div.actions",
        {},
        toggle && rowButton(toggleLabel, null, name, () => attempt(toggle, reload)),
        edit && rowButton("Edit", "edit", name, edit),
        remove && rowButton("Delete", "trash", name, () => askDelete(name, remove, reload)),
    );
}

function rowButton(label, icon, name, onclick) {
    return button(label, { icon, variant: "small", "aria-label": `${label} ${name}`, onclick });
}

/** Does something, and says why when it fails. */
export async function attempt(action, onDone) {
    try {
        await action();
        onDone();
    } catch (error) {
        toast(error.message, "error");
    }
}

function askDelete(name, { text, action }, reload) {
    confirmation(`Delete ${name}?`, text, {
        label: "Delete",
        action: async () => {
            await action();
            toast(`${name} is deleted.`, "success");
            reload();
        },
    });
}

/** A JSON text as a value; `what` is named when it is none. */
export function jsonOf(text, what) {
    try {
        return JSON.parse(text);
    } catch (error) {
        throw new Error(`${what} is not JSON: ${error.message}`);
    }
}
