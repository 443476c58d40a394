#!/usr/bin/env python3
"""`sfnctl graph`: definitions and executions drawn. Prints `N passed, N failed`."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree

from api_boto3 import ended, machine
from checks import Checks, empty_directory
from sfnctl_server import Server, sfnctl

check = Checks()
SVG = "{http://www.w3.org/2000/svg}"
WORKFLOW = {"StartAt": "Try", "States": {
    "Try": {"Type": "Map", "ItemsPath": "$.items", "Next": "Judge", "ItemProcessor": {
        "StartAt": "Each", "States": {"Each": {"Type": "Pass", "End": True}}}},
    "Judge": {"Type": "Choice", "Default": "Never", "Choices": [
        {"Variable": "$[0].bad", "BooleanEquals": True, "Next": "Refuse"}]},
    "Refuse": {"Type": "Fail", "Error": "Bad"},
    "Never": {"Type": "Succeed"}}}


def run(*arguments: str, status: int = 0, text: str = "", cwd=None, path: str | None = None):
    """Runs `sfnctl graph` and expects an exit status; its standard output, and error."""
    environment = os.environ if path is None else {**os.environ, "PATH": path}
    done = subprocess.run([sfnctl(), "graph", *arguments], input=text.encode(), cwd=cwd,
                          capture_output=True, env=environment, timeout=120)
    assert done.returncode == status, (arguments, done)
    return done.stdout, done.stderr.decode()


def states(svg: bytes) -> dict:
    """The attributes of the states in a drawing."""
    root = xml.etree.ElementTree.fromstring(svg)
    return {group.get("data-state"): group.attrib for group in root.iter(f"{SVG}g")
            if group.get("data-state") is not None}


@check
def a_file_is_drawn_in_every_form(directory):
    name = "hello.asl.json"
    (directory / name).write_text(json.dumps(WORKFLOW))
    svg, _ = run(name, cwd=directory)
    assert set(states(svg)) == {"Try", "Each", "Judge", "Refuse", "Never"}, svg
    assert not any("data-status" in each for each in states(svg).values())
    assert b"prefers-color-scheme" in svg
    dark, _ = run(name, "-o", "svg", "--theme", "dark", "--direction", "right", cwd=directory)
    assert b"prefers-color-scheme" not in dark and states(dark).keys() == states(svg).keys()
    mermaid, _ = run(name, "-o", "mermaid", cwd=directory)
    assert mermaid.startswith(b"flowchart TD\n") and b"$.bad" not in mermaid, mermaid
    dot, _ = run("-", "-o", "dot", text=json.dumps(WORKFLOW))
    assert dot.startswith(b"digraph StateMachine {") and b"$[0].bad is true" in dot, dot
    assert run(name, cwd=directory)[0] == svg


@check
def yaml_placeholders_and_errors_have_drawings(directory):
    (directory / "a.asl.yaml").write_text(
        "StartAt: A\nStates:\n  A:\n    Type: Wait\n    Seconds: ${Delay}\n    Next: Gone\n")
    svg, _ = run("a.asl.yaml", "--substitute", "Delay=30", cwd=directory)
    assert b"Wait 30 s" in svg and states(svg)["Gone"]["data-type"] == "Missing", svg
    run("a.asl.yaml", cwd=directory)
    _, problem = run("-", text='{"StartAt":\n ]', status=65)
    assert problem.startswith("sfnctl: standard input:2:2: not JSON"), problem


@check
def pixels_are_made_by_what_is_installed(directory):
    text = json.dumps(WORKFLOW)
    (directory / "bin").mkdir()
    nothing, problem = run("-", "-o", "png", text=text, path=str(directory / "bin"), status=1)
    assert nothing == b"" and "apt-get install librsvg2-bin" in problem, problem
    present = [each for each in ["rsvg-convert", "chromium"] if shutil.which(each)]
    if not present:
        return "neither rsvg-convert nor chromium is installed"
    states = {f"S{i}": {"Type": "Pass", "Next": f"S{i + 1}"} for i in range(250)}
    long = json.dumps({"StartAt": "S0", "States": states | {"S250": {"Type": "Succeed"}}})
    for program in present:
        folder = directory / f"only-{program}"
        folder.mkdir()
        (folder / program).symlink_to(shutil.which(program))
        for each in [text, long]:
            png, _ = run("-", "-o", "png", text=each, path=str(folder))
            assert png.startswith(b"\x89PNG\r\n\x1a\n"), program
            size = [int.from_bytes(png[at:at + 4], "big") for at in (16, 20)]
            box = re.findall(rb'viewBox="0 0 (\d+) (\d+)', run("-", text=each)[0])[0]
            zoom = min(2.0, 16_384 / max(map(int, box)))
            for pixels, side in zip(size, box):
                assert abs(pixels - zoom * int(side)) <= 2, (program, size, box)
    return None


@check
def an_execution_has_the_colours_of_its_states(directory):
    with Server() as server:
        client = server.client()
        arn = machine(client, "drawn", WORKFLOW)
        execution = client.start_execution(
            stateMachineArn=arn, name="one",
            input=json.dumps({"items": [{"bad": True}, {}, {}]}))["executionArn"]
        ended(client, execution)
        sources = (["--data-dir", server.data], ["--endpoint", server.endpoint])
        for source in sources:
            svg, _ = run("--execution", "drawn:one", *source)
            found = {name: each["data-status"] for name, each in states(svg).items()}
            assert found == {"Try": "succeeded", "Each": "succeeded", "Judge": "succeeded",
                             "Refuse": "failed", "Never": "notEntered"}, found
            assert "3×".encode() in svg, svg
            early, _ = run("--execution", execution, "--at", "2", *source)
            found = {name: each["data-status"] for name, each in states(early).items()}
            assert found["Refuse"] == "notEntered" and found["Try"] == "running", found
            plain, _ = run(arn, *source)
            assert states(plain).keys() == found.keys()
            assert not any("data-status" in each for each in states(plain).values())
            _, problem = run(arn + "x", *source, status=1)
            assert problem.startswith("sfnctl: "), problem
        express = machine(client, "brief", {"StartAt": "Old", "States": {"Old": {
            "Type": "Succeed"}}}, type="EXPRESS")
        execution = client.start_execution(stateMachineArn=express)["executionArn"]
        client.update_state_machine(stateMachineArn=express, definition=json.dumps(
            {"StartAt": "New", "States": {"New": {"Type": "Succeed"}}}))
        for source in sources:
            for _ in range(50):
                svg, _ = run("--execution", execution, *source)
                found = {name: each["data-status"] for name, each in states(svg).items()}
                if found == {"Old": "succeeded"}:
                    break
                time.sleep(0.1)
            assert found == {"Old": "succeeded"}, found
            assert f"<title>{execution}</title>".encode() in svg, svg
    run("--execution", "drawn:one", "--endpoint", server.endpoint, status=69)
    run("--execution", "drawn:one", "--data-dir", str(directory / "none"), status=73)


@check
def what_does_not_go_together_is_usage(directory):
    (directory / "a.json").write_text("{}")
    for arguments in ([], ["a.json", "--data-dir", "d"], ["a.json", "--execution", "a:b"],
                      ["a.json", "--endpoint", "http://127.0.0.1:1"],
                      ["a.json", "--at", "3"], ["a.json", "-o", "gif"],
                      ["a.json", "--substitute", "x"]):
        run(*arguments, status=64, cwd=directory)


def main() -> int:
    return check.run(empty_directory)


if __name__ == "__main__":
    sys.exit(main())
