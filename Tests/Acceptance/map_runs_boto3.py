#!/usr/bin/env python3
"""Distributed Map states and their Map Runs as boto3 sees them on `sfnctl serve`.

A server that is killed in the middle of a run is part of it. Prints `N passed, N failed`.
"""

import json
import subprocess
import sys
import time

from api_boto3 import PASS, ROLE, ended, refused
from checks import Checks
from sfnctl_server import Server, sfnctl

check = Checks()
WAIT = {"StartAt": "Snooze", "States": {"Snooze": {"Type": "Wait", "Seconds": 600, "End": True}}}
FAIL_AT_3 = {"StartAt": "Judge", "States": {
    "Judge": {"Type": "Choice", "Default": "Good", "Choices": [
        {"Variable": "$", "NumericEquals": 3, "Next": "Bad"}]},
    "Good": {"Type": "Pass", "End": True}, "Bad": {"Type": "Fail", "Error": "Three"}}}


def distributed(processor: dict, **fields) -> str:
    """A definition whose only state is a distributed Map."""
    config = {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}}
    return json.dumps({"StartAt": "Each", "States": {"Each": {
        "Type": "Map", "ItemProcessor": {**config, **processor}, "End": True, **fields}}})


def begin(client, name: str, definition: str, items) -> str:
    """Creates a state machine and starts an execution; its ARN."""
    arn = client.create_state_machine(
        name=name, roleArn=ROLE, definition=definition)["stateMachineArn"]
    return client.start_execution(stateMachineArn=arn, input=json.dumps(items))["executionArn"]


def run_of(client, execution: str) -> dict:
    """The one Map Run of an execution, as soon as there is one."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        runs = client.list_map_runs(executionArn=execution)["mapRuns"]
        if runs:
            return runs[0]
        time.sleep(0.02)
    raise AssertionError("no Map Run")


def counts(client, run: str, **expected) -> dict:
    """Waits until a run's counts are as expected; its description."""
    deadline = time.monotonic() + 10
    while True:
        found = client.describe_map_run(mapRunArn=run)
        shown = {name: count for name, count in found["executionCounts"].items() if count}
        assert found["itemCounts"] == found["executionCounts"]
        if shown == expected:
            return found
        assert time.monotonic() < deadline, shown
        time.sleep(0.02)


@check
def tolerated(server, client):
    arn = begin(client, "tolerated",
                distributed(FAIL_AT_3, Label="items", ToleratedFailureCount=1), [1, 2, 3, 4])
    assert json.loads(ended(client, arn)["output"]) == [1, 2, 4]
    run = run_of(client, arn)
    prefix = arn.rsplit(":", 2)[0].replace(":execution", "")
    assert run["mapRunArn"].startswith(f"{prefix}:mapRun:tolerated/items:")
    assert run["executionArn"] == arn and run["startDate"] <= run["stopDate"]
    found = counts(client, run["mapRunArn"], succeeded=3, failed=1, total=4)
    assert (found["status"], found["executionArn"]) == ("SUCCEEDED", arn)
    assert (found["maxConcurrency"], found["toleratedFailureCount"],
            found["toleratedFailurePercentage"]) == (0, 1, 0.0)


@check
def children(server, client):
    arn = begin(client, "children",
                distributed(FAIL_AT_3, Label="items", ToleratedFailurePercentage=50), [1, 3])
    ended(client, arn)
    run = run_of(client, arn)["mapRunArn"]
    listed = client.list_executions(mapRunArn=run)["executions"]
    assert [item["status"] for item in listed] == ["FAILED", "SUCCEEDED"]
    failed = client.list_executions(mapRunArn=run, statusFilter="FAILED")["executions"]
    assert failed == listed[:1] and failed[0]["mapRunArn"] == run
    child = client.describe_execution(executionArn=failed[0]["executionArn"])
    assert (child["mapRunArn"], child["error"], child["input"]) == (run, "Three", "3")
    assert child["stateMachineArn"].endswith(":stateMachine:children/items")
    machine = client.describe_state_machine_for_execution(executionArn=child["executionArn"])
    assert json.loads(machine["definition"])["StartAt"] == "Judge"
    assert (machine["label"], machine["mapRunArn"]) == ("items", run)
    types = [event["type"] for event in client.get_execution_history(
        executionArn=child["executionArn"])["events"]]
    assert types == ["ExecutionStarted", "ChoiceStateEntered", "ChoiceStateExited",
                     "FailStateEntered", "ExecutionFailed"]
    mine = client.list_executions(stateMachineArn=arn.replace(":execution:", ":stateMachine:")
                                  .rsplit(":", 1)[0])["executions"]
    assert [item["executionArn"] for item in mine] == [arn], "children are listed by Map Run only"


@check
def pages(server, client):
    arn = begin(client, "pages", distributed({**PASS}, Label="p"), list(range(7)))
    ended(client, arn)
    run = run_of(client, arn)["mapRunArn"]
    names, token = [], {}
    while True:
        page = client.list_executions(mapRunArn=run, maxResults=3, **token)
        names += [item["name"] for item in page["executions"]]
        if "nextToken" not in page:
            break
        token = {"nextToken": page["nextToken"]}
    assert len(set(names)) == len(names) == 7
    refused("InvalidToken", client.list_executions, mapRunArn=run, nextToken="bad")


@check
def update_and_stop(server, client):
    arn = begin(client, "update", distributed(WAIT, MaxConcurrency=1), [1, 2, 3])
    run = run_of(client, arn)["mapRunArn"]
    counts(client, run, running=1, pending=2, total=3)
    client.update_map_run(mapRunArn=run, maxConcurrency=2, toleratedFailurePercentage=12.5,
                          toleratedFailureCount=7)
    found = counts(client, run, running=2, pending=1, total=3)
    assert (found["maxConcurrency"], found["toleratedFailureCount"],
            found["toleratedFailurePercentage"]) == (2, 7, 12.5)
    refused("ValidationException", client.update_map_run, mapRunArn=run,
            toleratedFailurePercentage=100.5)
    client.stop_execution(executionArn=arn)
    assert counts(client, run, aborted=3, total=3)["status"] == "ABORTED"
    refused("ValidationException", client.update_map_run, "not running", mapRunArn=run,
            maxConcurrency=1)
    deadline = time.monotonic() + 10
    while True:
        found = {item["status"] for item in client.list_executions(mapRunArn=run)["executions"]}
        if found == {"ABORTED"}:
            break
        assert time.monotonic() < deadline, found
        time.sleep(0.02)
    types = [event["type"] for event in client.get_execution_history(executionArn=arn)["events"]]
    assert types[-2:] == ["MapRunAborted", "ExecutionAborted"]


@check
def exceeded(server, client):
    arn = begin(client, "exceeded", distributed(FAIL_AT_3), [3, 1])
    found = ended(client, arn)
    assert found["error"] == "States.ExceedToleratedFailureThreshold", found
    assert client.describe_map_run(
        mapRunArn=run_of(client, arn)["mapRunArn"])["status"] == "FAILED"


# Fails for the item 3 until it is redriven; an execution's redrives show in its context.
JUDGE = ("{% $states.context.Execution.RedriveCount = 0 and $states.input = 3"
         " ? $error('Three') : $states.input %}")
FAIL_ONCE_AT_3 = {"StartAt": "Judge", "States": {
    "Judge": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": JUDGE, "End": True}}}


def redriven(client, execution: str) -> dict:
    """Redrives an execution; its description when it has ended again."""
    client.redrive_execution(executionArn=execution)
    return ended(client, execution)


@check
def redrive(server, client):
    arn = begin(client, "redriven", distributed(FAIL_ONCE_AT_3, MaxConcurrency=1, Label="r"),
                [1, 2, 3, 4])
    assert ended(client, arn)["status"] == "FAILED"
    run = run_of(client, arn)["mapRunArn"]
    found = counts(client, run, succeeded=2, failed=1, aborted=1, total=4)
    assert (found["status"], found["redriveCount"]) == ("FAILED", 0) and "redriveDate" not in found
    child = client.list_executions(mapRunArn=run, statusFilter="FAILED")["executions"][0]
    shown = client.describe_execution(executionArn=child["executionArn"])
    assert shown["redriveStatus"] == "REDRIVABLE_BY_MAP_RUN", shown
    refused("ExecutionNotRedrivable", client.redrive_execution, executionArn=child["executionArn"])
    assert json.loads(redriven(client, arn)["output"]) == [1, 2, 3, 4]
    assert len(client.list_map_runs(executionArn=arn)["mapRuns"]) == 1, "the same run goes on"
    found = counts(client, run, succeeded=4, total=4)
    assert (found["status"], found["redriveCount"]) == ("SUCCEEDED", 1)
    assert found["startDate"] <= found["redriveDate"] <= found["stopDate"]
    events = client.get_execution_history(executionArn=arn)["events"]
    types = [event["type"] for event in events]
    assert types == ["ExecutionStarted", "MapStateEntered", "MapStateStarted", "MapRunStarted",
                     "MapRunFailed", "MapStateFailed", "ExecutionFailed", "ExecutionRedriven",
                     "MapRunRedriven", "MapRunSucceeded", "MapStateSucceeded", "MapStateExited",
                     "ExecutionSucceeded"], types
    assert events[8]["mapRunRedrivenEventDetails"] == {"mapRunArn": run, "redriveCount": 1}
    for filter_, count in (("REDRIVEN", 1), ("NOT_REDRIVEN", 3)):
        listed = client.list_executions(mapRunArn=run, redriveFilter=filter_)["executions"]
        assert len(listed) == count, listed
    types = [event["type"] for event in client.get_execution_history(
        executionArn=child["executionArn"])["events"]]
    assert types == ["ExecutionStarted", "PassStateEntered", "EvaluationFailed",
                     "ExecutionFailed", "ExecutionRedriven", "PassStateExited",
                     "ExecutionSucceeded"], types


@check
def pending_redrive(server, client):
    slow = {"StartAt": "Snooze", "States": {
        "Snooze": {"Type": "Wait", "Seconds": 1, "Next": "Judge"}, **FAIL_AT_3["States"]}}
    arn = begin(client, "pending", distributed(slow, MaxConcurrency=3, Label="p"), [3, 3, 3, 3])
    run = run_of(client, arn)["mapRunArn"]
    counts(client, run, running=3, pending=1, total=4)
    client.update_map_run(mapRunArn=run, maxConcurrency=1)
    client.stop_execution(executionArn=arn)
    counts(client, run, aborted=4, total=4)
    client.redrive_execution(executionArn=arn)
    found = client.describe_map_run(mapRunArn=run)
    assert (found["status"], found["redriveCount"]) == ("RUNNING", 1), found
    counts(client, run, running=1, pendingRedrive=2, pending=1, total=4)
    listed = client.list_executions(mapRunArn=run, statusFilter="PENDING_REDRIVE")["executions"]
    assert [item["status"] for item in listed] == ["PENDING_REDRIVE"] * 2, listed
    assert client.describe_execution(
        executionArn=listed[0]["executionArn"])["status"] == "PENDING_REDRIVE"
    assert not client.list_executions(mapRunArn=run, statusFilter="ABORTED")["executions"]
    client.update_map_run(mapRunArn=run, toleratedFailureCount=9)
    assert ended(client, arn)["status"] == "SUCCEEDED"
    counts(client, run, failed=4, total=4)


@check
def unknown(server, client):
    gone = "arn:aws:states:us-east-1:000000000000:mapRun:m/l:00000000-0000-8001-9ad5-46658e03a13b"
    for call in (client.describe_map_run, client.update_map_run):
        refused("ResourceNotFound", call, gone, mapRunArn=gone)
        refused("InvalidArn", call, mapRunArn="none")
    refused("ResourceNotFound", client.list_executions, mapRunArn=gone)
    refused("ValidationException", client.list_executions)
    refused("ExecutionDoesNotExist", client.list_map_runs,
            executionArn="arn:aws:states:us-east-1:000000000000:execution:m:gone")
    for field, value in (("ItemBatcher", {"MaxItemsPerBatches": 2}),
                         ("ItemReader", {"Resource": "arn:aws:states:::s3:getThing"}),
                         ("ResultWriter", {"Resource": "arn:aws:states:::s3:getObject"})):
        refused("InvalidDefinition", client.create_state_machine, field, name="refused",
                roleArn=ROLE, definition=distributed(dict(PASS), **{field: value}))


@check
def killed(server, client):
    snooze = {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 2, "Next": "B"},
                                         "B": {"Type": "Pass", "End": True}}}
    arn = begin(client, "killed", distributed(snooze, MaxConcurrency=40), list(range(100)))
    run = run_of(client, arn)["mapRunArn"]
    for _ in range(3):
        time.sleep(1)
        server.kill()
        server.start()
    client = server.client()
    assert json.loads(ended(client, arn)["output"]) == list(range(100))
    counts(client, run, succeeded=100, total=100)


@check
def express_children(server, client):
    definition = json.loads(distributed(FAIL_AT_3, Label="x", MaxConcurrency=1))
    definition["States"]["Each"]["ItemProcessor"]["ProcessorConfig"]["ExecutionType"] = "EXPRESS"
    arn = begin(client, "quick", json.dumps(definition), [1, 3, 2])
    assert ended(client, arn)["error"] == "States.ExceedToleratedFailureThreshold"
    run = run_of(client, arn)["mapRunArn"]
    counts(client, run, succeeded=1, failed=1, aborted=1, total=3)
    children = client.list_executions(mapRunArn=run)["executions"]
    assert all(":express:quick/x:" in child["executionArn"] for child in children), children
    shown = client.describe_execution(executionArn=children[0]["executionArn"])
    assert (shown["status"], shown["error"], shown["mapRunArn"]) == ("FAILED", "Three", run)
    refused("InvalidArn", client.get_execution_history, executionArn=children[0]["executionArn"])
    history = subprocess.run(
        [sfnctl(), "history", children[0]["executionArn"], "--endpoint", server.endpoint],
        capture_output=True, text=True, check=True).stdout
    assert "ExecutionFailed" in history, history
    assert redriven(client, arn)["status"] == "FAILED"
    again = client.list_executions(mapRunArn=run, statusFilter="FAILED")["executions"]
    assert len(again) == 1 and again[0]["name"] != children[0]["name"], "a run of its own"
    assert client.describe_map_run(mapRunArn=run)["redriveCount"] == 1
    client.redrive_execution(executionArn=arn)
    ended(client, arn)
    for resource in ("arn:aws:states:::states:startExecution.sync",
                     "arn:aws:states:us-east-1:000000000000:activity:a"):
        definition["States"]["Each"]["ItemProcessor"]["StartAt"] = "T"
        definition["States"]["Each"]["ItemProcessor"]["States"] = {
            "T": {"Type": "Task", "Resource": resource, "End": True}}
        refused("InvalidDefinition", client.create_state_machine, "Express", name="refused",
                roleArn=ROLE, definition=json.dumps(definition))


@check
def killed_in_a_redrive(server, client):
    slow = {"StartAt": "Snooze", "States": {
        "Snooze": {"Type": "Wait", "Seconds": 1, "Next": "Judge"}, **FAIL_ONCE_AT_3["States"]}}
    arn = begin(client, "again", distributed(slow, MaxConcurrency=20), [3] * 60)
    assert ended(client, arn)["status"] == "FAILED"
    run = run_of(client, arn)["mapRunArn"]
    client.redrive_execution(executionArn=arn)
    for _ in range(3):
        time.sleep(0.6)
        server.kill()
        server.start()
    client = server.client()
    found = ended(client, arn)
    while found["status"] == "FAILED":
        found = redriven(client, arn)
    assert json.loads(found["output"]) == [3] * 60, found
    counts(client, run, succeeded=60, total=60)


@check
def replayed(server, _client):
    """The last check: what the others left replays."""
    server.stop()
    done = subprocess.run([sfnctl(), "replay", "--all", "--verify", "--data-dir", server.data],
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def main() -> int:
    with Server() as server:
        return check.run(server, server.client)


if __name__ == "__main__":
    sys.exit(main())
