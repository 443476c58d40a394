/** The entries of the navigation, in order: `keys` goes there from the keyboard. */
export const navigation = [
    { section: "executions", label: "Executions", icon: "play", hash: "#/executions", keys: "g e" },
    {
        section: "machines",
        label: "State machines",
        icon: "graph",
        hash: "#/machines",
        keys: "g m",
    },
    { section: "tasks", label: "Tasks", icon: "token", hash: "#/tasks", keys: "g t" },
    { section: "triggers", label: "Triggers", icon: "calendar", hash: "#/triggers", keys: "g r" },
    { section: "metrics", label: "Metrics", icon: "chart", hash: "#/metrics", keys: "g o" },
    { section: "log", label: "Log", icon: "log", hash: "#/log", keys: "g l" },
];
