"""A browser without a window, for the console's tests: Debian's chromium, driven by selenium."""

import base64
import contextlib
import os
import shutil
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

DESKTOP, PHONE = (1280, 860), (390, 844)
# The driver is Debian's own: selenium looks for none and reports to nobody.
os.environ.setdefault("SE_OFFLINE", "true")
os.environ.setdefault("SE_AVOID_STATS", "true")


class Browser:
    """A page of some size, light or dark; a context manager."""

    def __init__(self, size: tuple[int, int] = DESKTOP, dark: bool = False):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for argument in ("--no-sandbox", "--headless=new", "--disable-gpu", "--hide-scrollbars",
                         "--disable-dev-shm-usage", f"--user-data-dir={self.profile.name}"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(
            options=options, service=Service(shutil.which("chromedriver")))
        self.driver.set_script_timeout(30)
        self.resize(size)
        self.command("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_) -> None:
        self.driver.quit()
        self.profile.cleanup()

    def command(self, name: str, **members):
        """A command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(name, members)

    def resize(self, size: tuple[int, int]) -> None:
        """Gives the page another size; a narrow one is a phone's."""
        self.command("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1],
                     deviceScaleFactor=1, mobile=size[0] < 500)
        self.command("Emulation.setTouchEmulationEnabled", enabled=size[0] < 500)

    def picture(self, highest: int = 2000) -> bytes:
        """What the page looks like, as a PNG: with what is further down, to a height."""
        width, height = self.run("""
            const { clientWidth, scrollHeight } = document.documentElement;
            return [clientWidth, scrollHeight];""")
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, highest), "scale": 1}
        return base64.b64decode(self.command(
            "Page.captureScreenshot", captureBeyondViewport=True, optimizeForSpeed=True,
            clip=clip)["data"])

    def open(self, address: str) -> None:
        """Opens an address as if in a new tab."""
        self.driver.get("about:blank")
        self.driver.get(address)

    def all(self, selector: str) -> list:
        """The elements that a CSS selector finds."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str, text: str = "", seconds: float = 10):
        """The first shown element of a selector that holds a text, waited for."""
        end = time.monotonic() + seconds
        while True:
            with contextlib.suppress(Exception):
                for element in self.all(selector):
                    if element.is_displayed() and text in element.text:
                        return element
            assert time.monotonic() < end, f"no {selector} with {text!r} in {seconds} s"
            time.sleep(0.05)

    def wait(self, condition, seconds: float = 10):
        """Waits until a function gives something; gives that."""
        end = time.monotonic() + seconds
        while True:
            with contextlib.suppress(Exception):
                if found := condition():
                    return found
            assert time.monotonic() < end, f"not so in {seconds} s"
            time.sleep(0.05)

    def run(self, script: str, *arguments):
        """What a script returns; it may await."""
        answer = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "(async (...given) => {" + script + "})(...Array.from(arguments).slice(0, -1))"
            ".then((value) => done([value]), (error) => done([null, String(error)]));", *arguments)
        assert len(answer) == 1, answer[1]
        return answer[0]

    def click(self, selector: str, text: str = "") -> None:
        """Clicks an element, found again where the page has built it anew meanwhile."""
        self.wait(lambda: self.one(selector, text).click() or True)

    def press(self, keys: str) -> None:
        """Types where the focus is."""
        webdriver.ActionChains(self.driver).send_keys(keys).perform()

    def press_button(self, text: str) -> None:
        """Presses a button of the open dialog, or of the page when none is open."""
        is_open = self.run("return Boolean(document.querySelector('dialog[open]'))")
        self.click(f"{'dialog[open] ' if is_open else 'main '}button", text)

    def type(self, label: str, text: str) -> None:
        """Types into the field with a label, of the open dialog or of the page."""
        identifier = self.wait(lambda: self.run("""
            const root = document.querySelector("dialog[open]") ?? document;
            return [...root.querySelectorAll("label")]
                .find((each) => each.textContent === given[0]).htmlFor;""", label))
        field = self.one(f"#{identifier}")
        field.clear()
        field.send_keys(text)

    def paste(self, label: str, text: str) -> None:
        """Puts a text in an editor in place of what it has, as pasting does."""
        self.run("""
            const area = document.querySelector(`textarea[aria-label="${given[0]}"]`);
            area.focus();
            area.select();
            document.execCommand("insertText", false, given[1]);""", label, text)

    def complaints(self) -> list[str]:
        """The errors and warnings in the browser's console since the last time."""
        return [each["message"] for each in self.driver.get_log("browser")
                if each["level"] in ("SEVERE", "WARNING")]
