import { fill, h } from "../../core/dom.js";
import { isAbort, post } from "../../core/api.js";
import { links } from "../../core/links.js";
import { parsedDefinition, statesOf } from "../../core/asl.js";
import { linkButton } from "../../components/buttons.js";
import { GraphView } from "../../components/graph-view.js";
import { jsonView } from "../../components/json-view.js";
import { failure } from "../../components/placeholders.js";

/** The graph of a definition, and its text; a chosen state's own text. */
export async function showDefinition(panel, scope, described) {
    const arn = described.stateMachineArn;
    const states = statesOf(parsedDefinition(described.definition));
    const text = h("div.stack", {});
    const show = (name) => {
        const found = states.find((each) => each.name === name);
        fill(
            text,
            found &&
                h(
                    "div.actions",
                    {},
                    h("h2", {}, found.name),
                    h("span.chip", {}, found.state.Type),
                    linkButton("Test this state", links.testState(arn, found.name), {
                        icon: "flask",
                        variant: "small",
                    }),
                ),
            jsonView(found ? JSON.stringify(found.state) : described.definition, {
                label: found ? `State ${found.name}` : "Definition",
                file: `${described.name}.asl.json`,
                maximumLines: 28,
            }),
        );
    };
    const graph = new GraphView({ label: `Graph of ${described.name}`, onSelect: show });
    graph.element.classList.add("tall");
    fill(panel, h("div.split", {}, graph.element, text));
    show(null);
    try {
        const { svg } = await post("graph", { stateMachineArn: arn }, scope.signal);
        graph.setDrawing(svg);
    } catch (error) {
        if (!isAbort(error)) fill(graph.holder, failure(error));
    }
}
