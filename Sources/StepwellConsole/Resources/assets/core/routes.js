/**
 * Every page: its path, the navigation entry that it belongs to, and its module, whose default
 * export fills `main` from `{ main, params, query, scope, title, setQuery }`.
 * The first path that fits is taken; the last one fits all.
 */
export const routes = [
    { path: "/", section: "executions", load: () => import("../pages/executions.js") },
    { path: "/executions", section: "executions", load: () => import("../pages/executions.js") },
    { path: "/execution/:arn", section: "executions", load: () => import("../pages/execution.js") },
    { path: "/machines", section: "machines", load: () => import("../pages/machines.js") },
    { path: "/machines/new", section: "machines", load: () => import("../pages/machine-edit.js") },
    { path: "/machine/:arn", section: "machines", load: () => import("../pages/machine.js") },
    {
        path: "/machine/:arn/edit",
        section: "machines",
        load: () => import("../pages/machine-edit.js"),
    },
    {
        path: "/machine/:arn/test",
        section: "machines",
        load: () => import("../pages/test-state.js"),
    },
    { path: "*", section: null, load: () => import("../pages/not-found.js") },
];
