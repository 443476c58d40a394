import { h } from "../../core/dom.js";
import { call } from "../../core/api.js";
import { show } from "../../core/shown.js";
import { button } from "../../components/buttons.js";
import { formDialog, textField } from "../../components/form.js";
import { empty } from "../../components/placeholders.js";
import { DataTable } from "../../components/table.js";
import { ago, moment } from "../../components/time.js";
import { toast } from "../../components/toast.js";
import { editSchedule } from "./schedule-form.js";
import { fileChip, pages, rowActions, stateBadge, targetLink } from "./shared.js";

/** The schedules with their next times; by group. */
export function showSchedules(panel, scope, query, setQuery) {
    const reload = () => show(panel, scope, build);
    let group = query.group ?? "";

    async function build() {
        const ask = (operation, members) => (page) =>
            call(`scheduler.${operation}`, { ...members, ...page }, scope.signal);
        const [groups, schedules] = await Promise.all([
            pages(ask("ListScheduleGroups"), "ScheduleGroups"),
            pages(ask("ListSchedules", group ? { GroupName: group } : {}), "Schedules"),
        ]);
        const create = () => editSchedule(null, { groups, group: group || "default", reload });
        const table = new DataTable({
            caption: "Schedules",
            key: (row) => row.Arn,
            columns: columns(groups, reload),
            empty: () =>
                empty(
                    "No schedules yet",
                    "A schedule starts a state machine at its times, whatever happens in between.",
                    button("Create schedule", {
                        icon: "plus",
                        variant: "primary",
                        onclick: create,
                    }),
                ),
        });
        table.setRows(schedules);
        return [groupBar(groups, create), table.element];
    }

    function groupBar(groups, create) {
        const chosen = groups.find((each) => each.Name === group);
        const choice = h(
            "select",
            {
                "aria-label": "Group",
                onchange: () => {
                    group = choice.value;
                    setQuery({ group });
                    reload();
                },
            },
            [["", "All groups"], ...groups.map(({ Name }) => [Name, Name])].map(([value, label]) =>
                h("option", { value, selected: value === group }, label)
            ),
        );
        return h(
            "div.filters",
            {},
            choice,
            button("Create schedule", { icon: "plus", onclick: create }),
            button("Create group", { onclick: () => createGroup(reload) }),
            chosen && chosen.Name !== "default" &&
                rowActions(`group ${chosen.Name}`, {
                    remove: {
                        text: "All of its schedules are deleted with it.",
                        action: () =>
                            call("scheduler.DeleteScheduleGroup", { Name: chosen.Name }),
                    },
                    reload: () => {
                        group = "";
                        setQuery({ group });
                        reload();
                    },
                }),
        );
    }

    reload();
    scope.every(15_000, reload);
}

function columns(groups, reload) {
    return [
        {
            title: "Schedule",
            class: "name",
            sort: (row) => row.Name,
            cell: (row) => [
                h("strong", {}, row.Name),
                row.IsFromFile && [" ", fileChip()],
                row.GroupName !== "default" && h("div.muted.small", {}, row.GroupName),
            ],
        },
        {
            title: "Times",
            cell: (row) => [
                h("code", {}, row.ScheduleExpression),
                h("div.muted.small", {}, row.ScheduleExpressionTimezone),
            ],
        },
        {
            title: "Next",
            sort: (row) => row.NextInvocationDate ?? Infinity,
            cell: (row) =>
                row.State === "ENABLED" && row.NextInvocationDate
                    ? [
                        ago(row.NextInvocationDate),
                        h("div.muted.small", {}, moment(row.NextInvocationDate)),
                    ]
                    : h("span.muted", {}, "never"),
        },
        { title: "Target", cell: (row) => targetLink(row.Target.Arn) },
        { title: "State", cell: (row) => stateBadge(row.State) },
        { title: "", cell: (row) => actions(row, groups, reload) },
    ];
}

function actions(row, groups, reload) {
    const at = { Name: row.Name, GroupName: row.GroupName };
    const described = () => call("scheduler.GetSchedule", at);
    const edit = async () => editSchedule(await described(), { groups, reload });
    if (row.IsFromFile) return rowActions(row.Name, {});
    return rowActions(row.Name, {
        reload,
        edit: () => edit().catch((error) => toast(error.message, "error")),
        toggleLabel: row.State === "ENABLED" ? "Disable" : "Enable",
        toggle: async () => {
            const { Arn, CreationDate, LastModificationDate, NextInvocationDate, ...schedule } =
                await described();
            await call("scheduler.UpdateSchedule", {
                ...schedule,
                State: row.State === "ENABLED" ? "DISABLED" : "ENABLED",
            });
        },
        remove: {
            text: "It starts nothing anymore.",
            action: () => call("scheduler.DeleteSchedule", at),
        },
    });
}

function createGroup(reload) {
    const name = textField("Name", { required: true, maxlength: 64 });
    return formDialog("Create a group of schedules", {
        size: "small",
        label: "Create",
        fields: name.element,
        submit: async () => {
            await call("scheduler.CreateScheduleGroup", { Name: name.value });
            toast("The group is created.", "success");
            reload();
        },
    });
}
