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
    { path: "/map-runs/:arn", section: "executions", load: () => import("../pages/map-runs.js") },
    { path: "/map-run/:arn", section: "executions", load: () => import("../pages/map-run.js") },
    { path: "/tasks", section: "tasks", load: () => import("../pages/tasks.js") },
    { path: "/triggers", section: "triggers", load: () => import("../pages/triggers.js") },
    { path: "/rule/:bus/:name", section: "triggers", load: () => import("../pages/rule.js") },
    { path: "/metrics", section: "metrics", load: () => import("../pages/metrics.js") },
    { path: "/log", section: "log", load: () => import("../pages/log.js") },
    { path: "/sign-in", section: null, load: () => import("../pages/sign-in.js") },
    { path: "*", section: null, load: () => import("../pages/not-found.js") },
];
