#!/usr/bin/env python3
"""Tasks that call the Step Functions API itself, `aws-sdk:sfn:…`. Prints `N passed, N failed`."""

import json
import re
import sys
import time

from api_boto3 import PASS, ended, machine
from checks import Checks
from sfnctl_server import Server

check = Checks()


def call(client, name: str, action: str, parameters: dict, given: dict | None = None) -> dict:
    """The description of an execution whose one task calls an action."""
    arn = machine(client, name, {"StartAt": "T", "States": {"T": {
        "Type": "Task", "Resource": f"arn:aws:states:::aws-sdk:sfn:{action}",
        "Parameters": parameters, "End": True}}})
    run = client.start_execution(stateMachineArn=arn, input=json.dumps(given or {}))
    return ended(client, run["executionArn"])


@check
def start_and_describe(server, client):
    target = machine(client, "target", PASS)
    found = call(client, "start", "startExecution", {
        "StateMachineArn": target, "Input.$": "$.what", "Name": "child"}, {"what": {"a": [1]}})
    assert found["status"] == "SUCCEEDED", found
    output = json.loads(found["output"])
    assert set(output) == {"ExecutionArn", "StartDate"}, output
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z", output["StartDate"]), output
    child = ended(client, output["ExecutionArn"])
    assert json.loads(child["input"]) == {"a": [1]}
    found = call(client, "describe", "describeExecution", {
        "ExecutionArn": output["ExecutionArn"]})
    output = json.loads(found["output"])
    assert (output["Status"], output["Name"]) == ("SUCCEEDED", "child"), output
    assert output["InputDetails"] == {"Included": True}, output
    found = call(client, "list", "listExecutions", {"StateMachineArn": target, "MaxResults": 5})
    assert [each["Name"] for each in json.loads(found["output"])["Executions"]] == ["child"]


@check
def errors(server, client):
    cases = [
        ("sendTaskSuccess", {"TaskToken": "none", "Output": "1"}, "Sfn.InvalidTokenException"),
        ("startExecution", {"StateMachineArn": "none"}, "Sfn.InvalidArnException"),
        ("describeActivity", {
            "ActivityArn": "arn:aws:states:us-east-1:000000000000:activity:none"},
         "Sfn.ActivityDoesNotExistException"),
        ("createActivity", {"Name": "a", "Wrong": 1}, "Sfn.ValidationException"),
        ("createActivity", {"name": "a"}, "Sfn.ValidationException"),
    ]
    for number, (action, parameters, error) in enumerate(cases):
        found = call(client, f"error{number}", action, parameters)
        assert (found["status"], found["error"]) == ("FAILED", error), found
        assert re.search(r" \(Service: Sfn, Status Code: 400, Request ID: [0-9a-f-]{36}\) "
                         r"\(SDK Attempt Count: 1\)$", found["cause"]), found["cause"]


@check
def one_machine_works_for_another(server, client):
    activity = client.create_activity(name="work")["activityArn"]
    asking = machine(client, "asking", {"StartAt": "T", "States": {"T": {
        "Type": "Task", "Resource": activity, "End": True}}})
    working = machine(client, "working", {"StartAt": "Get", "States": {
        "Get": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sfn:getActivityTask",
                "Parameters": {"ActivityArn": activity, "WorkerName": "machine"},
                "Next": "Send"},
        "Send": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sfn:sendTaskSuccess",
                 "Parameters": {"TaskToken.$": "$.TaskToken", "Output": {"done": True}},
                 "End": True}}})
    work = client.start_execution(stateMachineArn=working)["executionArn"]
    asked = client.start_execution(stateMachineArn=asking, input='{"n": 1}')["executionArn"]
    assert json.loads(ended(client, asked)["output"]) == {"done": True}
    assert ended(client, work)["output"] == "{}"


@check
def starts_once_across_a_crash(server, client):
    target = machine(client, "once", PASS, publish=True)
    alias = client.create_state_machine_alias(name="live", routingConfiguration=[
        {"stateMachineVersionArn": f"{target}:1", "weight": 100}])["stateMachineAliasArn"]
    starters = [
        machine(client, f"starter{number}", {"StartAt": "T", "States": {"T": {
            "Type": "Task", "Resource": f"arn:aws:states:::{resource}",
            "Parameters": {"StateMachineArn": given}, "End": True}}})
        for number, (resource, given) in enumerate([
            ("aws-sdk:sfn:startExecution", target), ("aws-sdk:sfn:startExecution", alias),
            ("states:startExecution", alias), ("states:startExecution.sync:2", alias)])]
    runs = [client.start_execution(stateMachineArn=arn)["executionArn"]
            for _ in range(40) for arn in starters]
    server.kill()
    server.start()
    deadline = time.monotonic() + 60
    for run in runs:
        assert ended(client, run)["status"] == "SUCCEEDED", run
    assert time.monotonic() < deadline
    pages = client.get_paginator("list_executions").paginate(stateMachineArn=target)
    assert sum(len(page["executions"]) for page in pages) == len(runs)


def main() -> int:
    with Server() as server:
        return check.run(server, server.client)


if __name__ == "__main__":
    sys.exit(main())
