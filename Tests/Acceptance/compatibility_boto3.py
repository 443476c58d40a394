#!/usr/bin/env python3
"""What clients of AWS rely on beyond the operations themselves: members that a server does not
know, roles and log groups, partitions of ARNs.

Prints `N passed, N failed`.
"""

import json
import pathlib
import sys
import tempfile
import urllib.request

import boto3
from botocore.config import Config

from api_boto3 import PASS, ROLE, machine, post, raw, refused
from checks import Checks
from sfnctl_server import Server

GROUP = "arn:aws:logs:us-east-1:000000000000:log-group:orders:*"
FAIL = {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "E", "Cause": "C"}}}
check = Checks()


def metrics(server: Server) -> list[str]:
    with urllib.request.urlopen(f"{server.endpoint}/metrics", timeout=10) as answer:
        return answer.read().decode().splitlines()


def described(client, arn: str) -> dict:
    return client.describe_state_machine(stateMachineArn=arn)


def direct(server: Server):
    """A client that leaves out the host prefix of the operations that wait for an answer."""
    return boto3.client(
        "stepfunctions", endpoint_url=server.endpoint, region_name="us-east-1",
        aws_access_key_id="a", aws_secret_access_key="b",
        config=Config(inject_host_prefix=False))


def sync(server: Server, arn: str, **more) -> dict:
    return direct(server).start_sync_execution(stateMachineArn=arn, **more)


def event(server: Server, operation: str, body: bytes):
    status, _, text = raw(server, "POST", "/", body, X_Amz_Target=f"AWSEvents.{operation}",
                          Content_Type="application/x-amz-json-1.1")
    return status, json.loads(text)


@check
def unknown_members_are_ignored_and_counted(server, client):
    request = {"name": "newer", "roleArn": ROLE, "definition": json.dumps(PASS), "ahead": {"a": 1},
               "tracingConfiguration": {"enabled": True, "sampling": 2}}
    for _ in range(2):
        status, answer = post(server, "CreateStateMachine", json.dumps(request).encode())
        assert status == 200, answer
    assert described(client, answer["stateMachineArn"])["tracingConfiguration"] == {"enabled": True}
    counted = 'stepwell_unknown_members{operation="CreateStateMachine"} 4'
    assert any(line.startswith(counted) for line in metrics(server)), metrics(server)
    log = pathlib.Path(server.output.name).read_text()
    assert log.count("CreateStateMachine.ahead is not known here and is not read") == 1, log
    assert log.count("CreateStateMachine.tracingConfiguration.sampling") == 1, log
    status, answer = event(server, "ListRules", b'{"Ahead":1}')
    assert status == 200 and answer["Rules"] == [], answer
    with urllib.request.urlopen(urllib.request.Request(
            f"{server.endpoint}/schedule-groups/ahead", b'{"Ahead":1}',
            {"Content-Type": "application/json"}), timeout=10) as answer:
        assert answer.status == 200


@check
def members_that_are_given_twice_are_refused(server, client):
    arn = machine(client, "twice", PASS)
    body = f'{{"stateMachineArn":"{arn}","name":"a","name":"b"}}'.encode()
    status, answer = post(server, "StartExecution", body)
    assert status == 400 and answer["__type"].endswith("SerializationException"), answer
    assert 'the member "name" is given twice (line 1, column ' in answer["message"], answer
    assert client.list_executions(stateMachineArn=arn)["executions"] == []
    nested = b'{"resourceArn":"%s","tags":[{"key":"k","value":"1","value":"2"}]}' % arn.encode()
    status, answer = post(server, "TagResource", nested)
    assert status == 400 and '"value" is given twice' in answer["message"], answer
    for body in (b'{"NamePrefix":"a","NamePrefix":"b"}',
                 b'{"NamePrefix":"a","NamePrefi\\u0078":1}'):
        status, answer = event(server, "ListRules", body)
        assert status == 400 and "is given twice" in answer["message"], answer


@check
def roles_have_an_account_of_twelve_digits(server, client):
    arn = machine(client, "roles", PASS)
    for role in ("nonsense", "arn:aws:iam::1234:role/x", "arn:aws:iam:::role/x",
                 "arn:aws:iam::000000000000:user/x", "arn:aws:iam::00000000000a:role/x",
                 "arn:aws:iam::000000000000:role/", "arn:aws:sts::000000000000:role/x",
                 "arn:aws:iam:us-east-1:000000000000:role/x"):
        text = f"Invalid Role Arn: '{role}'"
        refused("InvalidArn", client.create_state_machine, text, name="x", roleArn=role,
                definition=json.dumps(PASS))
        refused("InvalidArn", client.update_state_machine, text, stateMachineArn=arn, roleArn=role)
        refused("InvalidArn", direct(server).test_state, text, roleArn=role, input="{}",
                definition=json.dumps(PASS["States"]["A"]))
    for role in ("arn:aws-cn:iam::000000000000:role/x",
                 "arn:aws:iam::000000000000:role/service-role/x@y"):
        client.update_state_machine(stateMachineArn=arn, roleArn=role)
        assert described(client, arn)["roleArn"] == role


@check
def logging_is_described_as_it_was_given(server, client):
    off = {"level": "OFF", "includeExecutionData": False}
    arn = machine(client, "logs", PASS)
    assert described(client, arn)["loggingConfiguration"] == off
    client.update_state_machine(stateMachineArn=arn,
                                loggingConfiguration={"level": "OFF", "destinations": []})
    assert described(client, arn)["loggingConfiguration"] == {**off, "destinations": []}
    again = client.create_state_machine(
        name="logs", roleArn=ROLE, definition=json.dumps(PASS),
        loggingConfiguration={"level": "OFF"})
    assert again["stateMachineArn"] == arn, "the same configuration creates nothing"
    server.stop()
    server.start()
    assert described(client, arn)["loggingConfiguration"] == {**off, "destinations": []}
    for group, text in ((GROUP.removesuffix(":*"),
                         "Log Group ARN must be provided with '*' qualifier."),
                        ("orders", "'orders' is not the ARN of a CloudWatch Logs log group")):
        refused("InvalidLoggingConfiguration", client.update_state_machine,
                "Invalid Logging Configuration: " + text, stateMachineArn=arn,
                loggingConfiguration=logging(group))


def logging(group: str) -> dict:
    return {"level": "ALL", "destinations": [{"cloudWatchLogsLogGroup": {"logGroupArn": group}}]}


@check
def failed_executions_have_details_of_their_output(server, client):
    for name, definition, key in (("fails", FAIL, "error"), ("works", PASS, "output")):
        arn = machine(client, name, definition, type="EXPRESS")
        answer = sync(server, arn)
        assert answer["outputDetails"] == {"included": True} == answer["inputDetails"], answer
        assert key in answer and ("output" in answer) == (key == "output"), answer
        answer = sync(server, arn, includedData="METADATA_ONLY")
        assert answer["outputDetails"] == {"included": False} and "output" not in answer, answer


@check
def arns_are_of_the_partition_of_the_region(_server, _client):
    with tempfile.TemporaryDirectory() as scratch:
        config = pathlib.Path(scratch, "stepwell.json")
        config.write_text(json.dumps({"server": {
            "region": "cn-northwest-1", "strict": True,
            "logGroups": ["orders", "arn:aws-cn:logs:cn-northwest-1:000000000000:log-group:all"]}}))
        with Server(None, "--config", str(config)) as server:
            client = server.client()
            in_china(server, client)
            strict_servers_refuse_what_they_do_not_know(server)
            log_groups_have_to_be_there(client)


def in_china(server: Server, client) -> None:
    prefix = "arn:aws-cn:states:cn-northwest-1:000000000000"
    activity = client.create_activity(name="a")["activityArn"]
    assert activity == f"{prefix}:activity:a", activity
    arn = machine(client, "m", {"StartAt": "T", "States": {
        "T": {"Type": "Task", "Resource": activity, "End": True}}})
    assert arn == f"{prefix}:stateMachine:m", arn
    run = client.start_execution(stateMachineArn=arn, name="r")["executionArn"]
    assert run == f"{prefix}:execution:m:r", run
    assert client.describe_execution(executionArn=run)["status"] == "RUNNING"
    task = client.get_activity_task(activityArn=activity)
    client.send_task_success(taskToken=task["taskToken"], output="{}")
    refused("StateMachineDoesNotExist", client.describe_state_machine,
            stateMachineArn=arn.replace("aws-cn", "aws"))
    service = {"endpoint_url": server.endpoint, "region_name": "cn-northwest-1",
               "aws_access_key_id": "a", "aws_secret_access_key": "b"}
    rule = boto3.client("events", **service).put_rule(Name="r", ScheduleExpression="rate(1 day)")
    assert rule["RuleArn"].startswith("arn:aws-cn:events:cn-northwest-1:"), rule
    scheduler = boto3.client("scheduler", **service)
    for target in (arn, "arn:aws-cn:scheduler:::aws-sdk:sfn:startExecution"):
        plan = {"ScheduleExpression": "rate(1 day)", "FlexibleTimeWindow": {"Mode": "OFF"},
                "Target": {"Arn": target, "RoleArn": ROLE.replace("aws", "aws-cn"),
                           "Input": json.dumps({"StateMachineArn": arn})}}
        made = scheduler.create_schedule(Name=f"s{len(target)}", **plan)
        assert made["ScheduleArn"].startswith("arn:aws-cn:scheduler:cn-northwest-1:"), made
    plan["Target"]["Arn"] = arn.replace("aws-cn", "aws")
    refused("ValidationException", scheduler.create_schedule, "in cn-northwest-1", Name="t", **plan)


def strict_servers_refuse_what_they_do_not_know(server: Server) -> None:
    status, answer = post(server, "ListStateMachines", b'{"ahead":1}')
    assert status == 400 and "The member 'ahead' of ListStateMachines" in answer["message"], answer
    status, answer = event(server, "ListRules", b'{"Ahead":1}')
    assert status == 400 and "The member 'Ahead' of ListRules" in answer["message"], answer


def log_groups_have_to_be_there(client) -> None:
    group = "arn:aws-cn:logs:cn-northwest-1:000000000000:log-group:{}:*"
    for name in ("orders", "all"):
        machine(client, name, PASS, loggingConfiguration=logging(group.format(name)))
    refused("InvalidLoggingConfiguration", client.create_state_machine,
            "The log group 'other' does not exist.", name="other", roleArn=ROLE,
            definition=json.dumps(PASS), loggingConfiguration=logging(group.format("other")))


def main() -> int:
    with Server() as server:
        return check.run(server, server.client())


if __name__ == "__main__":
    sys.exit(main())
