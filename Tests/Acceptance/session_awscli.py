#!/usr/bin/env python3
"""A whole session with awscli, as in AWS's tutorials. Prints `N passed, N failed`.

State machine, execution, wait, history, stop, redrive, versions and an alias, tags, activity,
TestState; nothing but `aws stepfunctions` commands against `sfnctl serve`.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

from checks import Checks
from sfnctl_server import Server

ROLE = "arn:aws:iam::000000000000:role/session"
HELLO = {"StartAt": "Hello", "States": {
    "Hello": {"Type": "Pass", "Result": {"greeting": "hello"}, "Next": "Wait"},
    "Wait": {"Type": "Wait", "Seconds": 1, "End": True}}}
LONG = {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 600, "End": True}}}
check = Checks()


class Shell:
    """awscli in an environment of its own, and what the steps found."""

    def __init__(self, server: Server, home: str):
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self.environment = {
            **kept, "HOME": home, "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT_URL_SFN": server.endpoint,
            "AWS_DISABLE_HOST_PREFIX_INJECTION": "true", "AWS_PAGER": "", "AWS_MAX_ATTEMPTS": "1"}
        self.home = home
        self.machine = self.finished = self.stopped = self.failed = ""

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        """One command."""
        return subprocess.run(
            ["aws", "stepfunctions", *arguments], env=self.environment, capture_output=True,
            text=True, timeout=120)

    def __call__(self, *arguments: str) -> dict:
        """What one command that has to succeed prints."""
        ran = self.run(*arguments)
        assert ran.returncode == 0, f"{arguments}: {ran.stderr}"
        return json.loads(ran.stdout) if ran.stdout.strip() else {}

    def text(self, query: str, *arguments: str) -> str:
        """One value of what a command prints."""
        ran = self.run(*arguments, "--query", query, "--output", "text")
        assert ran.returncode == 0, f"{arguments}: {ran.stderr}"
        return ran.stdout.strip()

    def file(self, name: str, value: dict) -> str:
        """A file for `file://`."""
        path = os.path.join(self.home, name)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(value, file)
        return f"file://{path}"

    def ended(self, run: str, status: str) -> None:
        """Waits for an execution's end, as a script does."""
        deadline = time.monotonic() + 60
        while (now := self.text("status", "describe-execution", "--execution-arn", run)) \
                == "RUNNING" and time.monotonic() < deadline:
            time.sleep(0.2)
        assert now == status, now


@check
def create(aws):
    made = aws("create-state-machine", "--name", "hello", "--role-arn", ROLE,
               "--definition", aws.file("hello.json", HELLO), "--tags", "key=team,value=a")
    aws.machine = made["stateMachineArn"]
    assert aws.text("stateMachines[].name", "list-state-machines") == "hello"
    found = aws("describe-state-machine", "--state-machine-arn", aws.machine)
    assert json.loads(found["definition"]) == HELLO and found["status"] == "ACTIVE"
    assert aws("list-tags-for-resource", "--resource-arn", aws.machine)["tags"] == [
        {"key": "team", "value": "a"}]
    checked = aws("validate-state-machine-definition", "--definition",
                  aws.file("hello.json", HELLO))
    assert checked["result"] == "OK"


@check
def start_and_wait(aws):
    aws.finished = aws.text(
        "executionArn", "start-execution", "--state-machine-arn", aws.machine, "--name", "first",
        "--input", '{"who": "wörld"}')
    assert aws.finished.endswith(":execution:hello:first")
    aws.ended(aws.finished, "SUCCEEDED")
    found = aws("describe-execution", "--execution-arn", aws.finished)
    assert json.loads(found["output"]) == {"greeting": "hello"}
    assert json.loads(found["input"]) == {"who": "wörld"}
    assert aws.text("executions[].name", "list-executions", "--state-machine-arn", aws.machine,
                    "--status-filter", "SUCCEEDED") == "first"


@check
def history(aws):
    types = aws.text("events[].type", "get-execution-history", "--execution-arn", aws.finished)
    assert types.split() == [
        "ExecutionStarted", "PassStateEntered", "PassStateExited", "WaitStateEntered",
        "WaitStateExited", "ExecutionSucceeded"], types
    # awscli turns the pages itself.
    paged = aws.text("length(events)", "get-execution-history", "--execution-arn", aws.finished,
                     "--page-size", "2", "--reverse-order")
    assert sum(int(each) for each in paged.split()) == 6, paged


@check
def stop(aws):
    aws("update-state-machine", "--state-machine-arn", aws.machine,
        "--definition", aws.file("long.json", LONG))
    aws.stopped = aws.text("executionArn", "start-execution", "--state-machine-arn", aws.machine)
    assert aws("stop-execution", "--execution-arn", aws.stopped, "--error", "Enough",
               "--cause", "tired of it")["stopDate"]
    aws.ended(aws.stopped, "ABORTED")
    found = aws("describe-execution", "--execution-arn", aws.stopped)
    assert (found["error"], found["cause"]) == ("Enough", "tired of it")
    ran = aws.run("stop-execution", "--execution-arn", aws.stopped + "-not")
    assert ran.returncode in (254, 255) and "(ExecutionDoesNotExist)" in ran.stderr, ran


@check
def redrive(aws):
    ran = aws.run("redrive-execution", "--execution-arn", aws.stopped)
    assert ran.returncode == 0 and json.loads(ran.stdout)["redriveDate"], ran
    found = aws("describe-execution", "--execution-arn", aws.stopped)
    assert (found["status"], found["redriveCount"]) == ("RUNNING", 1), found
    types = aws.text("events[].type", "get-execution-history", "--execution-arn", aws.stopped)
    assert "ExecutionRedriven" in types.split(), types
    aws("stop-execution", "--execution-arn", aws.stopped)
    ran = aws.run("redrive-execution", "--execution-arn", aws.finished)
    assert ran.returncode in (254, 255) and "(ExecutionNotRedrivable)" in ran.stderr, ran


@check
def versions(aws):
    first = aws.text("stateMachineVersionArn", "publish-state-machine-version",
                     "--state-machine-arn", aws.machine, "--description", "long")
    assert first == aws.machine + ":1"
    second = aws.text("stateMachineVersionArn", "update-state-machine", "--state-machine-arn",
                      aws.machine, "--definition", aws.file("hello.json", HELLO), "--publish")
    assert second == aws.machine + ":2"
    listed = aws("list-state-machine-versions", "--state-machine-arn", aws.machine)
    assert [each["stateMachineVersionArn"] for each in listed["stateMachineVersions"]] == [
        second, first]
    run = aws.text("executionArn", "start-execution", "--state-machine-arn", second)
    aws.ended(run, "SUCCEEDED")


@check
def alias(aws):
    made = aws.text(
        "stateMachineAliasArn", "create-state-machine-alias", "--name", "PROD",
        "--routing-configuration", f"stateMachineVersionArn={aws.machine}:1,weight=0",
        f"stateMachineVersionArn={aws.machine}:2,weight=100")
    assert made == aws.machine + ":PROD"
    run = aws.text("executionArn", "start-execution", "--state-machine-arn", made)
    aws.ended(run, "SUCCEEDED")
    found = aws("describe-execution", "--execution-arn", run)
    assert found["stateMachineAliasArn"] == made
    assert found["stateMachineVersionArn"] == aws.machine + ":2"
    aws("update-state-machine-alias", "--state-machine-alias-arn", made,
        "--routing-configuration", f"stateMachineVersionArn={aws.machine}:1,weight=100")
    ran = aws.run("delete-state-machine-version", "--state-machine-version-arn",
                  aws.machine + ":1")
    assert ran.returncode in (254, 255) and "(ConflictException)" in ran.stderr, ran
    aws("delete-state-machine-version", "--state-machine-version-arn", aws.machine + ":2")
    aws("delete-state-machine-alias", "--state-machine-alias-arn", made)


@check
def activity(aws):
    arn = aws.text("activityArn", "create-activity", "--name", "pack")
    work = {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": arn, "End": True}}}
    working = aws.text("stateMachineArn", "create-state-machine", "--name", "work", "--role-arn",
                       ROLE, "--definition", aws.file("work.json", work))
    run = aws.text("executionArn", "start-execution", "--state-machine-arn", working,
                   "--input", '{"parcel": 7}')
    task = aws("get-activity-task", "--activity-arn", arn, "--worker-name", "me")
    assert json.loads(task["input"]) == {"parcel": 7}
    aws("send-task-heartbeat", "--task-token", task["taskToken"])
    aws("send-task-success", "--task-token", task["taskToken"], "--task-output", '{"packed": 1}')
    aws.ended(run, "SUCCEEDED")


@check
def test_state(aws):
    state = {"Type": "Pass", "Result": 1, "Next": "Next"}
    found = aws("test-state", "--definition", json.dumps(state), "--role-arn", ROLE)
    assert (found["status"], found["output"], found["nextState"]) == ("SUCCEEDED", "1", "Next")


@check
def clean_up(aws):
    for arn in aws.text("stateMachines[].stateMachineArn", "list-state-machines").split():
        aws("delete-state-machine", "--state-machine-arn", arn)
    for arn in aws.text("activities[].activityArn", "list-activities").split():
        aws("delete-activity", "--activity-arn", arn)
    assert aws("list-activities")["activities"] == []


def main() -> int:
    with tempfile.TemporaryDirectory() as home, Server() as server:
        shell = Shell(server, home)
        return check.run(lambda: shell)


if __name__ == "__main__":
    sys.exit(main())
