import { fill, h } from "../core/dom.js";
import { pageHead } from "../components/page-head.js";
import { Tabs } from "../components/tabs.js";
import { showActivities } from "./tasks/activities.js";
import { showWaiting } from "./tasks/waiting.js";

/** Tasks that wait for somebody to answer them, and the activities whose workers do. */
export default function tasks({ main, query, scope, title, setQuery }) {
    title("Tasks");
    const tabs = new Tabs([
        { id: "waiting", label: "Waiting tasks", show: showWaiting },
        { id: "activities", label: "Activities", show: showActivities },
    ], { label: "Tasks", scope, onSelect: (tab) => setQuery({ tab }) });
    fill(
        main,
        pageHead({
            title: "Tasks",
            subtitle: h(
                "span",
                {},
                "Work that waits for an answer: callbacks by their token, and activities.",
            ),
        }),
        tabs.element,
    );
    tabs.select(query.tab);
}
