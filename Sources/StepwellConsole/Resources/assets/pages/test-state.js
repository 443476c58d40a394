import { fill, h } from "../core/dom.js";
import { call } from "../core/api.js";
import { machineOf } from "../core/arn.js";
import { parsedDefinition, statesOf } from "../core/asl.js";
import { links } from "../core/links.js";
import { keepInput, preferences } from "../core/preferences.js";
import { words } from "../core/format.js";
import { button, whileBusy } from "../components/buttons.js";
import { CodeEditor } from "../components/code-editor.js";
import { dataFlow, inspectionSteps } from "../components/data-flow.js";
import { field } from "../components/dialog.js";
import { card } from "../components/facts.js";
import { failureText } from "../components/failure.js";
import { jsonView } from "../components/json-view.js";
import { notice } from "../components/notice.js";
import { pageHead } from "../components/page-head.js";
import { empty, failure } from "../components/placeholders.js";

/** Runs one state on its own (TestState), and shows what each step of its data flow makes. */
export default async function testState({ main, params, query, scope, title, setQuery }) {
    const arn = machineOf(params.arn);
    const described = await call("DescribeStateMachine", { stateMachineArn: arn }, scope.signal);
    const states = statesOf(parsedDefinition(described.definition));
    title(`Test a state of ${described.name}`);
    const form = testForm(described, states, query.state, (state) => setQuery({ state }), scope);
    fill(
        main,
        pageHead({
            crumbs: [{ label: "State machines", href: links.machines() }, {
                label: described.name,
                href: links.machine(arn),
            }],
            title: "Test a state",
            actions: [form.run],
        }),
        h("div.split", {}, form.element, form.result),
    );
}

function testForm(described, states, chosen, onChoose, scope) {
    const kept = `test.${described.stateMachineArn}`;
    const state = h(
        "select",
        {
            onchange: () => {
                onChoose(state.value);
                show();
            },
        },
        states.map(({ name, depth }) =>
            h(
                "option",
                { value: name, selected: name === chosen },
                "\u00a0".repeat(depth * 3) + name,
            )
        ),
    );
    const definition = h("div.field", {});
    const input = editor("Input", preferences.get(`${kept}.input`, "{}"));
    const variables = editor("Variables", "{}");
    const mock = mocking();
    const result = h(
        "div.stack",
        { "aria-live": "polite" },
        empty("Not run yet", "What each step makes of the input is shown here."),
    );
    const run = button("Run the state", {
        icon: "play",
        variant: "primary",
        title: "Ctrl+Enter",
        onclick: () => go(),
    });
    for (const each of [input, variables, mock.result]) each.submit = () => go();

    function show() {
        const found = states.find((each) => each.name === state.value);
        fill(
            definition,
            found &&
                jsonView(JSON.stringify(found.state), {
                    label: found.state.Type,
                    maximumLines: 14,
                }),
        );
    }

    async function go() {
        keepInput(`${kept}.input`, input.value);
        try {
            const answer = await whileBusy(run, () =>
                call("TestState", {
                    definition: described.definition,
                    stateName: state.value,
                    input: input.value,
                    inspectionLevel: "TRACE",
                    roleArn: described.roleArn,
                    ...(variables.value.trim() !== "{}" && { variables: variables.value }),
                    ...mock.members,
                }, scope.signal));
            fill(result, outcome(answer));
        } catch (error) {
            if (!scope.ended) fill(result, failure(error));
        }
        // Where the page is narrow, the result lies below the form.
        if (result.getBoundingClientRect().top > innerHeight / 2) result.scrollIntoView();
    }

    show();
    const element = card("State", [
        field("State", state),
        definition,
        h("div.field", {}, h("span.label", {}, "Input"), input.element),
        h("details.field", {}, h("summary", {}, "Variables"), variables.element),
        mock.elements,
    ]);
    return { element, result, run };
}

function editor(label, value) {
    const made = new CodeEditor({ label, value, onChange: () => made.judgeJSON() });
    made.element.style.setProperty("--height", "150px");
    return made;
}

/** How the task is answered in place of what it calls: not at all, by a result, or by an error. */
function mocking() {
    const result = editor("Mocked result", "{}");
    const error = h("input", { type: "text", maxlength: 256, value: "States.TaskFailed" });
    const cause = h("input", { type: "text", maxlength: 32_768 });
    const errors = h("div.fields", {}, field("Error", error), field("Cause", cause));
    const kind = h(
        "select",
        { onchange: () => show() },
        [
            ["", "Call what the state calls"],
            ["result", "Answer with this result"],
            ["error", "Fail with this error"],
        ].map(([value, label]) => h("option", { value }, label)),
    );
    const show = () => {
        result.element.hidden = kind.value !== "result";
        errors.hidden = kind.value !== "error";
    };
    show();
    return {
        result,
        elements: [field("Task", kind), result.element, errors],
        get members() {
            if (!kind.value) return {};
            if (kind.value === "result") return { mock: { result: result.value } };
            const given = { error: error.value, ...(cause.value && { cause: cause.value }) };
            return { mock: { errorOutput: given } };
        },
    };
}

function outcome(answer) {
    const kind = {
        SUCCEEDED: "succeeded",
        FAILED: "failed",
        RETRIABLE: "caught",
        CAUGHT_ERROR: "caught",
    }[answer.status];
    return [
        notice([
            h("strong", {}, words(answer.status)),
            answer.nextState && ` · continues to ${answer.nextState}`,
            answer.error && failureText(answer.error, answer.cause),
        ], kind),
        card(
            "Data flow",
            dataFlow([
                ...inspectionSteps({
                    ...answer.inspectionData,
                    variables: undefined,
                    output: answer.output,
                }),
                ...inspectionSteps({ variables: answer.inspectionData?.variables }),
            ]),
        ),
    ];
}
