#!/usr/bin/env python3
"""AWS's quotas as settings of `sfnctl serve --config`, through boto3.

Prints `N passed, N failed`.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from api_boto3 import PASS, SLEEP, machine, refused
from checks import Checks
from sfnctl_server import Server, free_port, sfnctl

SETTINGS = {
    "quotas": {"openExecutions": 3, "stateMachines": 7, "activities": 2, "payloadBytes": 3_000_000,
               "openActivitiesPerExecution": 2,
               "historyEvents": 60, "versionsPerStateMachine": 1, "tagsPerResource": 1},
    "throttling": {"ListActivities": {"bucketSize": 5, "refillPerSecond": 10}},
}
LOOP = {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"},
                                   "B": {"Type": "Choice", "Default": "A", "Choices": [
                                       {"Variable": "$.stop", "IsPresent": True, "Next": "C"}]},
                                   "C": {"Type": "Succeed"}}}
check = Checks()


def ended(client, arn: str) -> dict:
    """The description of an execution that has ended."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = client.describe_execution(executionArn=arn)
        if found["status"] != "RUNNING":
            return found
        time.sleep(0.05)
    raise AssertionError(f"{arn} does not end")


@check
def large_payloads(server, client):
    arn = machine(client, "large", {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}})
    for size in (2_900_000, 1_000_000):
        text = json.dumps("x\"" * (size // 4))
        run = client.start_execution(stateMachineArn=arn, input=text)["executionArn"]
        found = ended(client, run)
        assert found["status"] == "SUCCEEDED" and found["output"] == text, found["status"]
    refused("ValidationException", client.start_execution, "less than or equal to 3000000",
            stateMachineArn=arn, input=json.dumps("x" * 3_000_000))


@check
def short_histories(server, client):
    arn = machine(client, "loop", LOOP)
    run = client.start_execution(stateMachineArn=arn)["executionArn"]
    assert ended(client, run)["status"] == "FAILED"
    events = client.get_execution_history(executionArn=run)["events"]
    assert len(events) == 60 and events[-1]["type"] == "ExecutionFailed", len(events)


@check
def open_executions(server, client):
    arn = machine(client, "open", SLEEP)
    start = client.start_execution
    runs = [start(stateMachineArn=arn, name=f"r{n}")["executionArn"] for n in range(3)]
    refused("ExecutionLimitExceeded", start, stateMachineArn=arn)
    assert start(stateMachineArn=arn, name="r0")["executionArn"] == runs[0]
    client.stop_execution(executionArn=runs[0])
    runs[0] = start(stateMachineArn=arn)["executionArn"]
    refused("ExecutionLimitExceeded", start, stateMachineArn=arn)
    for run in runs:
        client.stop_execution(executionArn=run)


@check
def open_activities(server, client):
    activity = client.create_activity(name="a")["activityArn"]
    pack = {"Type": "Task", "Resource": activity, "End": True,
            "Retry": [{"ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 1}]}
    arn = machine(client, "pack", {"StartAt": "Each", "States": {"Each": {
        "Type": "Map", "End": True,
        "ItemProcessor": {"StartAt": "Pack", "States": {"Pack": pack}}}}})
    run = client.start_execution(stateMachineArn=arn, input="[1,2,3]")["executionArn"]
    for _ in range(3):
        task = client.get_activity_task(activityArn=activity)
        client.send_task_success(taskToken=task["taskToken"], output=task["input"])
    found = ended(client, run)
    assert found.get("output") == "[1,2,3]", found
    events = client.get_execution_history(executionArn=run)["events"]
    failed = [event for event in events if event["type"] == "ActivityScheduleFailed"]
    assert failed and all("(2)" in event["activityScheduleFailedEventDetails"]["cause"]
                          for event in failed), events


@check
def resources(server, client):
    for number in range(3):
        machine(client, f"more{number}", PASS)
    refused("StateMachineLimitExceeded", machine, client=client, name="eighth", definition=PASS)
    for name in ("a", "b", "a"):
        client.create_activity(name=name)
    refused("ActivityLimitExceeded", client.create_activity, name="c")
    arn = machine(client, "more0", PASS)
    client.publish_state_machine_version(stateMachineArn=arn)
    client.update_state_machine(stateMachineArn=arn, definition=json.dumps(LOOP))
    refused("ServiceQuotaExceededException", client.publish_state_machine_version, status=402,
            stateMachineArn=arn)
    tags = [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}]
    refused("TooManyTags", client.tag_resource, resourceArn=arn, tags=tags)


@check
def throttling(server, client):
    codes = []
    for _ in range(40):
        try:
            client.list_activities()
            codes.append(None)
        except client.exceptions.ClientError as error:
            codes.append(error.response["Error"]["Code"])
            assert error.response["Error"]["Message"] == "Rate exceeded"
    assert codes[:5] == [None] * 5 and "ThrottlingException" in codes, codes
    deadline = time.monotonic() + 20
    while True:
        try:
            client.list_activities()
            break
        except client.exceptions.ClientError:
            assert time.monotonic() < deadline, "the bucket does not fill"
            time.sleep(0.1)
    for _ in range(40):
        client.list_state_machines()


@check
def bad_files(server, client):
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "settings.json")
        cases = {'{"quotas": {"openExecution": 1}}': ":1:13: 'openExecution' is not known",
                 '{"throttling": "on"}': ":1:2: 'AWS', or a mapping is",
                 '{"quotas": {"historyEvents": 1}}': "from 10 to"}
        for text, part in cases.items():
            pathlib.Path(path).write_text(text)
            ran = subprocess.run(
                [sfnctl(), "serve", "--data-dir", f"{scratch}/data", "--config", path, "--port",
                 str(free_port())], capture_output=True, text=True, timeout=30)
            assert ran.returncode == 65 and part in ran.stderr, ran


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "settings.json")
        pathlib.Path(path).write_text(json.dumps(SETTINGS))
        with Server(None, "--config", path) as server:
            return check.run(server, server.client())


if __name__ == "__main__":
    sys.exit(main())
