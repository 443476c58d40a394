#!/usr/bin/env python3
"""RedriveExecution as boto3 sees it on `sfnctl serve`, across `kill -9` and restarts.

Every parameter, good and bad; histories, descriptions and listings of redriven executions; the logs
derived again at the end. Prints `N passed, N failed`.
"""

import json
import subprocess
import sys
import time

from api_boto3 import PREFIX, ROLE, machine, post, refused
from checks import Checks
from sfnctl_server import Server, sfnctl

check = Checks()
FAIL = {"StartAt": "No", "States": {"No": {"Type": "Fail", "Error": "No", "Cause": "never"}}}


def closed(client, arn: str) -> dict:
    """The description of an execution when it is closed."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = client.describe_execution(executionArn=arn)
        if found["status"] != "RUNNING":
            return found
        time.sleep(0.05)
    raise AssertionError(f"{arn} does not end")


def types(client, arn: str) -> list[str]:
    """The types of an execution's events."""
    return [event["type"] for event in client.get_execution_history(
        executionArn=arn, maxResults=1000)["events"]]


def activity(client, name: str) -> str:
    return client.create_activity(name=name)["activityArn"]


def work(client, arn: str, *answers) -> None:
    """Answers tasks of an activity by their input: None fails, everything else is the output."""
    table = dict(answers)
    for _ in range(len(table)):
        task = client.get_activity_task(activityArn=arn, workerName="w")
        answer = table.pop(task["input"])
        if answer is None:
            client.send_task_failure(taskToken=task["taskToken"], error="Busy", cause="later")
        else:
            client.send_task_success(taskToken=task["taskToken"], output=answer)


@check
def fail_state(server, client):
    arn = machine(client, "fails", FAIL)
    run = client.start_execution(stateMachineArn=arn, name="one")["executionArn"]
    found = closed(client, run)
    assert (found["redriveCount"], found["redriveStatus"]) == (0, "REDRIVABLE"), found
    assert "redriveDate" not in found and "redriveStatusReason" not in found
    answer = client.redrive_execution(executionArn=run)
    again = closed(client, run)
    assert set(answer) - {"ResponseMetadata"} == {"redriveDate"}
    assert (again["redriveCount"], again["redriveDate"]) == (1, answer["redriveDate"])
    assert (again["error"], again["cause"]) == ("No", "never")
    assert again["startDate"] == found["startDate"] and again["stopDate"] > found["stopDate"]
    events = client.get_execution_history(executionArn=run)["events"]
    assert [event["type"] for event in events] == [
        "ExecutionStarted", "FailStateEntered", "ExecutionFailed",
        "ExecutionRedriven", "FailStateEntered", "ExecutionFailed"]
    assert events[3]["executionRedrivenEventDetails"] == {"redriveCount": 1}
    item, = client.list_executions(stateMachineArn=arn)["executions"]
    assert (item["redriveCount"], item["redriveDate"]) == (1, answer["redriveDate"])
    assert not client.list_executions(
        stateMachineArn=arn, statusFilter="RUNNING")["executions"]
    assert len(client.list_executions(
        stateMachineArn=arn, statusFilter="FAILED")["executions"]) == 1


@check
def tokens(server, client):
    arn = machine(client, "tokens", FAIL)
    run = client.start_execution(stateMachineArn=arn)["executionArn"]
    closed(client, run)
    first = client.redrive_execution(executionArn=run, clientToken="a!~")
    closed(client, run)
    assert client.redrive_execution(
        executionArn=run, clientToken="a!~")["redriveDate"] == first["redriveDate"]
    second = client.redrive_execution(executionArn=run, clientToken="b")
    assert second["redriveDate"] > first["redriveDate"]
    server.kill()
    server.start()
    for token, made in (("a!~", first), ("b", second)):
        assert client.redrive_execution(
            executionArn=run, clientToken=token)["redriveDate"] == made["redriveDate"]
    assert closed(client, run)["redriveCount"] == 2


@check
def refusals(server, client):
    done = machine(client, "done", {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}})
    slow = machine(client, "slow", {
        "StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 600, "End": True}}})
    gone = machine(client, "gone", FAIL)
    redrive = client.redrive_execution
    for arn, status in ((done, "SUCCEEDED"), (slow, "RUNNING")):
        run = client.start_execution(stateMachineArn=arn)["executionArn"]
        if status == "SUCCEEDED":
            closed(client, run)
        found = client.describe_execution(executionArn=run)
        reason = f"Execution is {status} and cannot be redriven"
        assert found["redriveStatus"] == "NOT_REDRIVABLE"
        assert found["redriveStatusReason"] == reason
        refused("ExecutionNotRedrivable", redrive, reason, executionArn=run)
    client.stop_execution(executionArn=run)
    assert client.describe_execution(executionArn=run)["redriveStatus"] == "REDRIVABLE"
    run = client.start_execution(stateMachineArn=gone)["executionArn"]
    closed(client, run)
    client.delete_state_machine(stateMachineArn=gone)
    refused("ExecutionNotRedrivable", redrive, "DELETING", executionArn=run)
    found = client.describe_execution(executionArn=run)
    assert found["redriveStatusReason"] == "State machine is in DELETING status"
    missing = f"{PREFIX}:execution:done:missing"
    refused("ExecutionDoesNotExist", redrive, missing, executionArn=missing)
    refused("InvalidArn", redrive, executionArn="nonsense")
    refused("InvalidArn", redrive, executionArn=f"{PREFIX}:express:done:a:b")
    refused("InvalidArn", redrive, executionArn=done)
    for bad in ("a b", "é", "a" * 65):
        refused("ValidationException", redrive, "clientToken", executionArn=run, clientToken=bad)
    for body in ({"executionArn": run, "clientToken": ""}, {}):
        status, answer = post(server, "RedriveExecution", json.dumps(body).encode())
        assert status == 400 and "ValidationException" in json.dumps(answer), answer
    refused("ValidationException", client.list_executions, "redriveFilter", stateMachineArn=done,
            redriveFilter="REDRIVEN")


@check
def branches(server, client):
    left, right = activity(client, "left"), activity(client, "right")
    arn = machine(client, "branches", {"StartAt": "Both", "States": {"Both": {
        "Type": "Parallel", "End": True, "Branches": [
            {"StartAt": "L", "States": {"L": {"Type": "Task", "Resource": left, "End": True}}},
            {"StartAt": "Each", "States": {"Each": {
                "Type": "Map", "ItemsPath": "$.items", "End": True, "ItemProcessor": {
                    "StartAt": "R", "States": {
                        "R": {"Type": "Task", "Resource": right, "End": True}}}}}}]}}})
    run = client.start_execution(
        stateMachineArn=arn, input=json.dumps({"items": [1, 2, 3]}))["executionArn"]
    work(client, left, ('{"items": [1, 2, 3]}', '"left"'))
    work(client, right, ("1", '"one"'), ("2", None))
    assert closed(client, run)["status"] == "FAILED"
    server.kill()
    server.start()
    client.redrive_execution(executionArn=run)
    server.kill()
    server.start()
    assert client.describe_execution(executionArn=run)["redriveCount"] == 1
    work(client, right, ("2", '"two"'), ("3", '"three"'))
    found = closed(client, run)
    assert json.loads(found["output"]) == ["left", ["one", "two", "three"]], found
    seen = types(client, run)
    assert seen.count("MapIterationStarted") == 3 and seen.count("MapIterationSucceeded") == 3
    assert seen.count("ActivityScheduled") == 6, seen
    # What was stopped goes on, too, and again.
    again = client.start_execution(
        stateMachineArn=arn, input=json.dumps({"items": []}))["executionArn"]
    client.stop_execution(executionArn=again, error="Halt")
    client.redrive_execution(executionArn=again)
    client.stop_execution(executionArn=again)
    client.redrive_execution(executionArn=again)
    work(client, left, ('{"items": []}', '"late"'))
    found = closed(client, again)
    assert (json.loads(found["output"]), found["redriveCount"]) == (["late", []], 2)


@check
def time_limits(server, client):
    arn = machine(client, "limited", {"StartAt": "A", "TimeoutSeconds": 1, "States": {
        "A": {"Type": "Wait", "SecondsPath": "$.wait", "End": True}}})
    run = client.start_execution(stateMachineArn=arn, input='{"wait": 5}')["executionArn"]
    found = closed(client, run)
    assert (found["status"], found["redriveStatus"]) == ("TIMED_OUT", "REDRIVABLE")
    assert "error" not in found
    redriven = client.redrive_execution(executionArn=run)["redriveDate"]
    server.kill()
    server.start()
    again = closed(client, run)
    assert again["status"] == "TIMED_OUT" and again["redriveCount"] == 1
    assert (again["stopDate"] - redriven).total_seconds() >= 1


@check
def replayed(server, _client):
    """The last check: what the others left, redrives and all, replays."""
    server.kill()
    done = subprocess.run([sfnctl(), "replay", "--all", "--verify", "--data-dir", server.data],
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def main() -> int:
    with Server() as server:
        return check.run(server, server.client)


if __name__ == "__main__":
    sys.exit(main())
