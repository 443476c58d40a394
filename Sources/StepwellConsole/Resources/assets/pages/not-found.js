import { fill, h } from "../core/dom.js";
import { links } from "../core/links.js";
import { linkButton } from "../components/buttons.js";
import { pageHead } from "../components/page-head.js";

export default function notFound({ main, title }) {
    title("Not found");
    fill(
        main,
        pageHead({
            title: "Page not found",
            subtitle: "The address may be mistyped, or of another version of the console.",
        }),
        h("p", {}, linkButton("Executions", links.executions(), { variant: "primary" })),
    );
}
