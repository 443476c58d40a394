import { svg } from "../core/dom.js";

/** Paths on a field of 24 by 24, drawn as strokes. */
const paths = {
    play: "M7 5l11 7-11 7z",
    pause: "M8 5v14M16 5v14",
    stop: "M6 6h12v12H6z",
    graph: "M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-2a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v2",
    search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
    plus: "M12 5v14M5 12h14",
    close: "M6 6l12 12M18 6L6 18",
    check: "M5 12.5l4.5 4.5L19 7",
    alert: "M12 4l9 16H3zM12 10v4M12 17v.5",
    info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8v.5",
    copy: "M9 9h11v11H9zM5 15H4V4h11v1",
    down: "M6 9l6 6 6-6",
    right: "M9 6l6 6-6 6",
    left: "M15 6l-6 6 6 6",
    first: "M17 6l-6 6 6 6M7 6v12",
    last: "M7 6l6 6-6 6M17 6v12",
    edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
    trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
    refresh: "M19 8a8 8 0 1 0 1 6M20 4v5h-5",
    download: "M12 4v11M7 11l5 5 5-5M5 20h14",
    clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l4 2",
    sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3" +
        "M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
    moon: "M20 14A8 8 0 1 1 10 4a6.5 6.5 0 0 0 10 10z",
    contrast: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 8h7M12 12h9M12 16h7",
    keyboard: "M3 6h18v12H3zM7 10v.5M11 10v.5M15 10v.5M8 14h8",
    menu: "M4 7h16M4 12h16M4 17h16",
    fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
    minus: "M5 12h14",
    flask: "M10 3v6L4 20h16L14 9V3M8 3h8M7 15h10",
    list: "M8 6h12M8 12h12M8 18h12M4 6v.5M4 12v.5M4 18v.5",
    tag: "M4 4h8l8 8-8 8-8-8zM8 8v.5",
    token: "M12 3l8 4v5c0 5-3.5 8-8 9-4.500-1-8-4-8-9V7zM9 12l2 2 4-4",
    chart: "M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6",
    calendar: "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
    log: "M5 4h14v16H5zM9 9h6M9 13h6M9 17h3",
    wrap: "M4 6h16M4 12h13a3 3 0 0 1 0 6h-5M14 15l-3 3 3 3M4 18h3",
    retry: "M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5",
    layers: "M12 4l9 5-9 5-9-5zM3 14l9 5 9-5",
};

/** An icon; it says nothing to a screen reader. */
export function icon(name) {
    return svg(
        "svg.icon",
        { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
        svg("path", { d: paths[name] ?? paths.info }),
    );
}
