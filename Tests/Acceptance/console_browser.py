#!/usr/bin/env python3
"""The console in a browser, as its users go through it: write, start, watch, look back, approve,
stop, redrive, sign in; and what every page keeps to, at two widths, light and dark.

STEPWELL_CONSOLE_DIR serves the console's files from a directory. Pictures of every page are kept
in .build/test-artefacts/console.
"""

import contextlib
import json
import os
import pathlib
import shutil
import sys
import tempfile
import time

from browser import DESKTOP, PHONE, Browser
from checks import Checks
from process import PASS, Process, wait
from page_rules import focus_problems, problems

check = Checks()
PICTURES = pathlib.Path(__file__).resolve().parents[2] / ".build" / "test-artefacts" / "console"
EVIL = "<img src=x onerror=window.hit=1>"
SECRET = "open sesame"
KEYS = f"[default]\naws_access_key_id = AKIDCONSOLE\naws_secret_access_key = {SECRET}\n"
CONFIG = """
triggers:
  eventBuses: {orders: {}}
  schedules:
    from-file: {expression: cron(0 0 1 1 ? *), stateMachine: quick}
"""
ITERATIONS, CHILDREN = 5_000, 300


def definition(**states: dict) -> str:
    """States in the order in which they are given, each followed by the next."""
    names = list(states)
    for name, following in zip(names, names[1:] + [None]):
        if states[name]["Type"] not in ("Fail", "Succeed", "Choice"):
            states[name].update({"Next": following} if following else {"End": True})
    return json.dumps({"StartAt": names[0], "States": states}, indent=2)


def approval(quick: str) -> str:
    """A definition that asks for an approval by a token, with a state whose name is markup."""
    return definition(**{
        "Prepare": {"Type": "Pass", "Parameters": {"order.$": "$.order", "ready": True}},
        "Approve": {
            "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.waitForTaskToken",
            "Parameters": {"StateMachineArn": quick, "Input": {"token.$": "$$.Task.Token"}}},
        EVIL: {"Type": "Pass"},
        "Rest": {"Type": "Wait", "Seconds": 1}})


class Console:
    """A server, its console in a browser, and what is on it."""

    def __init__(self, server: Process, page: Browser):
        self.server, self.page = server, page
        self.root = f"http://127.0.0.1:{server.port}/console/"
        self.quick = server.machine("quick")
        self.waiting = server.machine("approval", approval(self.quick))
        inline = {"Type": "Map", "ItemProcessor": json.loads(PASS)}
        self.wide = self.start(
            server.machine("wide", definition(Each=inline)), "wide", list(range(ITERATIONS)))
        self.run_of_children()

    def run_of_children(self) -> None:
        """An execution whose children wait, pass and fail."""
        processor = {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Kind", "States": {
                "Kind": {"Type": "Choice", "Default": "Good", "Choices": [
                    {"Variable": "$", "NumericEquals": 7, "Next": "Bad"},
                    {"Variable": "$", "NumericEquals": 8, "Next": "Late"}]},
                "Good": {"Type": "Pass", "End": True},
                "Bad": {"Type": "Fail", "Error": "Bad", "Cause": EVIL},
                "Late": {"Type": "Wait", "Seconds": 600, "End": True}}}
        state = {"Type": "Map", "ItemProcessor": processor, "ToleratedFailureCount": 5,
                 "MaxConcurrency": 40}
        machine = self.server.machine("children", definition(Items=state))
        self.parent = self.start(machine, "parent", list(range(CHILDREN)))
        runs = self.server.call("ListMapRuns", executionArn=self.parent)["mapRuns"]
        self.map_run = runs[0]["mapRunArn"]

    def start(self, machine: str, name: str, given) -> str:
        """An execution's ARN."""
        return self.server.call("StartExecution", stateMachineArn=machine, name=name,
                                input=json.dumps(given))["executionArn"]

    def show(self, hash_: str, selector: str = "main h1") -> None:
        """Opens a page of the console that is open already, and waits until it is there."""
        self.page.run("location.hash = given[0]", hash_)
        self.page.wait(lambda: self.page.run(
            "return decodeURIComponent(location.hash).startsWith(decodeURIComponent(given[0]))",
            hash_.split("?")[0]))
        self.page.one(selector)

    def write(self, label: str, text: str) -> None:
        """Puts a text in an editor in place of what it has, as pasting does."""
        self.page.paste(label, text)

    def type(self, label: str, text: str) -> None:
        """Types into the field of the open dialog, or of the page, that has a label."""
        self.page.type(label, text)

    def click(self, text: str, selector: str = "button") -> None:
        """Clicks on what has a text, in the open dialog if there is one."""
        is_open = self.page.run("return Boolean(document.querySelector('dialog[open]'))")
        self.page.click(f"dialog[open] {selector}" if is_open else selector, text)

    def status(self, arn: str) -> str:
        """What the API says of an execution."""
        return self.server.call("DescribeExecution", executionArn=arn)["status"]

    def unharmed(self) -> None:
        """Nothing that a user wrote has become markup, and the browser has nothing to say."""
        assert self.page.run("return window.hit ?? null") is None
        assert self.page.run("return document.querySelectorAll('img[src=x]').length") == 0
        assert not (said := self.page.complaints()), said


@check
def a_mistake_is_seen_and_mended(console):
    page = console.page
    console.show("#/machines/new")
    console.type("Name", "orders")
    text = approval(console.quick)
    console.write("Definition", text.replace('"Next": "Approve"', '"Next": "Aprove"'))
    problem = page.one(".problem", "Aprove")
    assert page.one("main .button.primary", "Create").get_attribute("disabled")
    problem.click()
    line = text[:text.index('"Next": "Approve"')].count("\n") + 1
    page.one(".editor .position", f"Line {line},")
    console.write("Definition", text)
    page.one(".problems-none", "No problems")
    assert page.one("[data-state=Approve]"), "the graph is drawn beside it"
    console.click("Create")
    page.one("dialog[open] h2", "Start orders")
    console.write("Input", '{"order": ')
    page.wait(lambda: page.one("dialog[open] .button.primary").get_attribute("disabled"))
    console.write("Input", json.dumps({"order": EVIL}))
    console.click("Start execution")
    page.one(".page-head .badge", "Running")
    page.one("[data-state=Approve][data-status=running]")
    console.unharmed()


@check
def a_token_is_approved_and_watched_to_the_end(console):
    page = console.page
    execution = page.run("return location.hash")
    console.show("#/tasks", ".data tbody tr")
    row = page.one(".data tbody tr", "Approve")
    assert "orders" in row.text and "onerror" in row.text, row.text
    page.click(".data tbody .button", "Succeed")
    console.write("Output", json.dumps({"approved": EVIL}))
    console.click("Succeed")
    page.one(".empty", "Nothing waits")
    page.run("location.hash = given[0]", execution)
    page.one(".page-head .badge", "Running")
    page.one("[data-state=Rest][data-status=running]")
    page.one(".page-head .badge", "Succeeded")
    page.one(f'[data-state="{EVIL}"][data-status=succeeded]')
    page.one(".side-panel .json", "approved")
    console.unharmed()


@check
def one_slides_back_in_time(console):
    page = console.page
    page.click("button[aria-label='First event']")
    page.one(".side-panel header .chip", "at event 1")
    page.wait(lambda: page.all("[data-state=Prepare][data-status=notEntered]"))
    for _ in range(3):
        page.click("button[aria-label^='Next event']")
    page.one(".side-panel header .chip", "at event 4")
    page.one(".side-panel .branches", "Approve")
    assert "at=4" in page.run("return location.hash")
    page.open(page.driver.current_url)
    page.one(".side-panel header .chip", "at event 4")
    page.one("[data-state=Approve][data-status=running]")
    page.one(f'[data-state="{EVIL}"][data-status=notEntered]')
    page.click("button[aria-label='Last event']")
    page.click(f'[data-state="{EVIL}"][data-status=succeeded]')
    page.one(".side-panel h2", EVIL)
    page.one(".side-panel", "approved")
    console.unharmed()


@check
def what_was_refused_is_redriven_and_stopped(console):
    page = console.page
    run = console.start(console.waiting, "refused", {"order": 18})
    console.show(f"#/execution/{run}")
    page.click(".branches .actions .button", "Fail")
    console.type("Error", "Refused")
    console.type("Cause", EVIL)
    console.click("Fail", "footer button")
    page.one(".page-head .badge", "Failed")
    page.one(".side-panel .notice", EVIL)
    console.click("Redrive", ".page-head button")
    console.click("Redrive", "footer button")
    page.one(".page-head .badge", "Running")
    page.one(".page-head .chip", "redriven 1 time")
    console.click("Stop", ".page-head button")
    console.type("Cause", EVIL)
    console.click("Stop", "footer button")
    page.one(".page-head .badge", "Aborted")
    assert console.status(run) == "ABORTED"
    console.unharmed()


@check
def a_state_is_tested_and_versions_are_compared(console):
    page = console.page
    shaped = {"Type": "Pass", "InputPath": "$.a", "ResultPath": "$.r"}
    machine = console.server.machine("shaped", definition(Shape=dict(shaped)), publish=True)
    console.show(f"#/machine/{machine}/test")
    console.write("Input", json.dumps({"a": {"b": EVIL}}))
    console.click("Run the state")
    page.one(".notice", "Succeeded")
    page.one(".steps", "After InputPath")
    page.one(".steps", EVIL)
    console.server.call("UpdateStateMachine", stateMachineArn=machine, publish=True,
                        definition=definition(Shape=shaped | {"Comment": EVIL}))
    console.show(f"#/machine/{machine}?tab=changes")
    page.one("main", EVIL)
    console.unharmed()


@check
def many_are_stopped_and_redriven_at_once(console):
    page = console.page
    machine = console.server.machine("sleeps", wait(600))
    for index in range(3):
        console.start(machine, f"sleeps-{index}", {"of": index})
    console.show(f"#/machine/{machine}", ".data tbody tr")
    field = page.one("main input[aria-label='Input contains']")
    field.send_keys('"of": 1')
    page.wait(lambda: len(page.all(".data tbody tr")) == 1)
    field.clear()
    field.send_keys(" ")
    page.wait(lambda: len(page.all(".data tbody tr")) == 3)
    page.click("input[aria-label^='Select all']")
    console.click("Stop 3", ".bulk button")
    console.click("Stop", "footer button")
    page.one(".status-filter.aborted .number", "3")
    console.click("Redrive 3", ".bulk button")
    console.click("Redrive", "footer button")
    page.one(".status-filter.running .number", "3")
    console.click("Clear", ".bulk button")
    console.click("Start execution", ".page-head button")
    template = page.one("dialog[open] option:nth-of-type(2)", "sleeps-2")
    template.click()
    page.wait(lambda: page.run(
        "return document.querySelector('dialog[open] textarea').value.includes('2')"))
    page.click("dialog[open] button[aria-label=Close]")
    console.unharmed()


@check
def thousands_of_iterations_open_at_once(console):
    page = console.page
    page.wait(lambda: console.status(console.wide) == "SUCCEEDED", 60)
    console.show("#/executions")
    took = page.run("""
        const begin = performance.now();
        location.hash = given[0];
        while (!document.querySelector("[data-state=P][data-status=succeeded]") ||
            !document.querySelector(".page-head .badge.succeeded")) {
            await new Promise(requestAnimationFrame);
        }
        return performance.now() - begin""", f"#/execution/{console.wide}")
    assert took < 1000, f"{took:.0f} ms"
    page.click("[data-state=P]")
    page.one(".visit-browser", f"{ITERATIONS:,}")
    slowest, rows = page.run("""
        const list = document.querySelector(".visit-browser .virtual");
        let slowest = 0;
        for (let step = 0; step < 60; step += 1) {
            const begin = performance.now();
            list.scrollTop += 400;
            await new Promise(requestAnimationFrame);
            slowest = Math.max(slowest, performance.now() - begin);
        }
        return [slowest, list.querySelectorAll(".virtual-row").length]""")
    assert slowest < 200 and rows < 100, (slowest, rows)
    console.unharmed()


@check
def what_was_opened_stays_while_the_execution_goes_on(console):
    page = console.page
    rests = {"StartAt": "Rest", "States": {
        "Rest": {"Type": "Wait", "SecondsPath": "$.rest", "End": True}}}
    failing = {"StartAt": "Bad", "States": {"Bad": {"Type": "Fail", "Error": "Bad"}}}
    machine = console.server.machine("goes-on", json.dumps({"StartAt": "Try", "States": {
        "Try": {"Type": "Parallel", "Branches": [failing], "Next": "Many", "ResultPath": None,
                "Catch": [{"ErrorEquals": ["Bad"], "Next": "Many", "ResultPath": None}]},
        "Many": {"Type": "Map", "ItemProcessor": rests, "End": True}}}))
    seconds = [*range(3, 15), 600, 600]
    run = console.start(machine, "goes-on", [{"rest": each, "id": 2**63 + 1} for each in seconds])
    console.show(f"#/execution/{run}?tab=events")
    page.one(".edge.catch.taken")
    assert not page.all(".edge.next.taken[data-from=Try]"), "it went on by the Catch alone"
    page.click(".branches summary", "under way")
    page.click(".segments button", "Tree")
    page.one(".event-row .chip", "14 ways")
    shown = """
        const types = [...document.querySelectorAll(".event-list .event-type")];
        return types.every((each) => each.textContent === "WaitStateExited") && types.length"""
    count = "return Number(document.querySelector('[role=tab] .count:not(:empty)').textContent)"
    before = page.run(count)
    page.wait(lambda: page.run(
        "return document.querySelector('.event-list .virtual-rows').clientHeight / 32") > before)
    assert not page.run("return document.querySelector('.branches details').open")
    page.click("select[aria-label='Type of the event'] option[value=''] ~ optgroup option",
             "WaitStateExited")
    found = page.wait(lambda: page.run(shown))
    page.wait(lambda: page.run(shown) > found)
    page.click("[data-state=Rest]")
    page.one(".side-panel .json", str(2**63 + 1))
    console.unharmed()


@check
def an_answer_that_is_no_json_is_seen(console):
    page = console.page
    run = console.start(console.waiting, "answered", {"order": 19})
    console.show(f"#/execution/{run}")
    page.click(".branches .actions .button", "Succeed")
    console.write("Output", '{"approved": ')
    page.one("dialog[open] .editor footer", "JSON")
    page.one("dialog[open] .gutter-line.error")
    console.write("Output", "{}")
    console.click("Succeed", "footer button")
    page.one(".page-head .badge", "Succeeded")
    console.unharmed()


@check
def all_that_fit_are_selected(console):
    page = console.page
    machine = console.server.machine("many")
    for index in range(60):
        console.start(machine, f"many-{index}", {})
    console.show(f"#/machine/{machine}", ".more button")
    page.click("input[aria-label^='Select all']")
    page.one(".bulk", "50 executions selected")
    console.click("Select all that fit", ".bulk button")
    page.one(".bulk", "60 executions selected")
    page.click(".data tbody input[type=checkbox]")
    head = "return document.querySelector('thead input').indeterminate"
    assert page.run(head), "some of them are selected"
    console.click("Clear", ".bulk button")
    assert page.run("return !document.querySelector('thead input').checked") and not page.run(head)
    page.run("document.querySelector('.data tbody a.row-link').focus()")
    focused = "return document.activeElement.textContent"
    before = page.run(focused)
    console.start(machine, "many-more", {})
    page.one(".data a.row-link", "many-more")
    assert page.run(focused) == before, "a new row takes no focus away"
    console.unharmed()


@check
def a_map_run_is_followed_and_changed(console):
    page = console.page
    console.show(f"#/map-runs/{console.parent}", ".data tbody tr")
    page.click(".data a.row-link")
    page.one(".run-counts", f"{CHILDREN - 2}", 30)
    page.click(".run-counts button", "failed")
    page.one(".children .badge", "Failed")
    assert len(page.all(".children tbody tr")) == 1
    console.click("Change the settings")
    console.type("Concurrency", "77")
    console.click("Change", "footer button")
    page.one(".facts", "at most 77")
    page.click(".children a.row-link")
    page.one(".side-panel .notice", EVIL)
    page.click(".crumbs a", "Map Run")
    page.one("h1", "Map Run")
    console.show("#/executions")
    page.press("/")
    page.press(console.map_run)
    page.click(".global-search .option", console.map_run)
    page.one("h1", "Map Run")
    console.unharmed()


@check
def a_schedule_is_made_and_the_files_is_fixed(console):
    page = console.page
    console.show("#/triggers", ".data tbody tr")
    assert "configuration file" in page.one(".data tbody tr", "from-file").text
    assert not page.all(".data tbody button"), "what the file defines cannot be changed here"
    console.click("Create schedule")
    console.type("Name", "nightly")
    console.type("Times", "cron(30 2 * * ? *)")
    console.type("Target", console.quick)
    page.one(".next-times li", "02:30")
    console.click("Create", "footer button")
    row = page.one(".data tbody tr", "nightly")
    assert "Enabled" in row.text, row.text
    page.click("button[aria-label='Disable nightly']")
    page.one(".data .badge", "Disabled")
    page.click("button[aria-label='Edit nightly']")
    console.type("Times", "rate(0 minutes)")
    page.one(".next-times .failed", "rate")
    console.type("Times", "rate(2 days)")
    console.click("Save", "footer button")
    page.one(".data tbody tr", "rate(2 days)")
    assert "Disabled" in page.one(".data tbody tr", "nightly").text
    page.click("button[aria-label='Delete nightly']")
    console.click("Delete", "footer button")
    page.wait(lambda: len(page.all(".data tbody tr")) == 1)
    page.complaints()


@check
def a_rule_is_tried_and_its_dead_letter_sent_anew(console):
    page = console.page
    console.show("#/triggers?tab=rules", ".empty")
    console.click("Create rule", ".filters button")
    console.type("Name", "large")
    total = {"total": [{"numeric": [">", 9]}]}
    console.write("Event pattern", json.dumps({"source": ["shop"], "detail": total}))
    console.click("Create", "footer button")
    page.one("h1", "large")
    page.one(".notice", "The pattern fits")
    event = json.loads(page.run("return document.querySelector('textarea').value"))
    console.write("Event to try", json.dumps(event | {"detail": {"total": 9}}))
    page.one(".notice", "does not fit")
    console.write("Event to try", json.dumps(event | {"detail": {"total": 10, "by": EVIL}}))
    page.one(".notice", "The pattern fits")
    console.click("Add target")
    console.type("Target", console.quick.replace("quick", "later"))
    console.click("Add", "footer button")
    page.one(".data a", "later")
    console.click("Send an event")
    console.click("Send", "footer button")
    console.show("#/triggers?tab=dead-letters", ".data tbody tr")
    page.click(".data .row-link", "StateMachineDoesNotExist")
    page.one("dialog[open] .json", EVIL)
    machine = console.server.machine("later")
    console.click("Redrive")
    page.one(".empty", "No dead letters")
    page.wait(lambda: console.server.call("ListExecutions", stateMachineArn=machine)["executions"])
    console.unharmed()


@check
def a_route_and_a_key_are_made(console):
    page = console.page
    console.show("#/triggers?tab=keys", ".empty")
    console.click("Create API key", ".filters button")
    console.type("Name", "shop")
    console.click("Create", "footer button")
    key = page.one("dialog[open] .shown-key code").text
    console.click("Done")
    page.click("[role=tab]", "HTTP routes")
    console.click("Create route", ".filters button")
    console.type("Name", "take")
    console.type("Requests", "POST /take/{id}")
    page.click("dialog[open] select option[value=API_KEY]")
    console.type("State machine", console.quick)
    console.click("Create", "footer button")
    page.one(".data tbody tr", "any API key")
    answer = page.run("""
        const send = (key) => fetch("/take/7", {
            method: "POST", body: "{}",
            headers: { "x-api-key": key, "content-type": "application/json" },
        });
        return [(await send("none")).status, (await send(given[0])).status]""", key)
    assert answer == [403, 200], answer
    page.complaints()


@check
def the_log_is_written_as_it_happens(console):
    page = console.page
    console.show("#/log")
    lines = len(page.all(".log-line"))
    console.server.call("PutTargets", service="AWSEvents", Rule="large", Targets=[
        {"Id": "gone", "Arn": console.quick.replace("quick", "gone")}])
    console.server.call("PutEvents", service="AWSEvents", Entries=[
        {"Source": "shop", "DetailType": "Order", "Detail": json.dumps({"total": 99})}])
    page.wait(lambda: len(page.all(".log-line")) > lines)
    page.click(".log-line", "a trigger could not be delivered")
    page.one("dialog[open] .json", "StateMachineDoesNotExist")
    page.click("dialog[open] button[aria-label=Close]")
    page.one("main input[type=search]").send_keys("no such text")
    page.one(".empty", "No line fits")
    console.unharmed()


PAGES = {
    "executions": "#/executions", "machines": "#/machines", "new": "#/machines/new",
    "machine": "#/machine/{waiting}", "definition": "#/machine/{waiting}?tab=definition",
    "execution": "#/execution/{parent}", "iterations": "#/execution/{wide}?state=P",
    "events": "#/execution/{wide}?tab=events", "timeline": "#/execution/{parent}?tab=timeline",
    "test-state": "#/machine/{waiting}/test", "map-runs": "#/map-runs/{parent}",
    "map-run": "#/map-run/{run}", "tasks": "#/tasks", "activities": "#/tasks?tab=activities",
    "schedules": "#/triggers", "rules": "#/triggers?tab=rules", "rule": "#/rule/default/large",
    "buses": "#/triggers?tab=buses", "routes": "#/triggers?tab=routes",
    "dead-letters": "#/triggers?tab=dead-letters", "metrics": "#/metrics", "log": "#/log",
    "missing": "#/no/such/page",
}


@check
def every_page_keeps_to_the_rules(console):
    console.start(console.waiting, "waits", {"order": EVIL})
    names = {"waiting": console.waiting, "parent": console.parent, "wide": console.wide,
             "run": console.map_run.replace("/", "%2F")}
    found = []
    for size, width in ((DESKTOP, "desktop"), (PHONE, "phone")):
        console.page.resize(size)
        for name, address in PAGES.items():
            console.show(address.format(**names))
            settled(console.page)
            for theme in ("light", "dark"):
                console.page.command("Emulation.setEmulatedMedia", features=[
                    {"name": "prefers-color-scheme", "value": theme},
                    {"name": "prefers-reduced-motion", "value": "reduce"}])
                picture(console.page, f"{name}-{width}-{theme}")
                if (width, theme) in (("desktop", "light"), ("phone", "dark")):
                    found += [f"{name} {width} {theme}: {each}"
                              for each in problems(console.page)]
    console.page.resize(DESKTOP)
    assert not found, "\n" + "\n".join(found)
    console.unharmed()


def settled(page: Browser) -> None:
    """Waits until nothing loads any more."""
    page.wait(lambda: page.run("""
        await new Promise((resolve) => setTimeout(resolve, 120));
        return !document.querySelector("main .loading, main .skeleton, main [aria-busy]")"""))


def picture(page: Browser, name: str) -> None:
    """Keeps what the whole page looks like."""
    (PICTURES / f"{name}.png").write_bytes(page.picture())


@check
def the_tabulator_goes_through_a_page(console):
    found = []
    for address in ("#/executions", "#/triggers", f"#/execution/{console.parent}"):
        console.page.open(console.root + address)
        settled(console.page)
        found += [f"{address}: {each}" for each in focus_problems(console.page, 40)]
    assert not found, "\n" + "\n".join(found)
    console.page.run("document.activeElement.blur()")
    console.page.press("gm")
    console.page.one("h1", "State machines")


@check
def one_signs_in_and_out(_):
    with tempfile.TemporaryDirectory() as scratch:
        keys, audit = pathlib.Path(scratch, "keys.ini"), pathlib.Path(scratch, "audit")
        keys.touch(mode=0o600)
        keys.write_text(KEYS, encoding="ascii")
        with served("--credentials", str(keys), "--audit", str(audit)) as server, \
                Browser() as page:
            console = Console.__new__(Console)
            console.server, console.page = server, page
            page.open(f"http://127.0.0.1:{server.port}/console/#/tasks?tab=activities")
            page.one("h1", "Sign in")
            settled(page)
            assert not (found := problems(page)), found
            picture(page, "sign-in")
            console.type("Access key ID", "AKIDCONSOLE")
            console.type("Secret access key", "wrong")
            console.click("Sign in", "main button")
            page.one(".form-error")
            console.type("Secret access key", SECRET)
            console.click("Sign in", "main button")
            page.one("[role=tab][aria-selected=true]", "Activities")
            page.one(".account", "AKIDCONSOLE")
            console.click("Create activity", ".filters button")
            console.type("Name", "by-hand")
            console.click("Create", "footer button")
            page.one(".data tbody tr", "by-hand")
            lines = [json.loads(line) for line in audit.read_text(encoding="utf-8").splitlines()]
            assert lines[-1]["eventName"] == "CreateActivity", lines
            assert lines[-1]["userIdentity"]["accessKeyId"] == "AKIDCONSOLE"
            page.click(".account button")
            page.click(".account [role=menuitem]", "Sign out")
            page.one("h1", "Sign in")
            refused = [each for each in page.complaints() if "401" not in each]
            assert not refused, refused


@contextlib.contextmanager
def served(*arguments: str):
    """A server, with the console's files of a directory if that is wanted."""
    if folder := os.environ.get("STEPWELL_CONSOLE_DIR"):
        arguments = (*arguments, "--console-dir", folder)
    with tempfile.TemporaryDirectory() as scratch:
        with Process(f"{scratch}/data", *arguments) as server:
            yield server


@contextlib.contextmanager
def kept_when_it_fails(console: Console):
    """The console for one check: what a failed one saw is kept, and the next begins anew."""
    try:
        yield console
    except Exception:
        picture(console.page, f"failure-{len(list(PICTURES.glob('failure-*')))}")
        console.page.open(console.root)
        console.page.complaints()
        raise


def main() -> int:
    """All checks go through one browser, one after another, as a user does."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        config = pathlib.Path(scratch, "stepwell.yaml")
        config.write_text(CONFIG, encoding="ascii")
        with served("--config", str(config)) as server, Browser() as page:
            page.open(f"http://127.0.0.1:{server.port}/console/")
            page.one("h1")
            console = Console(server, page)
            status = check.run(lambda: kept_when_it_fails(console))
    print(f"{time.monotonic() - begin:.0f} s; pictures are in {PICTURES}")
    return status


if __name__ == "__main__":
    sys.exit(main())
