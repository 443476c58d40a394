#!/usr/bin/env python3
"""The README's first hour in a browser: a workflow written and watched, a function that fails,
the slider, the mended function, a schedule. The texts are those of the README."""

import contextlib
import json
import pathlib
import sys
import tempfile

from browser import Browser
from checks import Checks
from process import Process
from readme_commands import ROOT, steps

from selenium.webdriver.common.keys import Keys

check = Checks()


class Newcomer:
    """Someone at the console of a project, who has the README."""

    def __init__(self, project: pathlib.Path, server: Process, page: Browser):
        self.project, self.server, self.page = project, server, page
        found = steps((ROOT / "README.md").read_text(encoding="utf-8"))
        self.files = [(name, text) for kind, name, text in found if kind == "file"]

    def save(self, ending: str, version: int = 0) -> None:
        """Saves a file as the README has it, the first or a later version."""
        name, text = [each for each in self.files if each[0].endswith(ending)][version]
        (self.project / name).write_text(text, encoding="utf-8")

    def text(self, ending: str) -> str:
        """What a file of the README says."""
        return next(text for name, text in self.files if name.endswith(ending))

    def show(self, hash_: str, title: str) -> None:
        """Opens a page of the console."""
        self.page.run("location.hash = given[0]", hash_)
        self.page.one("main h1", title)

    def create(self, name: str, definition: str | None = None) -> None:
        """Creates a state machine in the editor."""
        self.show("#/machines", "State machines")
        self.page.click("a.button, button", "Create state machine")
        self.page.one("main h1", "New state machine")
        self.page.type("Name", name)
        if definition:
            self.page.paste("Definition", definition)
        self.page.one(".problems-none", "No problems")
        self.page.press_button("Create")
        self.page.one("dialog[open] h2", f"Start {name}")

    def start(self, given: str, name: str) -> None:
        """Starts an execution in the dialog that is open."""
        self.page.paste("Input", given)
        self.page.type("Name", name)
        self.page.press_button("Start execution")
        self.page.one("main h1", name)


@check
def a_first_workflow_is_watched_to_its_end(newcomer):
    newcomer.create("first")
    newcomer.start('{"name": "you"}', "mine")
    newcomer.page.one("main .badge", "Running")
    newcomer.page.one("main .badge", "Succeeded", 20)


@check
def a_failing_execution_is_understood_with_the_slider(newcomer):
    page = newcomer.page
    newcomer.save("app.py")
    newcomer.create("orders", newcomer.text("orders.asl.json"))
    newcomer.start('{"id": "18", "items": []}', "order-18")
    page.one("main .badge", "Failed", 20)
    page.one(".notice", "ZeroDivisionError\ninteger division or modulo by zero")
    page.click(".notice summary", "Stack trace")
    page.one(".notice pre", "sum(cents) // len(cents)")
    page.click("[data-state=Price]")
    page.one(".time-slider input[type=range]").send_keys(Keys.ARROW_LEFT * 3)
    page.one(".time-slider", "3 of 6")
    page.one("aside .badge", "Running")
    page.one("aside", '"items": []')


@check
def the_mended_function_lets_it_go_on(newcomer):
    newcomer.save("app.py", version=1)
    newcomer.page.press_button("Redrive")
    if newcomer.page.all("dialog[open]"):
        newcomer.page.press_button("Redrive")
    newcomer.page.one("main .badge", "Succeeded", 20)


@check
def a_schedule_is_set_by_a_name(newcomer):
    page = newcomer.page
    newcomer.show("#/triggers", "Triggers")
    newcomer.page.press_button("Create schedule")
    newcomer.page.type("Name", "nightly")
    newcomer.page.type("Times", "cron(30 2 * * ? *)")
    page.wait(lambda: page.one(".next-times li", "02:30:00"))
    newcomer.page.type("Target", "orders")
    newcomer.page.paste("Input", '{"id": "night", "items": []}')
    newcomer.page.press_button("Create")
    page.one("main td", "nightly")
    assert page.one("main td a", "orders").get_attribute("title").endswith(":stateMachine:orders")


@check
def executions_that_end_at_once_are_listed(newcomer):
    page = newcomer.page
    newcomer.show("#/executions", "Executions")
    page.one("main td", "order-18")
    machine = newcomer.server.machine("quick")
    for index in range(5):
        newcomer.server.call("StartExecution", stateMachineArn=machine, name=f"quick-{index}")
    for index in range(5):
        page.one("main tr", f"quick-{index}")
    page.one("main .more", "7 shown, no more")
    assert not (said := page.complaints()), said


def main() -> int:
    with contextlib.ExitStack() as stack:
        project = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (project / "functions").mkdir()
        configuration = json.dumps({"functions": {"price": {
            "directory": str(project / "functions"), "handler": "app.price"}}})
        (project / "functions" / "app.py").write_text("def price(event, context):\n    pass\n")
        (project / "stepwell.json").write_text(configuration, encoding="utf-8")
        arguments = ["--config", str(project / "stepwell.json"), *sys.argv[1:]]
        server = stack.enter_context(Process(str(project / "data"), *arguments))
        page = stack.enter_context(Browser())
        page.open(f"http://127.0.0.1:{server.port}/console/")
        page.one("main h1", "Executions")
        return check.run(Newcomer(project, server, page))


if __name__ == "__main__":
    sys.exit(main())
