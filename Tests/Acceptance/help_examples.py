#!/usr/bin/env python3
"""Every example of every command's help, run as it stands there; and how help is written.

The examples of a command run one after another in a folder with the files that they name, beside
a server with the state machines and executions that they name; `Surroundings` makes all that once.
An example that goes on (`serve`, `worker`) has to say something and to end in order. Prints
`N passed, N failed`.
"""

import contextlib
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from certificates import Authority
from checks import Checks
from command_help import Command, commands
from cryptography import x509
from process import Process, wait
from sfnctl_server import sfnctl

check = Checks()
ROOT = pathlib.Path(__file__).resolve().parents[2]
PORT = "8083"
# Commands that go on until they are told to end, and options that have others do.
SERVICES = {"serve", "worker", "dev", "watch"}
FOLLOWING = "--follow"
# The columns of the terminal that help is written for.
WIDTH = 80
HELLO = {"StartAt": "Greet", "States": {"Greet": {
    "Type": "Pass", "Parameters": {"hello.$": "$.name"}, "End": True}}}
PAY = "arn:aws:lambda:us-east-1:000000000000:function:charge"
SHIP = "arn:aws:states:us-east-1:000000000000:activity:ship"
FILES = {
    "hello.asl.json": json.dumps(HELLO),
    "nightly.asl.json": wait(2),
    "today.json": "{}",
    "order.json": '{"id": 18}',
    "orders.json": '{"orders": [{"id": 1, "total": 120}, {"id": 2, "total": 80}]}',
    "orders.asl.json": json.dumps({"StartAt": "Pay", "States": {"Pay": {
        "Type": "Task", "Resource": PAY, "Comment": "${TableName}", "End": True}}}),
    "table.asl.json": '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "${Table}", '
                      '"End": true}}}',
    "table.asl.yaml": "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Result: ${Table}\n"
                      "    End: true\n",
    "state.json": '{"Type": "Pass", "Result": {"a": 1}, "End": true}',
    "pay.json": json.dumps({"Type": "Task", "Resource": PAY, "End": True}),
    "MockConfigFile.json": json.dumps({
        "StateMachines": {"orders": {"TestCases": {"HappyPath": {"Pay": "Paid"}}}},
        "MockedResponses": {"Paid": {"0": {"Return": {
            "StatusCode": 200, "Payload": {"paid": True}}}}}}),
    "stepwell.yaml": "server:\n  dataDir: data\n  port: 8083\nfunctions:\n"
                     "  charge:\n    directory: src\n    handler: app.charge\n",
    "keys.ini": "[me]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n",
    "src/app.py": "def handler(event, context):\n    return event\n\n\ncharge = handler\n",
    "orders.asl.yaml": "StartAt: Check\nStates:\n  Check:\n    Type: Pass\n    Result: ok\n"
                       "    Comment: ${TableName}\n    End: true\n",
    "orders.test.yaml": "machine: hello.asl.json\ncases:\n- name: a busy shop\n"
                        "  input: {name: world}\n  expect: {output: {hello: world}}\n",
    "tests/hello.test.yaml": "machine: ../hello.asl.json\ncases:\n- name: it greets\n"
                             "  input: {name: world}\n  expect: {output: {hello: world}}\n",
    "template.yaml": "Resources:\n  Greeting:\n    Type: AWS::Serverless::StateMachine\n"
                     "    Properties:\n      DefinitionUri: hello.asl.json\n",
    "cdk.out/manifest.json": json.dumps({"version": "36.0.0", "artifacts": {"Shop": {
        "type": "aws:cloudformation:stack",
        "properties": {"templateFile": "Shop.template.json"}}}}),
    "cdk.out/Shop.template.json": json.dumps({
        "Parameters": {"Stage": {"Type": "String"}},
        "Resources": {"Greeting": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {
            "RoleArn": "arn:aws:iam::000000000000:role/any",
            "DefinitionString": json.dumps(HELLO)}}}}),
    "shop/hello.asl.json": json.dumps(HELLO),
    "event.json": json.dumps({"source": "shop", "detail-type": "Order", "detail": {}}),
    "pattern.json": '{"source": ["shop"]}',
    "entries.json": '[{"Source": "shop", "DetailType": "Order", "Detail": "{}"}]',
    "ship.py": "#!/usr/bin/env python3\nimport json, sys\njson.load(sys.stdin)\n"
               "print('\"shipped\"')\n",
}


class Surroundings:
    """A folder and a server as the examples want them; made once, and copied for each command."""

    def __init__(self, scratch: pathlib.Path):
        self.scratch = scratch
        self.template = scratch / "template"
        self.variables: dict[str, str] = {}
        (self.template / "src").mkdir(parents=True)
        for name, text in FILES.items():
            (self.template / name).parent.mkdir(exist_ok=True)
            (self.template / name).write_text(text)
            (self.template / name).chmod(0o700)
        authority = Authority(scratch, "authority")
        server = pathlib.Path(authority.vouched(
            x509.DNSName("localhost"), file="template/server.pem"))
        shutil.copyfile(server, server.with_suffix(".key"))
        # The programs that the examples call, whatever the machine calls them.
        programs = scratch / "bin"
        programs.mkdir()
        (programs / "sfnctl").symlink_to(pathlib.Path(sfnctl()).resolve())
        for name, words in (("python3", [sys.executable]),
                            ("aws", [sys.executable, "-m", "awscli"])):
            (programs / name).write_text(f"#!/bin/sh\nexec {shlex.join(words)} \"$@\"\n")
            (programs / name).chmod(0o755)
        kept = {name: os.environ[name] for name in ("LANG",) if name in os.environ}
        self.environment = {
            **kept, "PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(scratch),
            "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_DEFAULT_REGION": "us-east-1", "AWS_PAGER": "", "COLUMNS": str(WIDTH)}
        with Process(str(self.template / "data")) as server:
            self.fill(server)
            server.stop()

    def fill(self, server: Process) -> None:
        """The state machines, activities and executions."""
        call = server.call
        call("CreateActivity", name="ship")
        call("CreateActivity", name="old-activity")
        hello = server.machine("hello", json.dumps(HELLO))
        for _ in range(50):
            call("StartExecution", stateMachineArn=hello, input='{"name": "world"}')
        server.machine("greet", json.dumps(HELLO), type="EXPRESS")
        server.machine("old", wait(1))
        orders = server.machine("orders", json.dumps({"StartAt": "Check", "States": {
            "Check": {"Type": "Choice", "Default": "Ship", "Choices": [
                {"Variable": "$.bad", "IsPresent": True, "Next": "Refuse"}]},
            "Refuse": {"Type": "Fail", "Error": "Refused"},
            "Ship": {"Type": "Task", "Resource": SHIP, "End": True}}}),
            tags=[{"key": "stage", "value": "test"}])
        versions = [call("PublishStateMachineVersion", stateMachineArn=orders)
                    ["stateMachineVersionArn"]]
        text = json.loads(call("DescribeStateMachine", stateMachineArn=orders)["definition"])
        for comment in ("second", "third"):
            call("UpdateStateMachine", stateMachineArn=orders,
                 definition=json.dumps({"Comment": comment, **text}))
            versions.append(call("PublishStateMachineVersion", stateMachineArn=orders)
                            ["stateMachineVersionArn"])
        for name in ("PROD", "OLD"):
            call("CreateStateMachineAlias", name=name, routingConfiguration=[
                {"stateMachineVersionArn": versions[0], "weight": 100}])
        call("StartExecution", stateMachineArn=orders, name="order-16", input='{"bad": 1}')
        run = call("StartExecution", stateMachineArn=orders, name="order-17")["executionArn"]
        call("StartExecution", stateMachineArn=orders, name="test-1")
        child = {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                 **json.loads(wait(600))}
        wide = server.machine("wide", json.dumps({"StartAt": "Each", "States": {"Each": {
            "Type": "Map", "ItemProcessor": child, "End": True}}}))
        everything = call("StartExecution", stateMachineArn=wide, name="all",
                          input="[1, 2, 3]")["executionArn"]
        # The task of one execution is handed out, so that its token is known.
        self.variables["TOKEN"] = call("GetActivityTask", activityArn=SHIP)["taskToken"]
        self.variables["EXECUTION"] = run
        deadline = time.monotonic() + 20
        while not (runs := call("ListMapRuns", executionArn=everything)["mapRuns"]):
            assert time.monotonic() < deadline, "there is no Map Run"
            time.sleep(0.05)
        self.variables["MAP_RUN"] = runs[0]["mapRunArn"]
        self.variables["ID"] = self.undelivered(server)

    @staticmethod
    def undelivered(server: Process) -> str:
        """Rules that start a state machine that is not there; the id of their dead letter."""
        def call(target: str, **members):
            service, operation = target.split(".")
            return server.call(operation, service=service, **members)

        call("StepwellTriggers.CreateApiKey", Name="old-partner")
        call("AWSEvents.CreateEventBus", Name="orders")
        for bus in ("default", "orders"):
            call("AWSEvents.PutRule", Name="large-orders", EventBusName=bus,
                 EventPattern='{"detail": {"total": [{"numeric": [">", 100]}]}}')
            call("AWSEvents.PutTargets", Rule="large-orders", EventBusName=bus, Targets=[
                {"Id": "1", "Arn": "arn:aws:states:us-east-1:000000000000:stateMachine:gone",
                 "RoleArn": "arn:aws:iam::000000000000:role/any"}])
        call("AWSEvents.PutEvents", Entries=[
            {"Source": "shop", "DetailType": "Order", "Detail": '{"total": 200}'}])
        deadline = time.monotonic() + 20
        while not (letters := call("StepwellTriggers.ListDeadLetters")["deadLetters"]):
            assert time.monotonic() < deadline, "there is no dead letter"
            time.sleep(0.05)
        return letters[0]["id"]

    @contextlib.contextmanager
    def copied(self):
        """A folder for the examples of one command, and a server on the same beginning."""
        with tempfile.TemporaryDirectory(dir=self.scratch) as place:
            folder = pathlib.Path(place) / "work"
            shutil.copytree(self.template, folder)
            served = pathlib.Path(place) / "served"
            shutil.copytree(self.template / "data", served)
            with Process(str(served), cwd=self.template) as server:
                yield folder, server

    def run(self, example: str, folder: pathlib.Path, server: Process) -> None:
        """Runs one example; raises when it does not work."""
        words = shlex.split(example, comments=True)
        goes_on = words[1] in SERVICES or FOLLOWING in words
        if words[1] == "serve" and "--port" not in words:
            example += " --port 0"
        environment = {**self.environment, **self.variables,
                       "AWS_ENDPOINT_URL_SFN": f"http://127.0.0.1:{server.port}"}
        line = example.replace(PORT, str(server.port))
        shell = ["bash", "-euo", "pipefail", "-c", ("exec " if goes_on else "") + line]
        if not goes_on:
            done = subprocess.run(shell, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, timeout=60, check=False)
            assert done.returncode == 0, f"{done.returncode}: {done.stdout}{done.stderr}"
            return
        process = subprocess.Popen(shell, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            assert (said := process.stdout.readline()), f"it has ended: {process.wait(20)}"
            process.send_signal(signal.SIGTERM)
            # One that only shows something is ended by the signal itself.
            status = process.wait(20)
            assert status in (0, -signal.SIGTERM), f"{status}: {said}{process.stdout.read()}"
        finally:
            if process.poll() is None:
                process.kill()
            process.stdout.close()


@check
def every_command_has_examples(found: list[Command], _):
    for command in found:
        lines = [line for line in command.examples() if line.startswith(command.name + " ")
                 or line == command.name]
        if not command.subcommands or command.words == ["sfnctl"]:
            assert lines, f"{command.name} --help has no example of it"


@check
def help_is_written_in_one_way(found: list[Command], _):
    wrong = []
    for command in found:
        if not command.abstract.endswith("."):
            wrong.append(f"{command.name}: '{command.abstract}' is no sentence")
        for paragraph in command.prose():
            if len(paragraph) > 1:
                wrong.append(f"{command.name}: the lines of '{paragraph[0]}' are broken by hand: "
                             "end them with a backslash, so that a terminal's width breaks them")
        for line in command.discussion.split("\n"):
            if line.startswith("  ") and len(line) > WIDTH:
                wrong.append(f"{command.name}: longer than {WIDTH} characters: {line}")
        for argument in command.arguments:
            name = argument.get("valueName") or ""
            if not argument.get("abstract"):
                wrong.append(f"{command.name}: nothing is said of '{name}'")
    assert not wrong, "\n" + "\n".join(sorted(set(wrong)))


@check
def help_is_shown_for_every_command(found: list[Command], surroundings):
    for command in found:
        path = command.words[1:]
        texts = [subprocess.run([sfnctl(), *words], capture_output=True, text=True, timeout=20,
                                env=surroundings.environment, check=True).stdout
                 for words in (["help", *path], [*path, "--help"])]
        assert texts[0] == texts[1] and command.abstract.split()[0] in texts[0], command.name
        small = set(re.findall("<([a-z][a-z0-9-]*)>", texts[0])) - {"options", "subcommand"}
        assert not small, (command.name, small)
        long = [line for line in texts[0].split("\n") if len(line) > WIDTH
                and not line.startswith("USAGE:")]
        assert not long, (command.name, long)


@check
def every_command_has_a_manual_page(found: list[Command], surroundings):
    folder = surroundings.scratch / "man"
    done = subprocess.run([sys.executable, str(ROOT / "Tools" / "man"), str(folder)],
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done
    for command in found:
        text = (folder / f"{'-'.join(command.words)}.1").read_text()
        for section in ("NAME", "SYNOPSIS", *(["EXAMPLES"] if command.examples() else [])):
            assert f".SH {section}\n" in text, (command.name, section)
    for page in sorted(folder.iterdir()):
        done = subprocess.run(["groff", "-man", "-Kutf8", "-Tutf8", "-ww", str(page)], text=True,
                              capture_output=True, timeout=60, check=False)
        assert done.returncode == 0 and not done.stderr, (page, done.stderr)


def example_check(command: Command):
    """The check that runs a command's examples."""
    def run(_, surroundings: Surroundings):
        wrong = []
        with surroundings.copied() as (folder, server):
            for example in command.examples():
                try:
                    surroundings.run(example, folder, server)
                except (AssertionError, subprocess.TimeoutExpired) as problem:
                    wrong.append(f"{example}\n    {problem}")
        assert not wrong, "\n" + "\n".join(wrong)
    run.__name__ = "examples of " + command.name
    return run


def main() -> int:
    found = commands()
    for command in found:
        if command.examples():
            check(example_check(command))
    with tempfile.TemporaryDirectory() as scratch:
        surroundings = Surroundings(pathlib.Path(scratch))
        return check.run(found, surroundings)


if __name__ == "__main__":
    sys.exit(main())
