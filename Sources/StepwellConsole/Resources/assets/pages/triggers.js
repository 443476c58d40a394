import { fill, h } from "../core/dom.js";
import { pageHead } from "../components/page-head.js";
import { Tabs } from "../components/tabs.js";
import { showSchedules } from "./triggers/schedules.js";
import { showRules } from "./triggers/rules.js";
import { showBuses } from "./triggers/buses.js";
import { showRoutes } from "./triggers/routes.js";
import { showKeys } from "./triggers/keys.js";
import { showDeadLetters } from "./triggers/dead-letters.js";

/** What starts executions by itself: schedules, events, HTTP requests. */
export default function triggers({ main, query, scope, title, setQuery }) {
    title("Triggers");
    const withQuery = (show) => (panel, inner) => show(panel, inner, query, setQuery);
    const tabs = new Tabs([
        { id: "schedules", label: "Schedules", show: withQuery(showSchedules) },
        { id: "rules", label: "Rules", show: withQuery(showRules) },
        { id: "buses", label: "Event buses", show: showBuses },
        { id: "routes", label: "HTTP routes", show: showRoutes },
        { id: "keys", label: "API keys", show: showKeys },
        { id: "dead-letters", label: "Dead letters", show: showDeadLetters },
    ], { label: "Triggers", scope, onSelect: (tab) => setQuery({ tab }) });
    fill(
        main,
        pageHead({
            title: "Triggers",
            subtitle: h("span", {}, "What starts executions by itself: times, events, requests."),
        }),
        tabs.element,
    );
    tabs.select(query.tab);
}
