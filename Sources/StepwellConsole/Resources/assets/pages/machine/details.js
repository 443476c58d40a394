import { fill, h } from "../../core/dom.js";
import { call } from "../../core/api.js";
import { button } from "../../components/buttons.js";
import { field } from "../../components/dialog.js";
import { card, facts } from "../../components/facts.js";
import { moment } from "../../components/time.js";
import { statusBadge } from "../../components/status.js";
import { toast } from "../../components/toast.js";

/** What else is known of a state machine, and its tags. */
export async function showDetails(panel, scope, described) {
    const tags = h("div", {});
    fill(
        panel,
        h(
            "div.stack",
            {},
            card(
                "State machine",
                facts([
                    ["Status", statusBadge(described.status)],
                    ["Type", described.type === "EXPRESS" ? "Express" : "Standard"],
                    ["Created", moment(described.creationDate)],
                    ["Role", h("span.mono", {}, described.roleArn)],
                    ["Revision", described.revisionId && h("span.mono", {}, described.revisionId)],
                    ["Logging", logging(described.loggingConfiguration)],
                    ["Tracing", described.tracingConfiguration?.enabled ? "On" : "Off"],
                ]),
            ),
            card("Tags", tags),
        ),
    );
    await showTags(tags, scope, described.stateMachineArn);
}

function logging(configuration) {
    if (!configuration || configuration.level === "OFF") return "Off";
    return `${configuration.level}${configuration.includeExecutionData ? ", with data" : ""}`;
}

async function showTags(holder, scope, resourceArn) {
    const reload = () => showTags(holder, scope, resourceArn);
    const { tags } = await call("ListTagsForResource", { resourceArn }, scope.signal);
    const key = h("input", { type: "text", maxlength: 128 });
    const value = h("input", { type: "text", maxlength: 256 });
    const change = async (operation, members) => {
        try {
            await call(operation, { resourceArn, ...members });
            await reload();
        } catch (error) {
            toast(error.message, "error");
        }
    };
    fill(
        holder,
        tags.length === 0 && h("p.muted", {}, "No tags."),
        h(
            "ul.tags",
            {},
            tags.map((tag) =>
                h(
                    "li",
                    {},
                    h("strong", {}, tag.key),
                    h("span", {}, tag.value),
                    button("Remove", {
                        variant: "small",
                        "aria-label": `Remove ${tag.key}`,
                        onclick: () => change("UntagResource", { tagKeys: [tag.key] }),
                    }),
                )
            ),
        ),
        h(
            "form.edit-fields",
            {
                onsubmit: (event) => {
                    event.preventDefault();
                    change("TagResource", { tags: [{ key: key.value, value: value.value }] });
                },
            },
            field("Key", key),
            field("Value", value),
            button("Add", { icon: "plus", type: "submit" }),
        ),
    );
}
