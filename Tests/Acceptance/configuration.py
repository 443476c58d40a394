#!/usr/bin/env python3
"""Configuration files of `sfnctl serve`, and policies: checked, overridden, read again.

Prints `N passed, N failed`.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

from checks import Checks, empty_directory
from sfnctl_server import Server, sfnctl

ACCOUNT = "000000000042"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/orders"
SECRET = "hunter2-is-not-shown"
check = Checks()


def configuration(directory: pathlib.Path, more: str = "") -> str:
    """A configuration file with a policy beside it; its path."""
    (directory / "key.txt").write_text(SECRET + "\n")
    file = directory / "stepwell.yaml"
    file.write_text(f"""
server:
  accountId: "{ACCOUNT}"
  policy: policy.json
connections:
  shop: {{apiKey: {{name: X-Key, value: {{file: key.txt}}}}}}
buckets: {{data: .}}
{more}""")
    return str(file)


def policy(directory: pathlib.Path, *actions: str) -> None:
    """What the role may do, and that of `sfnctl run`."""
    allowed = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": list(actions), "Resource": "*"}]}
    (directory / "policy.json").write_text(json.dumps(
        {ROLE: allowed, f"arn:aws:iam::{ACCOUNT}:role/stepwell": allowed}))


def machine(client, name: str, resource: str, parameters=None) -> str:
    """A state machine of one Task; its ARN."""
    task = {"Type": "Task", "Resource": resource, "End": True,
            "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 3600}]}
    if parameters is not None:
        task["Parameters"] = parameters
    return client.create_state_machine(
        name=name, roleArn=ROLE, definition=json.dumps(
            {"StartAt": "T", "States": {"T": task}}))["stateMachineArn"]


def child(client) -> str:
    """A state machine that does nothing."""
    return client.create_state_machine(name="child", roleArn=ROLE, definition=json.dumps(
        {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}))["stateMachineArn"]


def event(client, arn: str, kind: str, seconds: float = 10) -> dict:
    """Starts an execution; its first event of a type."""
    execution = client.start_execution(stateMachineArn=arn)["executionArn"]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        events = client.get_execution_history(executionArn=execution)["events"]
        for found in events:
            if found["type"] == kind:
                return found
        time.sleep(0.02)
    raise AssertionError(f"no {kind} among {[found['type'] for found in events]}")


def said(server: Server, text: str, seconds: float = 10) -> str:
    """Waits until the server's log has a text; the log."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        log = pathlib.Path(server.scratch.name, "output").read_text(encoding="utf-8")
        if text in log:
            return log
        time.sleep(0.02)
    raise AssertionError(f"'{text}' is not in the log:\n{log}")


@check
def problems_are_said_with_their_places(directory):
    file = configuration(directory, "sever: {prot: 1}\nrunners: {ecs: {a: {attempts: 1}}}\n")
    policy(directory, "*")
    ran = subprocess.run([sfnctl(), "config", "check", file], capture_output=True, text=True,
                         timeout=30)
    lines = ran.stderr.splitlines()
    assert ran.returncode == 65 and len(lines) == 2, ran
    assert lines[0].startswith(f"{file}:8:1: 'sever' is not known here; did you mean"), lines
    assert ":9:21: 'attempts' is not known here" in lines[1], lines
    ran = subprocess.run([sfnctl(), "config", "check", file, "--json"], capture_output=True,
                         text=True, timeout=30)
    document = json.loads(ran.stdout)
    assert ran.returncode == 65 and not document["valid"], ran
    assert [each["line"] for each in document["problems"]] == [8, 9], document
    for command in (["config", "check"], ["serve", "--data-dir", f"{directory}/d", "--config"]):
        ran = subprocess.run([sfnctl(), *command, file], capture_output=True, text=True, timeout=30)
        assert ran.returncode == 65 and "'sever' is not known" in ran.stderr, ran


@check
def what_it_refers_to_is_checked_too(directory):
    file = configuration(directory)
    (directory / "policy.json").write_text('{"Statement": [{"Effect": "Allow"}]}')
    ran = subprocess.run([sfnctl(), "config", "check", file], capture_output=True, text=True,
                         timeout=30)
    assert ran.returncode == 65 and "policy.json:1:" in ran.stderr, ran
    policy(directory, "*")
    ran = subprocess.run([sfnctl(), "config", "check", file], capture_output=True, text=True,
                         timeout=30)
    assert ran.returncode == 0 and ran.stdout == f"{file}: valid\n", ran
    pathlib.Path(file).write_text("server: {host: 0.0.0.0}\n")
    ran = subprocess.run([sfnctl(), "config", "check", file], capture_output=True, text=True,
                         timeout=30)
    assert ran.returncode == 65 and "--allow-anonymous" in ran.stderr, ran
    configuration(directory)
    (directory / "key.txt").unlink()
    ran = subprocess.run([sfnctl(), "config", "check", file], capture_output=True, text=True,
                         timeout=30)
    assert ran.returncode == 65 and "key.txt' cannot be read" in ran.stderr, ran


@check
def the_command_line_counts_more(directory):
    file = configuration(directory, "quotas: {stateMachines: 1}\n")
    policy(directory, "*")
    with Server(None, "--config", file) as server:
        assert f":{ACCOUNT}:" in child(server.client())
        try:
            machine(server.client(), "second", "arn:aws:states:::sqs:sendMessage")
            raise AssertionError("the quota is not that of the file")
        except server.client().exceptions.StateMachineLimitExceeded:
            pass
    with Server(None, "--config", file, "--account-id", "000000000043") as server:
        assert ":000000000043:" in child(server.client())


@check
def a_role_does_what_its_policy_allows(directory):
    file = configuration(directory)
    policy(directory, "sqs:*")
    with Server(None, "--config", file) as server:
        client = server.client()
        start = {"StateMachineArn": child(client)}
        arn = machine(client, "parent", "arn:aws:states:::states:startExecution", start)
        failed = event(client, arn, "TaskFailed")["taskFailedEventDetails"]
        text = ("User: arn:aws:sts::000000000042:assumed-role/orders/", "is not authorized to "
                f"perform: states:StartExecution on resource: {start['StateMachineArn']} because "
                "no identity-based policy allows the states:StartExecution action")
        assert all(part in failed["cause"] for part in text), failed
        policy(directory, "states:StartExecution")
        end = time.monotonic() + 10
        while time.monotonic() < end:  # the file is looked at once a second
            execution = client.start_execution(stateMachineArn=arn)["executionArn"]
            time.sleep(0.3)
            if client.describe_execution(executionArn=execution)["status"] == "SUCCEEDED":
                break
        else:
            raise AssertionError("the policy is not read again")


@check
def hangup_has_it_read_again(directory):
    file = configuration(directory)
    policy(directory, "sqs:*")
    with Server(None, "--config", file) as server:
        client = server.client()
        start = {"StateMachineArn": child(client)}
        arn = machine(client, "parent", "arn:aws:states:::states:startExecution", start)
        event(client, arn, "TaskFailed")
        text = pathlib.Path(file).read_text(encoding="utf-8")
        pathlib.Path(file).write_text(text.replace("policy.json", "other.json")
                                      .replace("server:", "server:\n  region: eu-west-1"))
        os.rename(directory / "policy.json", directory / "policy.bak")
        server.process.send_signal(signal.SIGHUP)
        said(server, "the configuration is unchanged")
        event(client, arn, "TaskFailed")
        policy(directory, "states:*")
        os.rename(directory / "policy.json", directory / "other.json")
        server.process.send_signal(signal.SIGHUP)
        said(server, "these take effect at the next start: server.region")
        event(client, arn, "TaskSucceeded")
        pathlib.Path(file).write_text("nonsense: 1\n")
        server.process.send_signal(signal.SIGHUP)
        said(server, "stepwell.yaml:1:1: 'nonsense' is not known here")
        event(client, arn, "TaskSucceeded")
        assert server.process.poll() is None


@check
def a_resource_that_nothing_serves_is_said_at_once(directory):
    file = configuration(directory)
    policy(directory, "*")
    resource = "arn:aws:states:::aws-sdk:nosuchservice:doSomething"
    with Server(None, "--config", file) as server:
        client = server.client()
        arn = machine(client, "lonely", resource, {})
        log = said(server, resource)
        assert "nosuchservice" in log and "lonely" in log, log
        found = client.validate_state_machine_definition(
            severity="WARNING", definition=json.dumps({"StartAt": "T", "States": {"T": {
                "Type": "Task", "Resource": resource, "Parameters": {}, "End": True}}}))
        assert found["result"] == "OK" and len(found["diagnostics"]) == 1, found
        diagnostic = found["diagnostics"][0]
        assert diagnostic["severity"] == "WARNING", found
        assert diagnostic["location"] == "/States/T/Resource", found
        # The bucket is here.
        reader = {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {
            "Bucket": "data", "Key": "k"}, "ReaderConfig": {"InputType": "JSON"}}
        found = client.validate_state_machine_definition(
            severity="WARNING", definition=json.dumps({"StartAt": "M", "States": {"M": {
                "Type": "Map", "ItemReader": reader, "End": True, "ItemProcessor": {
                    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                    "StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}}}}))
        assert found["diagnostics"] == [], found
        # It fails at once, whatever its retriers say.
        event(client, arn, "ExecutionFailed", seconds=5)


@check
def what_nobody_can_sign_fails_at_once(directory):
    """Without credentials and endpoints no service of AWS's is there, whatever retriers say."""
    (directory / "stepwell.yaml").write_text("{}")
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("AWS_")}
    os.environ |= {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.devnull,
                   "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    try:
        with Server(None, "--config", str(directory / "stepwell.yaml")) as server:
            client = server.client()
            for number, (resource, parameters) in enumerate([
                    ("dynamodb:getItem", {"TableName": "t", "Key": {"id": {"S": "1"}}}),
                    ("aws-sdk:dynamodb:getItem", {"TableName": "t", "Key": {"id": {"S": "1"}}}),
                    ("glue:startJobRun.sync", {"JobName": "j"}),
                    ("lambda:invoke", {"FunctionName": "f"}),
                    ("apigateway:invoke", {"ApiEndpoint": "http://127.0.0.1:1", "Method": "GET",
                                           "AuthType": "IAM_ROLE"})]):
                arn = machine(client, f"m{number}", f"arn:aws:states:::{resource}", parameters)
                failed = event(client, arn, "ExecutionFailed")["executionFailedEventDetails"]
                assert failed["error"] == "Stepwell.NoHandler", (resource, failed)
                assert "no AWS credentials were found" in failed["cause"], failed
    finally:
        os.environ |= kept


@check
def one_execution_goes_by_it_too(directory):
    """`sfnctl run` has its tasks done as the server would."""
    (directory / "rows.jsonl").write_text('{"a": 1}\n')
    (directory / "mocks.json").write_text(json.dumps({
        "StateMachines": {"m": {"TestCases": {"Good": {"Call": "Answer"}}}},
        "MockedResponses": {"Answer": {"0": {"Return": {"mocked": True}}}}}))
    file = configuration(directory, "runners: {ecs: {say: {command: [\"true\"]}}}\n")
    text = pathlib.Path(file).read_text(encoding="utf-8")
    pathlib.Path(file).write_text(text.replace("  policy:", "  mock: mocks.json\n  policy:"))
    policy(directory, "*")
    states = {
        "Rows": {"Type": "Map", "Next": "Task", "ItemReader": {
            "Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "JSONL"},
            "Parameters": {"Bucket": "data", "Key": "rows.jsonl"}}, "ResultPath": "$.rows",
            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED",
                                                  "ExecutionType": "STANDARD"},
                              "StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}},
        "Task": {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync", "End": True,
                 "Parameters": {"TaskDefinition": "say"}, "ResultPath": "$.status",
                 "ResultSelector": {"of.$": "$.LastStatus"}}}
    (directory / "m.asl.json").write_text(json.dumps({"StartAt": "Rows", "States": states}))
    command = [sfnctl(), "run", str(directory / "m.asl.json"), "--config", file]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran
    assert json.loads(ran.stdout) == {"rows": [{"a": 1}], "status": {"of": "STOPPED"}}, ran
    policy(directory, "sqs:*")
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 1 and "is not authorized to perform" in ran.stderr, ran
    policy(directory, "*")
    (directory / "m.asl.json").write_text(json.dumps({"StartAt": "Call", "States": {"Call": {
        "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {},
        "End": True}}}))
    ran = subprocess.run([*command, "--test-case", "Good"], capture_output=True, text=True,
                         timeout=60)
    assert json.loads(ran.stdout) == {"mocked": True}, ran
    pathlib.Path(file).write_text("nonsense: 1\n")
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 65 and ":1:1: 'nonsense' is not known here" in ran.stderr, ran


@check
def secrets_are_neither_logged_nor_stored(directory):
    file = configuration(directory)
    policy(directory, "*")
    with Server(None, "--config", file) as server:
        client = server.client()
        arn = machine(client, "m", "arn:aws:states:::http:invoke", {
            "ApiEndpoint": "http://127.0.0.1:1/", "Method": "GET", "Authentication": {
                "ConnectionArn": f"arn:aws:events:us-east-1:{ACCOUNT}:connection/shop/1"}})
        event(client, arn, "TaskFailed")
        server.process.send_signal(signal.SIGHUP)
        said(server, "configuration reloaded")
        server.stop()
        places = [pathlib.Path(server.scratch.name, "output"), *pathlib.Path(server.data).iterdir()]
        for place in places:
            if place.is_file():
                assert SECRET.encode() not in place.read_bytes(), place


if __name__ == "__main__":
    sys.exit(check.run(empty_directory))
