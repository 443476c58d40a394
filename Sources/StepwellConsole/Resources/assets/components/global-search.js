import { get } from "../core/api.js";
import { name as arnName } from "../core/arn.js";
import { links } from "../core/links.js";
import { words } from "../core/format.js";
import { navigate } from "../core/router.js";
import { allMachines } from "../core/machines.js";
import { navigation } from "../core/navigation.js";
import { Combobox } from "./combobox.js";

/** The field that finds pages, state machines and executions by name, and opens pasted ARNs. */
export function globalSearch() {
    const box = new Combobox({
        label: "Search state machines and executions",
        placeholder: "Search  ( / )",
        suggest,
        onChoose: (option) => {
            box.input.value = "";
            box.input.blur();
            navigate(option.value);
        },
    });
    box.element.classList.add("global-search");
    return box;
}

async function suggest(text, signal) {
    if (text.startsWith("arn:")) return [pasted(text)];
    const wanted = text.toLowerCase();
    const fits = (label) => label.toLowerCase().includes(wanted);
    const [machines, found] = await Promise.all([
        allMachines(signal),
        text ? get("executions", { name: text, limit: 8 }, signal) : { executions: [] },
    ]);
    return [
        ...machines.filter((machine) => fits(machine.name)).slice(0, 6).map((machine) => ({
            group: "State machines",
            label: machine.name,
            value: links.machine(machine.stateMachineArn),
        })),
        ...found.executions.map((each) => ({
            group: "Executions",
            label: each.name,
            detail: `${arnName(each.stateMachineArn)} · ${words(each.status)}`,
            value: links.execution(each.executionArn),
        })),
        ...navigation.filter((entry) => fits(entry.label)).map((entry) => ({
            group: "Pages",
            label: entry.label,
            detail: entry.keys,
            value: entry.hash,
        })),
    ];
}

function pasted(arn) {
    return { label: arn, detail: "Open", value: pageOf(arn) };
}

/** The page of what an ARN names, by its kind. */
function pageOf(arn) {
    const kind = arn.split(":")[5] ?? "";
    if (kind === "execution" || kind === "express") return links.execution(arn);
    if (kind === "mapRun") return links.mapRun(arn);
    if (kind === "activity") return links.tasks({ tab: "activities" });
    if (!kind.startsWith("rule/")) return links.machine(arn);
    const names = kind.split("/").slice(1);
    return links.rule(names.length > 1 ? names[0] : "default", names.at(-1));
}
