import { fill, h } from "../../core/dom.js";
import { call, get } from "../../core/api.js";
import { qualifier } from "../../core/arn.js";
import { reformatted } from "../../core/json-text.js";
import { relative } from "../../core/format.js";
import { diffView } from "../../components/diff-view.js";
import { failure, loading } from "../../components/placeholders.js";
import { versionsOf } from "./versions.js";

/** Two revisions of a definition compared: versions, the current one, and those of executions. */
export async function showChanges(panel, scope, arn, query, setQuery) {
    fill(panel, loading(4));
    const [versions, { executions }] = await Promise.all([
        versionsOf(arn, scope.signal),
        get("executions", { stateMachineArn: arn, limit: 20 }, scope.signal).catch(() => ({
            executions: [],
        })),
    ]);
    if (scope.ended) return;
    const options = [
        { value: "current", label: "Current definition" },
        ...versions.map(({ stateMachineVersionArn }) => ({
            value: qualifier(stateMachineVersionArn),
            label: `Version ${qualifier(stateMachineVersionArn)}`,
        })),
        ...executions.map((each) => ({
            value: each.executionArn,
            label: `As run by ${each.name}, ${relative(each.startDate)}`,
        })),
    ];
    const chooser = (label, member, otherwise) => {
        const chosen = query[member] ?? otherwise;
        return h(
            "select",
            {
                "aria-label": label,
                onchange: (event) => {
                    query[member] = event.target.value;
                    compare();
                },
            },
            options.map((option) =>
                h(
                    "option",
                    { value: option.value, selected: option.value === chosen },
                    option.label,
                )
            ),
        );
    };
    const from = chooser("Before", "from", (options[2] ?? options[1])?.value ?? "current");
    const to = chooser("After", "to", "current");
    const result = h("div", {});
    fill(
        panel,
        h("div.filters", {}, h("span.muted", {}, "From"), from, h("span.muted", {}, "to"), to),
        result,
    );

    async function compare() {
        setQuery({ from: from.value, to: to.value });
        try {
            const [before, after] = await Promise.all(
                [from, to].map((each) => definitionOf(arn, each.value, scope.signal)),
            );
            fill(result, diffView(reformatted(before), reformatted(after)));
        } catch (error) {
            if (!scope.ended) fill(result, failure(error, compare));
        }
    }
    await compare();
}

async function definitionOf(arn, choice, signal) {
    if (choice.startsWith("arn:")) {
        return (await call("DescribeStateMachineForExecution", { executionArn: choice }, signal))
            .definition;
    }
    const stateMachineArn = choice === "current" ? arn : `${arn}:${choice}`;
    return (await call("DescribeStateMachine", { stateMachineArn }, signal)).definition;
}
