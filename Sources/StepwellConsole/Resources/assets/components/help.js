import { h } from "../core/dom.js";
import { keyboard } from "../core/keyboard.js";
import { Dialog } from "./dialog.js";

/** Lists the shortcuts of the page that is shown. */
export function showHelp() {
    if (document.querySelector("dialog[open]")) return;
    new Dialog("Keyboard shortcuts", {
        build: () =>
            h(
                "dl.shortcuts",
                {},
                keyboard.list.map(({ keys, label }) =>
                    h(
                        "div",
                        {},
                        h(
                            "dt",
                            {},
                            keys.split(" ").map((key) => h("kbd", {}, key === " " ? "Space" : key)),
                        ),
                        h("dd", {}, label),
                    )
                ),
            ),
    });
}
