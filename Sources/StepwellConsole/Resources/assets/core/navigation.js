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
];
