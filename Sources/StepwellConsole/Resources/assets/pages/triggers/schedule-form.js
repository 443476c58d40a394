import { fill, h } from "../../core/dom.js";
import { call, isAbort } from "../../core/api.js";
import {
    choiceField,
    formDialog,
    given,
    jsonField,
    targetField,
    textField,
} from "../../components/form.js";
import { toast } from "../../components/toast.js";
import { anyRole } from "./shared.js";

/** Makes a schedule, or changes one, with its next times in sight while it is written. */
export function editSchedule(schedule, { groups, group = "default", reload }) {
    const isNew = schedule === null;
    const of = schedule ?? { GroupName: group, Target: {}, FlexibleTimeWindow: { Mode: "OFF" } };
    const times = h("div.next-times", { role: "status" });
    const fields = formFields(of, isNew, groups);
    const dialog = formDialog(isNew ? "Create a schedule" : `Change ${of.Name}`, {
        label: isNew ? "Create" : "Save",
        fields: [
            h("div.fields", {}, fields.name.element, fields.group.element),
            h("div.fields", {}, fields.expression.element, fields.zone.element),
            times,
            fields.target.element,
            fields.input.element,
            h(
                "details.further",
                {},
                h("summary", {}, "Further settings"),
                h(
                    "div.fields",
                    {},
                    [fields.start, fields.end, fields.window, fields.catchUp, fields.completion]
                        .concat([fields.attempts, fields.age, fields.role, fields.description])
                        .map((each) => each.element),
                ),
            ),
        ],
        submit: async () => {
            const operation = isNew ? "CreateSchedule" : "UpdateSchedule";
            await call(`scheduler.${operation}`, members(of, fields));
            toast(isNew ? "The schedule is created." : "The schedule is changed.", "success");
            reload();
        },
    });
    const preview = dialog.scope.debounced(250, () => showTimes(times, fields, dialog.scope));
    for (const each of [fields.expression, fields.zone, fields.start, fields.end]) {
        each.control.addEventListener("input", preview);
    }
    preview();
}

function formFields(of, isNew, groups) {
    const { Target: target, FlexibleTimeWindow: window } = of;
    const policy = target.RetryPolicy ?? {};
    return {
        name: textField("Name", {
            value: of.Name ?? "",
            required: true,
            maxlength: 64,
            disabled: !isNew,
        }),
        group: choiceField("Group", groups.map(({ Name }) => [Name, Name]), {
            value: of.GroupName,
            disabled: !isNew,
        }),
        expression: textField("Times", {
            value: of.ScheduleExpression ?? "rate(1 hour)",
            required: true,
            hint: "rate(5 minutes), cron(30 2 * * ? *) or at(2026-12-24T18:00:00)",
        }),
        zone: zoneField(of.ScheduleExpressionTimezone ?? "UTC"),
        target: targetField("Target", {
            value: target.Arn ?? "",
            required: true,
            hint: "A state machine by its name; a version, an alias or an event bus by its ARN.",
        }),
        input: jsonField("Input", {
            value: target.Input ?? "",
            lines: 5,
            hint: "Without one the target is given a notice of the schedule.",
        }),
        start: textField("Not before", { type: "datetime-local", value: localTime(of.StartDate) }),
        end: textField("Not after", { type: "datetime-local", value: localTime(of.EndDate) }),
        window: textField("Flexible window, in minutes", {
            type: "number",
            min: 1,
            max: 1440,
            value: window.MaximumWindowInMinutes ?? "",
            placeholder: "Exactly at its time",
        }),
        catchUp: choiceField("Of times that were missed", [
            ["last", "make up for the last"],
            ["all", "make up for all"],
            ["none", "make up for none"],
        ], { value: of.CatchUp ?? "last" }),
        completion: choiceField("After the last time", [["NONE", "keep it"], [
            "DELETE",
            "delete it",
        ]], { value: of.ActionAfterCompletion ?? "NONE" }),
        attempts: textField("Attempts again", {
            type: "number",
            min: 0,
            max: 185,
            value: policy.MaximumRetryAttempts ?? "",
            placeholder: "185",
        }),
        age: textField("For at most, in seconds", {
            type: "number",
            min: 60,
            max: 86_400,
            value: policy.MaximumEventAgeInSeconds ?? "",
            placeholder: "86400",
        }),
        role: textField("Role", { value: target.RoleArn ?? anyRole, required: true }),
        description: textField("Description", { value: of.Description ?? "", maxlength: 512 }),
    };
}

function zoneField(value) {
    const made = textField("Time zone", { value, required: true, list: "zones" });
    made.element.append(
        h(
            "datalist",
            { id: "zones" },
            ["UTC", ...(Intl.supportedValuesOf?.("timeZone") ?? [])].map((each) =>
                h("option", { value: each })
            ),
        ),
    );
    return made;
}

/** The members of a request; what a schedule has and the form does not is kept. */
function members(of, fields) {
    const { Target: target } = of;
    const minutes = fields.window.value;
    const policy = given({
        MaximumRetryAttempts: numberOf(fields.attempts.value),
        MaximumEventAgeInSeconds: numberOf(fields.age.value),
    });
    const { Input, RetryPolicy, ...kept } = target;
    return given({
        Name: fields.name.value,
        GroupName: fields.group.value,
        Description: fields.description.value,
        State: of.State,
        ScheduleExpression: fields.expression.value,
        ScheduleExpressionTimezone: fields.zone.value,
        StartDate: secondsOf(fields.start.value),
        EndDate: secondsOf(fields.end.value),
        FlexibleTimeWindow: minutes
            ? { Mode: "FLEXIBLE", MaximumWindowInMinutes: Number(minutes) }
            : { Mode: "OFF" },
        CatchUp: fields.catchUp.value,
        ActionAfterCompletion: fields.completion.value,
        Target: {
            ...kept,
            ...given({
                Arn: fields.target.value,
                RoleArn: fields.role.value,
                Input: fields.input.value,
                RetryPolicy: Object.keys(policy).length ? policy : null,
            }),
        },
    });
}

async function showTimes(place, fields, scope) {
    // What is still being written has no times yet.
    if (!fields.expression.value.trim().endsWith(")")) {
        fill(place, h("p.hint", {}, "rate(…), cron(…) or at(…)"));
        return;
    }
    try {
        const { Invocations: times } = await call(
            "triggers.ListNextInvocations",
            given({
                ScheduleExpression: fields.expression.value,
                ScheduleExpressionTimezone: fields.zone.value,
                StartDate: secondsOf(fields.start.value),
                EndDate: secondsOf(fields.end.value),
                MaxResults: 5,
            }),
            scope.signal,
        );
        fill(
            place,
            h("span.label", {}, times.length ? "Next times" : "It is never due again"),
            h(
                "ol",
                {},
                times.map(({ Time, LocalTime }) =>
                    h("li", { title: Time }, LocalTime.replace("T", " "))
                ),
            ),
        );
    } catch (error) {
        if (!isAbort(error)) fill(place, h("p.failed.tone", {}, error.message));
    }
}

function numberOf(text) {
    return text === "" ? null : Number(text);
}

function secondsOf(text) {
    return text ? Math.floor(new Date(text).getTime() / 1000) : null;
}

/** A moment as a field for local times takes it. */
function localTime(seconds) {
    if (!seconds) return "";
    const date = new Date(seconds * 1000);
    const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
    return local.toISOString().slice(0, 16);
}
