"""What every page of the console keeps to: names and roles, structure, contrast, sizes, focus."""

import pathlib

from selenium.webdriver.common.keys import Keys

from browser import Browser

OPERABLE = {"button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "slider",
            "tab", "menuitem", "option", "spinbutton", "switch", "progressbar", "img", "dialog",
            "navigation", "tablist", "listbox", "table"}
SCRIPT = pathlib.Path(__file__).with_name("page_rules.js").read_text(encoding="utf-8")
FOCUS = """
const element = document.activeElement;
if (element === document.body) return null;
const style = getComputedStyle(element);
const box = element.getBoundingClientRect();
const label = element.getAttribute('aria-label') ?? element.textContent;
return {
    what: element.localName + ' ' + label.trim().slice(0, 30),
    shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0,
    marked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) ||
        style.boxShadow !== 'none' || element.matches('svg *'),
    order: [...document.querySelectorAll('*')].indexOf(element),
};
"""


def problems(page: Browser) -> list[str]:
    """What is wrong with the page as it is shown."""
    return nameless(page) + page.run(SCRIPT)


def nameless(page: Browser) -> list[str]:
    """What can be used, or has to be called something, and has no name for a screen reader."""
    found = []
    for node in page.command("Accessibility.getFullAXTree")["nodes"]:
        role = node.get("role", {}).get("value")
        name = node.get("name", {}).get("value", "").strip()
        if node.get("ignored") or role not in OPERABLE or name:
            continue
        found.append(f"a {role} has no name: {markup(page, node)}")
    return found


def markup(page: Browser, node: dict) -> str:
    """The beginning of the markup of a node of the accessibility tree."""
    identifier = node.get("backendDOMNodeId")
    if identifier is None:
        return "?"
    return page.command("DOM.getOuterHTML", backendNodeId=identifier)["outerHTML"][:160]


def focus_problems(page: Browser, steps: int) -> list[str]:
    """What is wrong with where the tabulator leads, and with how that is shown."""
    page.run("document.activeElement.blur(); scrollTo(0, 0);")
    found, last = [], -1
    for step in range(steps):
        page.press(Keys.TAB)
        at = page.run(FOCUS)
        if at is None or at["order"] == last:
            break
        if not at["shown"]:
            found.append(f"the focus is out of sight: {at['what']}")
        if not at["marked"]:
            found.append(f"the focus does not show: {at['what']}")
        if at["order"] < last:
            found.append(f"the focus goes back: {at['what']}")
        if step == 0 and "Skip" not in at["what"]:
            found.append(f"the first stop is not the way to the content: {at['what']}")
        last = at["order"]
    return found
