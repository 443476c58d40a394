import { fill } from "../core/dom.js";
import { links } from "../core/links.js";
import { keyboard } from "../core/keyboard.js";
import { allMachines } from "../core/machines.js";
import { button, linkButton } from "../components/buttons.js";
import { Dialog } from "../components/dialog.js";
import { Combobox } from "../components/combobox.js";
import { ExecutionList } from "../components/execution-list.js";
import { pageHead } from "../components/page-head.js";
import { empty } from "../components/placeholders.js";
import { startDialog } from "../components/start-dialog.js";

/** The executions of all state machines. */
export default async function executions({ main, query, scope, title, setQuery }) {
    title("Executions");
    const list = new ExecutionList({
        scope,
        filters: query,
        onFilters: setQuery,
        emptyState: () =>
            empty(
                "No executions yet",
                "Start one of a state machine, and watch it here.",
                linkButton("State machines", links.machines(), { variant: "primary" }),
            ),
    });
    fill(
        main,
        pageHead({
            title: "Executions",
            actions: [
                button("Start execution", {
                    icon: "play",
                    variant: "primary",
                    onclick: chooseMachine,
                }),
            ],
        }),
        list.element,
    );
    keyboard.add(scope, "s", "Start an execution", chooseMachine);
    await list.reload();
}

/** Asks of which machine, then for the input. */
function chooseMachine() {
    return new Dialog("Start an execution", {
        size: "small",
        build: (dialog) =>
            new Combobox({
                label: "State machine",
                placeholder: "Choose a state machine",
                suggest: async (wanted, signal) =>
                    (await allMachines(signal))
                        .filter((each) => each.name.toLowerCase().includes(wanted.toLowerCase()))
                        .slice(0, 8)
                        .map((each) => ({
                            label: each.name,
                            detail: each.type.toLowerCase(),
                            value: each,
                        })),
                onChoose: (option) => {
                    dialog.close();
                    startDialog({ machine: option.value });
                },
            }).element,
    });
}
