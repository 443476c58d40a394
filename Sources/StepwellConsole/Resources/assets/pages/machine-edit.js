import { fill, h } from "../core/dom.js";
import { call } from "../core/api.js";
import { name as arnName } from "../core/arn.js";
import { firstDefinition } from "../core/asl.js";
import { reformatted } from "../core/json-text.js";
import { links } from "../core/links.js";
import { forgetMachines } from "../core/machines.js";
import { preferences } from "../core/preferences.js";
import { navigate } from "../core/router.js";
import { button, linkButton, whileBusy } from "../components/buttons.js";
import { DefinitionEditor } from "../components/definition-editor.js";
import { Dialog, field } from "../components/dialog.js";
import { diffView } from "../components/diff-view.js";
import { notice } from "../components/notice.js";
import { pageHead } from "../components/page-head.js";
import { startDialog } from "../components/start-dialog.js";
import { toast } from "../components/toast.js";

/** Writes a new state machine, or changes one. */
export default async function machineEdit({ main, params, scope, title }) {
    const described = params.arn
        ? await call("DescribeStateMachine", { stateMachineArn: params.arn }, scope.signal)
        : null;
    const page = new EditPage(described, scope);
    title(described ? `Edit ${described.name}` : "New state machine");
    fill(main, page.elements);
}

/** A definition that is written and not saved yet, kept with the browser's tab. */
class Draft {
    #key;

    constructor(described) {
        this.#key = `stepwell.draft.${described?.stateMachineArn ?? "new"}`;
    }

    get text() {
        return sessionStorage.getItem(this.#key);
    }

    keep(text, original) {
        if (text === original) this.drop();
        else sessionStorage.setItem(this.#key, text);
    }

    drop() {
        sessionStorage.removeItem(this.#key);
    }
}

class EditPage {
    constructor(described, scope) {
        this.described = described;
        this.isSaved = true;
        this.#fields();
        this.original = described ? reformatted(described.definition) : firstDefinition;
        this.draft = new Draft(described);
        const kept = this.draft.text;
        const value = kept ?? this.original;
        this.isSaved = value === this.original;
        const keep = scope.debounced(400, (text) => this.draft.keep(text, this.original));
        this.editor = new DefinitionEditor({
            scope,
            value,
            type: () => described?.type ?? this.type.value,
            onState: (isValid) => {
                this.saveButton.disabled = !isValid;
            },
            onChange: (text) => {
                this.isSaved = text === this.original;
                keep(text);
            },
            save: () => this.saveButton.disabled || this.save(),
        });
        const leaving = (event) => this.isSaved || event.preventDefault();
        scope.on(window, "beforeunload", leaving);
        this.restored = h("div", {}, !this.isSaved && this.#restoredNotice());
        this.elements = [
            this.#head(),
            this.restored,
            !described && this.form,
            this.editor.element,
        ].filter(Boolean);
    }

    #restoredNotice() {
        return notice([
            "What you had not saved is here again. ",
            button("Discard it", {
                variant: "small",
                onclick: () => {
                    this.draft.drop();
                    fill(this.restored);
                    this.editor.editor.replaceAll(this.original);
                },
            }),
        ]);
    }

    #fields() {
        this.name = h("input", {
            type: "text",
            maxlength: 80,
            placeholder: "order-fulfilment",
            autocomplete: "off",
        });
        this.type = h(
            "select",
            { onchange: () => this.editor.judge() },
            h("option", { value: "STANDARD" }, "Standard: kept, may last a year"),
            h("option", { value: "EXPRESS" }, "Express: fast, five minutes at most"),
        );
        this.role = h("input", {
            type: "text",
            value: preferences.get("role", "arn:aws:iam::000000000000:role/stepwell"),
        });
        this.form = h(
            "div.edit-fields",
            {},
            field("Name", this.name),
            field("Type", this.type),
            field("Role", this.role),
        );
        this.saveButton = button(this.described ? "Save" : "Create", {
            icon: "check",
            variant: "primary",
            title: "Ctrl+Enter",
            onclick: () => this.save(),
        });
    }

    #head() {
        const { described } = this;
        return pageHead({
            crumbs: [
                { label: "State machines", href: links.machines() },
                ...(described
                    ? [{ label: described.name, href: links.machine(described.stateMachineArn) }]
                    : []),
            ],
            title: described ? `Edit ${described.name}` : "New state machine",
            actions: [
                described && button("Compare", { icon: "list", onclick: () => this.#compare() }),
                described &&
                linkButton("Test a state", links.testState(described.stateMachineArn), {
                    icon: "flask",
                }),
                linkButton(
                    "Cancel",
                    described ? links.machine(described.stateMachineArn) : links.machines(),
                ),
                this.saveButton,
            ],
        });
    }

    #compare() {
        return new Dialog("Changes since the last save", {
            size: "wide",
            build: () => diffView(this.original, this.editor.value),
        });
    }

    async save() {
        try {
            await whileBusy(
                this.saveButton,
                () => (this.described ? this.#update() : this.#create()),
            );
        } catch (error) {
            toast(error.message, "error");
        }
    }

    async #update() {
        const { stateMachineArn, revisionId } = this.described;
        const now = await call("DescribeStateMachine", { stateMachineArn });
        if (now.revisionId !== revisionId) {
            this.#askOverwrite(now);
            return;
        }
        await call("UpdateStateMachine", { stateMachineArn, definition: this.editor.value });
        this.original = this.editor.value;
        this.isSaved = true;
        this.draft.drop();
        toast("Saved. Executions that run keep the definition that they began with.", "success");
        navigate(links.machine(stateMachineArn, { tab: "definition" }));
    }

    /** Somebody else has saved in the meantime: shows what saving would undo. */
    #askOverwrite(now) {
        new Dialog("The state machine was changed in the meantime", {
            size: "wide",
            build: () => [
                h("p", {}, "Compared with what is saved now, your text has these differences:"),
                diffView(reformatted(now.definition), this.editor.value),
            ],
            actions: (dialog) => [
                button("Cancel", { onclick: () => dialog.close() }),
                button("Save mine over it", {
                    variant: "danger",
                    onclick: (event) =>
                        dialog.attempt(event.currentTarget, async () => {
                            this.described = now;
                            await this.#update();
                        }),
                }),
            ],
        });
    }

    async #create() {
        if (!this.name.value.trim()) {
            this.name.focus();
            throw new Error("The state machine needs a name.");
        }
        preferences.set("role", this.role.value);
        const { stateMachineArn } = await call("CreateStateMachine", {
            name: this.name.value.trim(),
            type: this.type.value,
            roleArn: this.role.value,
            definition: this.editor.value,
        });
        this.isSaved = true;
        this.draft.drop();
        forgetMachines();
        toast(`${arnName(stateMachineArn)} is created.`, "success");
        navigate(links.machine(stateMachineArn));
        startDialog({
            machine: { stateMachineArn, name: this.name.value.trim(), type: this.type.value },
        });
    }
}
