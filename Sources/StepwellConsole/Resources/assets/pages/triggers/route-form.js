import { h } from "../../core/dom.js";
import { call } from "../../core/api.js";
import {
    choiceField,
    formDialog,
    given,
    jsonField,
    targetField,
    textField,
} from "../../components/form.js";
import { toast } from "../../components/toast.js";
import { jsonOf } from "./shared.js";

const actions = [
    ["StartExecution", "start an execution"],
    ["StartSyncExecution", "start one and wait for its end"],
    ["SendTaskSuccess", "answer a task"],
    ["SendTaskFailure", "fail a task"],
];

/** Makes a route or changes one. */
export function editRoute(route, { keys, reload }) {
    const isNew = route === null;
    const fields = formFields(route ?? {}, isNew, keys);
    const showTarget = () => {
        fields.machine.element.hidden = !fields.action.value.startsWith("Start");
        fields.machine.control.required = !fields.machine.element.hidden;
        fields.keys.element.hidden = fields.authorization.value !== "API_KEY";
    };
    for (const each of [fields.action, fields.authorization]) {
        each.control.addEventListener("change", showTarget);
    }
    showTarget();
    return formDialog(isNew ? "Create a route" : `Change ${route.Name}`, {
        label: isNew ? "Create" : "Save",
        fields: [
            h("div.fields", {}, fields.name.element, fields.route.element),
            h("div.fields", {}, fields.action.element, fields.authorization.element),
            fields.machine.element,
            fields.keys.element,
            fields.request.element,
            fields.response.element,
            h(
                "details.further",
                {},
                h("summary", {}, "Further settings"),
                h(
                    "div.fields",
                    {},
                    [fields.timeout, fields.rate, fields.burst, fields.origins, fields.description]
                        .map((each) => each.element),
                ),
            ),
        ],
        submit: async () => {
            await call("triggers.PutRoute", members(route ?? {}, fields));
            toast("The route is saved.", "success");
            reload();
        },
    });
}

function formFields(of, isNew, keys) {
    return {
        name: textField("Name", { value: of.Name ?? "", required: true, disabled: !isNew }),
        route: textField("Requests", {
            value: of.Route ?? "POST /",
            required: true,
            hint: "POST /orders/{id}, ANY /files/{path+}",
        }),
        action: choiceField("What they do", actions, { value: of.Action ?? "StartExecution" }),
        authorization: choiceField("Who may send them", [
            ["NONE", "everybody who reaches the server"],
            ["API_KEY", "who has an API key"],
            ["AWS_IAM", "who signs them"],
        ], { value: of.Authorization ?? "NONE" }),
        machine: targetField("State machine", { value: of.StateMachineArn ?? "" }),
        keys: textField("API keys", {
            value: (of.ApiKeys ?? []).join(", "),
            hint: keys.length
                ? `Names with commas, of ${keys.map((each) => each.Name).join(", ")}; empty: any.`
                : "There are no keys yet: create one first.",
        }),
        request: jsonField("Request", {
            value: of.Request ? JSON.stringify(of.Request) : "",
            lines: 5,
            hint: "What the operation is given, like " +
                '{"Name": "order-${request.path.id}", "Input": "$request.body"}; ' +
                "the body when empty.",
        }),
        response: jsonField("Response", {
            value: of.Response ? JSON.stringify(of.Response) : "",
            lines: 5,
            hint: "StatusCode, Headers and Body, with JSONata in {% … %}; " +
                "the operation's answer when empty.",
        }),
        timeout: textField("Time-out, in seconds", {
            type: "number",
            min: 1,
            max: 300,
            value: of.TimeoutSeconds ?? "",
            placeholder: "300",
        }),
        rate: textField("Requests a second", {
            type: "number",
            min: 0,
            step: "any",
            value: of.Throttle?.Rate ?? "",
            placeholder: "Without a bound",
        }),
        burst: textField("Requests at once", {
            type: "number",
            min: 1,
            value: of.Throttle?.Burst ?? "",
        }),
        origins: textField("Pages of other origins", {
            value: (of.Cors?.AllowOrigins ?? []).join(", "),
            placeholder: "https://shop.example",
        }),
        description: textField("Description", { value: of.Description ?? "" }),
    };
}

function members(of, fields) {
    const isStart = fields.action.value.startsWith("Start");
    const listed = (text) => text.split(",").map((each) => each.trim()).filter(Boolean);
    const names = fields.authorization.value === "API_KEY" ? listed(fields.keys.value) : [];
    const origins = listed(fields.origins.value);
    const json = (field, what) => (field.value ? jsonOf(field.value, what) : null);
    return given({
        Name: fields.name.value,
        Route: fields.route.value,
        Action: fields.action.value,
        Authorization: fields.authorization.value,
        StateMachineArn: isStart ? fields.machine.value : null,
        ApiKeys: names.length ? names : null,
        Request: json(fields.request, "The request"),
        Response: json(fields.response, "The response"),
        TimeoutSeconds: fields.timeout.value ? Number(fields.timeout.value) : null,
        Throttle: fields.rate.value
            ? given({
                Rate: Number(fields.rate.value),
                Burst: fields.burst.value ? Number(fields.burst.value) : null,
            })
            : null,
        Cors: origins.length
            ? { AllowHeaders: ["content-type", "x-api-key"], ...of.Cors, AllowOrigins: origins }
            : null,
        State: of.State,
        Description: fields.description.value,
    });
}
