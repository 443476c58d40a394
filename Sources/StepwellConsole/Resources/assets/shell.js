import { fill, h } from "./core/dom.js";
import { navigation } from "./core/navigation.js";
import { navigate } from "./core/router.js";
import { keyboard } from "./core/keyboard.js";
import { live } from "./core/live.js";
import { get, isAbort } from "./core/api.js";
import { nextTheme, theme } from "./core/theme.js";
import { preferences } from "./core/preferences.js";
import { icon } from "./components/icons.js";
import { iconButton } from "./components/buttons.js";
import { toast, toastRegion } from "./components/toast.js";
import { globalSearch } from "./components/global-search.js";
import { showHelp } from "./components/help.js";
import { account } from "./components/account.js";

const themeIcons = { auto: "contrast", light: "sun", dark: "moon" };

/** What stands around every page: navigation, search, theme, connection, notices. */
export class Shell {
    #links = new Map();
    main = h("main", { id: "main", tabindex: "-1" });

    constructor() {
        this.search = globalSearch();
        this.themeButton = iconButton("", themeIcons[theme()], () => this.#switchTheme());
        this.zoneButton = h("button.zone", { type: "button", onclick: () => this.#switchZone() });
        this.connection = h("span.connection", { role: "status" });
        this.account = h("span.account", {});
        this.#nameTheme();
        this.#nameZone();
        this.elements = [
            this.#skip(),
            this.#header(),
            this.#navigation(),
            this.main,
            toastRegion(),
        ];
        live.addEventListener("change", () => this.#showConnection());
        this.#shortcuts();
        this.#about();
    }

    /** Marks the navigation's entry of the page that is shown. */
    showing(route) {
        for (const [section, link] of this.#links) {
            if (section === route.section) link.setAttribute("aria-current", "page");
            else link.removeAttribute("aria-current");
        }
        document.body.classList.remove("navigating");
        scrollTo(0, 0);
    }

    #skip() {
        return h("a.skip", {
            href: "#main",
            onclick: (event) => {
                event.preventDefault();
                this.main.focus();
            },
        }, "Skip to the content");
    }

    #header() {
        return h(
            "header.top",
            {},
            iconButton("Navigation", "menu", () => document.body.classList.toggle("navigating"), {
                class: "menu-button",
            }),
            h(
                "a.brand",
                { href: "#/" },
                h("img", { src: "assets/icon.svg", alt: "", width: 24, height: 24 }),
                "Stepwell",
            ),
            this.search.element,
            h(
                "div.top-tools",
                {},
                this.connection,
                this.account,
                this.zoneButton,
                this.themeButton,
                iconButton("Keyboard shortcuts (?)", "keyboard", showHelp),
            ),
        );
    }

    #navigation() {
        const entries = navigation.map((entry) => {
            const link = h(
                "a",
                { href: entry.hash, title: `${entry.label} (${entry.keys})` },
                icon(entry.icon),
                h("span", {}, entry.label),
            );
            this.#links.set(entry.section, link);
            return h("li", {}, link);
        });
        this.about = h("p.about", {});
        return h("nav.side", { "aria-label": "Main" }, h("ul", {}, entries), this.about);
    }

    #shortcuts() {
        keyboard.add(null, "?", "Show the shortcuts", showHelp);
        keyboard.add(null, "/", "Search", () => this.search.input.focus());
        for (const { keys, label, hash } of navigation) {
            keyboard.add(null, keys, `Go to ${label.toLowerCase()}`, () => navigate(hash));
        }
        keyboard.add(null, "t", "Change the theme", () => this.#switchTheme());
    }

    async #about() {
        try {
            const about = await get("about");
            fill(
                this.about,
                `Version ${about.version}`,
                h("br"),
                `${about.region} · ${about.accountId}`,
            );
            fill(this.account, await account(await get("session")));
        } catch (error) {
            if (!isAbort(error) && error.status !== 401) toast(error.message, "error");
        }
    }

    #switchTheme() {
        toast(`Theme: ${nextTheme()}`);
        this.#nameTheme();
    }

    #nameTheme() {
        const label = `Theme: ${theme()}`;
        this.themeButton.setAttribute("aria-label", label);
        this.themeButton.title = label;
        fill(this.themeButton, icon(themeIcons[theme()]));
    }

    #switchZone() {
        preferences.set("zone", preferences.get("zone") === "utc" ? "local" : "utc");
        this.#nameZone();
        this.reload?.();
    }

    #nameZone() {
        const isUTC = preferences.get("zone") === "utc";
        this.zoneButton.textContent = isUTC ? "UTC" : "Local";
        this.zoneButton.title = isUTC
            ? "Times are in UTC; show them in this computer's zone"
            : `Times are in ${Intl.DateTimeFormat().resolvedOptions().timeZone}; show them in UTC`;
    }

    #showConnection() {
        const texts = { open: "Live", lost: "Reconnecting…", connecting: "Connecting…" };
        this.connection.dataset.state = live.state;
        fill(
            this.connection,
            live.state !== "idle" && [h("span.dot", {}), h("span", {}, texts[live.state])],
        );
    }
}
