#!/usr/bin/env python3
"""Express workflows as boto3 sees them on `sfnctl serve`, a server that is killed included.

boto3 calls `sync-HOST` for StartSyncExecution unless `inject_host_prefix` is off; the server takes
any Host. Prints `N passed, N failed`.
"""

import json
import subprocess
import sys
import time

import boto3
from botocore.config import Config

from api_boto3 import PASS, ROLE, refused
from checks import Checks
from sfnctl_server import Server, sfnctl

check = Checks()


def local(server):
    """A client that leaves the host name alone."""
    return boto3.client(
        "stepfunctions", endpoint_url=server.endpoint, region_name="us-east-1",
        config=Config(inject_host_prefix=False, retries={"total_max_attempts": 1}),
        aws_access_key_id="local", aws_secret_access_key="local")


def express(client, name: str, definition: dict) -> str:
    """An Express state machine; its ARN."""
    return client.create_state_machine(
        name=name, roleArn=ROLE, definition=json.dumps(definition),
        type="EXPRESS")["stateMachineArn"]


@check
def synchronous(server, client):
    arn = express(client, "sync", PASS)
    for _ in range(2):
        found = local(server).start_sync_execution(
            stateMachineArn=arn, name="n", input='{"a": 1}', traceHeader="Root=1")
        assert found["status"] == "SUCCEEDED" and found["name"] == "n", found
        assert found["executionArn"].startswith(arn.replace(":stateMachine:", ":express:") + ":n:")
        assert found["input"] == '{"a": 1}' and found["inputDetails"] == {"included": True}
        assert found["startDate"] <= found["stopDate"] and found["traceHeader"] == "Root=1"
        assert found["billingDetails"]["billedMemoryUsedInMB"] == 64
        assert found["billingDetails"]["billedDurationInMilliseconds"] % 100 == 0
    found = local(server).start_sync_execution(
        stateMachineArn=arn, includedData="METADATA_ONLY")
    assert "input" not in found and found["outputDetails"] == {"included": False}, found


@check
def failures(server, client):
    arn = express(client, "failing", {"StartAt": "F", "States": {
        "F": {"Type": "Fail", "Error": "Bad", "Cause": "because"}}})
    found = local(server).start_sync_execution(stateMachineArn=arn)
    assert (found["status"], found["error"], found["cause"]) == ("FAILED", "Bad", "because")
    arn = express(client, "late", {"TimeoutSeconds": 1, "StartAt": "W", "States": {
        "W": {"Type": "Wait", "Seconds": 60, "End": True}}})
    assert local(server).start_sync_execution(stateMachineArn=arn)["status"] == "TIMED_OUT"
    arn = express(client, "endless", {"TimeoutSeconds": 1, "StartAt": "A", "States": {
        "A": {"Type": "Choice", "Default": "B", "Choices": [
            {"Variable": "$.stop", "IsPresent": True, "Next": "C"}]},
        "B": {"Type": "Pass", "Next": "A"}, "C": {"Type": "Succeed"}}})
    assert local(server).start_sync_execution(stateMachineArn=arn)["status"] == "TIMED_OUT"


@check
def what_an_express_workflow_has_not(server, client):
    arn = express(client, "refusals", PASS)
    one = client.start_execution(stateMachineArn=arn, name="same")["executionArn"]
    two = client.start_execution(stateMachineArn=arn, name="same")["executionArn"]
    assert one != two, "every start is an execution of its own"
    refused("StateMachineTypeNotSupported", client.list_executions, stateMachineArn=arn)
    for call in (client.describe_execution, client.stop_execution, client.redrive_execution,
                 client.get_execution_history):
        refused("InvalidArn", call, "express", executionArn=one)
    standard = client.create_state_machine(
        name="standard", roleArn=ROLE, definition=json.dumps(PASS))["stateMachineArn"]
    refused("StateMachineTypeNotSupported", local(server).start_sync_execution,
            stateMachineArn=standard)
    activity = client.create_activity(name="a")["activityArn"]
    for resource in (activity, "arn:aws:states:::states:startExecution.sync",
                     "arn:aws:states:::sqs:sendMessage.waitForTaskToken"):
        definition = {"StartAt": "T", "States": {"T": {
            "Type": "Task", "Resource": resource, "End": True}}}
        refused("InvalidDefinition", client.create_state_machine, "Express", name="never",
                roleArn=ROLE, definition=json.dumps(definition), type="EXPRESS")
        refused("InvalidDefinition", client.update_state_machine, "Express",
                stateMachineArn=arn, definition=json.dumps(definition))


def sfnctl_output(*arguments) -> str:
    """What an sfnctl command prints."""
    return subprocess.run([sfnctl(), *arguments], check=True, capture_output=True, text=True).stdout


@check
def its_history_is_shown(server, client):
    arn = express(client, "shown", PASS)
    one = local(server).start_sync_execution(stateMachineArn=arn, name="n")["executionArn"]
    short = "shown:" + one.split(":express:shown:")[1]
    types = ["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"]
    for where in (["--endpoint", server.endpoint], ["--data-dir", server.data]):
        for reference in (one, short):
            found = json.loads(sfnctl_output("history", reference, *where, "--json"))
            assert [event["type"] for event in found["events"]] == types, found
    assert "agrees" in sfnctl_output("replay", short, "--verify", "--data-dir", server.data)
    refused("InvalidArn", client.get_execution_history, "express", executionArn=one)


@check
def a_killed_server_goes_on(server, client):
    arn = express(client, "killed", {"StartAt": "W", "States": {
        "W": {"Type": "Wait", "Seconds": 1, "End": True}}})
    left = client.start_execution(stateMachineArn=arn, name="left")["executionArn"]
    server.kill()
    server.start()
    client = server.client()
    assert client.describe_state_machine(stateMachineArn=arn)["type"] == "EXPRESS"
    time.sleep(1.2)
    assert local(server).start_sync_execution(stateMachineArn=arn)["status"] == "SUCCEEDED"
    events = json.loads(sfnctl_output("history", left, "--data-dir", server.data, "--json"))
    assert events["events"][-1]["type"] == "ExecutionSucceeded", events


def main() -> int:
    with Server() as server:
        return check.run(server, server.client)


if __name__ == "__main__":
    sys.exit(main())
