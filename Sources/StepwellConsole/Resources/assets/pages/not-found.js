import { fill } from "../core/dom.js";
import { links } from "../core/links.js";
import { linkButton } from "../components/buttons.js";
import { empty } from "../components/placeholders.js";

export default function notFound({ main, title }) {
    title("Not found");
    fill(
        main,
        empty(
            "There is no such page",
            "The address may be mistyped, or of another version of the console.",
            linkButton("Executions", links.executions(), { variant: "primary" }),
        ),
    );
}
