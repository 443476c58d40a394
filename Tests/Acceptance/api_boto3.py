#!/usr/bin/env python3
"""The API as real clients see it: boto3, awscli and raw HTTP against a running `sfnctl serve`.

Every operation, good and bad. Prints `N passed, N failed`.
"""

import http.client
import json
import os
import pty
import socket
import subprocess
import sys
import tempfile
import threading
import time

from botocore.exceptions import ClientError

from checks import Checks
from sfnctl_server import Server, free_port, sfnctl

ROLE = "arn:aws:iam::000000000000:role/test"
PREFIX = "arn:aws:states:us-east-1:000000000000"
PASS = {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": {"done": True}, "End": True}}}
CHAIN = {"StartAt": "S0", "States": {
    f"S{n}": {"Type": "Pass", **({"Next": f"S{n + 1}"} if n < 59 else {"End": True})}
    for n in range(60)}}
SLEEP = {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 600, "End": True}}}
check = Checks()


def refused(code: str, call, *words: str, status: int = 400, **parameters) -> str:
    """Expects an error with a code, and words in its message; the message."""
    try:
        answer = call(**parameters)
    except ClientError as error:
        found = error.response["Error"]
        assert found["Code"] == code, f"expected {code}, got {found}"
        actual = error.response["ResponseMetadata"]["HTTPStatusCode"]
        assert actual == status, f"expected status {status}, got {actual}"
        for word in words:
            assert word in found["Message"], f"{word!r} is not in {found['Message']!r}"
        return found["Message"]
    raise AssertionError(f"expected {code}, got {answer}")


def raw(server: Server, method: str, path: str, body: bytes = b"", **headers: str):
    """One HTTP request; status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
    response = connection.getresponse()
    text = response.read()
    connection.close()
    return response.status, response.headers, text


def post(server: Server, operation: str, body: bytes):
    """One API request with any bytes as its body; status and the decoded answer."""
    status, headers, text = raw(
        server, "POST", "/", body, X_Amz_Target=f"AWSStepFunctions.{operation}",
        Content_Type="application/x-amz-json-1.0")
    assert headers["x-amzn-RequestId"], "an answer without request id"
    return status, json.loads(text)


def machine(client, name: str, definition: dict, **more) -> str:
    """Creates a state machine; its ARN."""
    return client.create_state_machine(
        name=name, roleArn=ROLE, definition=json.dumps(definition), **more)["stateMachineArn"]


def ended(client, arn: str, seconds: float = 20) -> dict:
    """Waits for an execution's end."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = client.describe_execution(executionArn=arn)
        if found["status"] != "RUNNING":
            return found
        time.sleep(0.01)
    raise AssertionError(f"{arn} does not end")


def wait_for_event(client, arn: str, kind: str) -> None:
    """Waits until an execution's history holds an event of a type."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        events = client.get_execution_history(executionArn=arn)["events"]
        if any(event["type"] == kind for event in events):
            return
        time.sleep(0.02)
    raise AssertionError(f"{arn} has no {kind}")


@check
def state_machines(server, client):
    arn = machine(client, "machines", PASS, tags=[{"key": "k", "value": "v"}])
    assert arn == f"{PREFIX}:stateMachine:machines"
    assert machine(client, "machines", PASS) == arn, "creating the same again is the same"
    refused("StateMachineAlreadyExists", client.create_state_machine, arn,
            name="machines", roleArn=ROLE, definition=json.dumps(SLEEP))
    found = client.describe_state_machine(stateMachineArn=arn)
    assert json.loads(found["definition"]) == PASS
    assert (found["status"], found["type"], found["roleArn"]) == ("ACTIVE", "STANDARD", ROLE)
    assert found["loggingConfiguration"] == {"level": "OFF", "includeExecutionData": False}
    assert abs(found["creationDate"].timestamp() - time.time()) < 60
    metadata = client.describe_state_machine(stateMachineArn=arn, includedData="METADATA_ONLY")
    assert metadata["definition"] == "{}"
    updated = client.update_state_machine(
        stateMachineArn=arn, definition=json.dumps(SLEEP), tracingConfiguration={"enabled": True})
    assert updated["revisionId"]
    found = client.describe_state_machine(stateMachineArn=arn)
    assert json.loads(found["definition"]) == SLEEP
    assert found["revisionId"] == updated["revisionId"]
    assert found["tracingConfiguration"] == {"enabled": True}
    refused("MissingRequiredParameter", client.update_state_machine, stateMachineArn=arn)
    client.delete_state_machine(stateMachineArn=arn)
    refused("StateMachineDoesNotExist", client.start_execution, stateMachineArn=arn)
    client.delete_state_machine(stateMachineArn=arn)


@check
def machine_paging(server, client):
    for number in range(5):
        machine(client, f"page-{number}", PASS)
    pages = client.get_paginator("list_state_machines").paginate(
        PaginationConfig={"PageSize": 2})
    names = [found["name"] for page in pages for found in page["stateMachines"]]
    assert len(names) == len(set(names)) and names == sorted(names)
    assert {f"page-{number}" for number in range(5)} <= set(names)
    refused("InvalidToken", client.list_state_machines, nextToken="nonsense")
    refused("ValidationException", client.list_state_machines,
            "Value '1001' at 'maxResults'", maxResults=1001)


@check
def page_tokens(server, client):
    arn, other = machine(client, "tokens", CHAIN), machine(client, "tokens-other", CHAIN)
    runs = [client.start_execution(stateMachineArn=arn)["executionArn"] for _ in range(3)]
    for run in runs:
        ended(client, run)
    token = client.list_executions(stateMachineArn=arn, maxResults=1)["nextToken"]
    assert len(client.list_executions(stateMachineArn=arn, nextToken=token)["executions"]) == 2
    for call, more in ((client.list_executions, {"stateMachineArn": other}),
                       (client.list_executions,
                        {"stateMachineArn": arn, "statusFilter": "FAILED"}),
                       (client.list_state_machines, {}), (client.list_activities, {})):
        refused("InvalidToken", call, nextToken=token, **more)
    history = client.get_execution_history
    token = history(executionArn=runs[0], maxResults=5)["nextToken"]
    assert history(executionArn=runs[0], nextToken=token)["events"][0]["id"] == 6
    refused("InvalidToken", history, executionArn=runs[1], nextToken=token)
    refused("InvalidToken", history, executionArn=runs[0], nextToken=token, reverseOrder=True)
    token = client.list_state_machines(maxResults=1)["nextToken"]
    refused("InvalidToken", client.list_activities, nextToken=token)
    for forged in (token[:-1], token + "A", token[::-1], "0" * 16, "0" * 15 + "x"):
        refused("InvalidToken", client.list_activities, nextToken=forged)


@check
def contradicting_settings(server, client):
    def create(code: str, *words: str, **more) -> None:
        refused(code, client.create_state_machine, *words,
                **{"name": "contrary", "roleArn": ROLE, "definition": json.dumps(PASS), **more})

    create("InvalidArn", "nonsense", roleArn="nonsense")
    create("ValidationException", "publish", versionDescription="first")
    for encryption in ({"type": "CUSTOMER_MANAGED_KMS_KEY"},
                       {"type": "AWS_OWNED_KEY", "kmsKeyId": "k"},
                       {"type": "AWS_OWNED_KEY", "kmsDataKeyReusePeriodSeconds": 60}):
        create("InvalidEncryptionConfiguration", encryptionConfiguration=encryption)
    arn = machine(client, "contrary", PASS)
    refused("InvalidArn", client.update_state_machine, stateMachineArn=arn, roleArn="nonsense")


@check
def bad_definitions(server, client):
    create = client.create_state_machine
    for text in ("{", "[]", "{}", '{"StartAt":"A","States":{}}',
                 '{"StartAt":"B","States":{"A":{"Type":"Pass","End":true}}}'):
        refused("InvalidDefinition", create, name="bad", roleArn=ROLE, definition=text)
    cut = '{\n "StartAt":'
    place = ('INVALID_JSON_DESCRIPTION: Unexpected end-of-input within/between Object entries\n at '
             f'[Source: (String)"{cut}"; line: 2, column: 12]')
    refused("InvalidDefinition", create, place, name="bad", roleArn=ROLE, definition=cut)
    found = client.validate_state_machine_definition(definition=cut)["diagnostics"]
    assert [place.endswith(each["message"]) for each in found] == [True], found
    # botocore itself holds the length back, so this goes as bytes.
    status, answer = post(server, "CreateStateMachine", json.dumps(
        {"name": "n" * 81, "roleArn": ROLE, "definition": json.dumps(PASS)}).encode())
    assert (status, answer["__type"]) == (400, "ValidationException"), answer
    for name in ("a b", "a/b", 'a"b', "a\u0001b", "a*b"):
        refused("InvalidName", create, name=name, roleArn=ROLE, definition=json.dumps(PASS))
    refused("ValidationException", create, "publish", name="bad", roleArn=ROLE,
            definition=json.dumps(PASS), versionDescription="of no version")


@check
def executions(server, client):
    arn = machine(client, "runs", PASS)
    started = client.start_execution(stateMachineArn=arn, name="one", input='{"n": 1}')
    assert started["executionArn"] == f"{PREFIX}:execution:runs:one"
    found = ended(client, started["executionArn"])
    assert (found["status"], found["output"], found["input"]) == (
        "SUCCEEDED", '{"done":true}', '{"n": 1}')
    assert found["startDate"] == started["startDate"] <= found["stopDate"]
    hidden = client.describe_execution(
        executionArn=started["executionArn"], includedData="METADATA_ONLY")
    assert "input" not in hidden and hidden["inputDetails"] == {"included": False}
    refused("ExecutionAlreadyExists", client.start_execution, stateMachineArn=arn, name="one",
            input='{"n": 2}')
    unnamed = client.start_execution(stateMachineArn=arn)["executionArn"]
    assert ended(client, unnamed)["input"] == "{}"
    for text in ("", "{", "{]", "nul", '{"a":1}x'):
        refused("InvalidExecutionInput", client.start_execution, stateMachineArn=arn, input=text)
    refused("InvalidName", client.start_execution, stateMachineArn=arn, name="a b")
    follows = client.describe_state_machine_for_execution(executionArn=unnamed)
    assert json.loads(follows["definition"]) == PASS


@check
def idempotent_start(server, client):
    arn = machine(client, "idempotent", SLEEP)
    first = client.start_execution(stateMachineArn=arn, name="same", input='{"n":1}')
    again = client.start_execution(stateMachineArn=arn, name="same", input='{"n":1}')
    assert first["executionArn"] == again["executionArn"]
    assert first["startDate"] == again["startDate"]
    refused("ExecutionAlreadyExists", client.start_execution, stateMachineArn=arn, name="same",
            input='{"n":2}')


@check
def stopping(server, client):
    arn = machine(client, "stops", SLEEP)
    execution = client.start_execution(stateMachineArn=arn)["executionArn"]
    stopped = client.stop_execution(executionArn=execution, error="Mine", cause="because")
    found = client.describe_execution(executionArn=execution)
    assert (found["status"], found["error"], found["cause"]) == ("ABORTED", "Mine", "because")
    assert found["stopDate"] == stopped["stopDate"]
    refused("ExecutionDoesNotExist", client.stop_execution, executionArn=f"{execution}x")


@check
def execution_listing(server, client):
    arn = machine(client, "listing", PASS)
    sleeping = machine(client, "listing-asleep", SLEEP)
    for number in range(7):
        ended(client, client.start_execution(stateMachineArn=arn, name=f"e{number}")
              ["executionArn"])
    pages = client.get_paginator("list_executions").paginate(
        stateMachineArn=arn, PaginationConfig={"PageSize": 3})
    names = [found["name"] for page in pages for found in page["executions"]]
    assert names == [f"e{number}" for number in reversed(range(7))], names
    client.start_execution(stateMachineArn=sleeping, name="r")
    running = client.list_executions(stateMachineArn=sleeping, statusFilter="RUNNING")
    assert [found["name"] for found in running["executions"]] == ["r"]
    assert not client.list_executions(
        stateMachineArn=sleeping, statusFilter="FAILED")["executions"]
    refused("ValidationException", client.list_executions, "enum value set",
            stateMachineArn=arn, statusFilter="succeeded")
    refused("StateMachineDoesNotExist", client.list_executions, stateMachineArn=arn + "x")
    pending = "PENDING_REDRIVE"
    assert not client.list_executions(stateMachineArn=arn, statusFilter=pending)["executions"]
    refused("StateMachineDoesNotExist", client.list_executions, stateMachineArn=arn + "x",
            statusFilter=pending)
    refused("ValidationException", client.list_executions, "redriveFilter",
            stateMachineArn=arn, redriveFilter="REDRIVEN")


@check
def histories(server, client):
    arn = machine(client, "histories", CHAIN)
    execution = client.start_execution(stateMachineArn=arn, input='{"secret":1}')["executionArn"]
    ended(client, execution)
    get = client.get_execution_history
    everything = get(executionArn=execution, maxResults=1000)["events"]
    assert [event["id"] for event in everything] == list(range(1, 123))
    assert everything[0]["type"] == "ExecutionStarted"
    assert everything[-1]["type"] == "ExecutionSucceeded"
    assert len(get(executionArn=execution)["events"]) == 100, "100 is the default page"
    for reverse in (False, True):
        paged, token = [], {}
        while True:
            page = get(executionArn=execution, maxResults=7, reverseOrder=reverse, **token)
            paged += page["events"]
            if "nextToken" not in page:
                break
            token = {"nextToken": page["nextToken"]}
        assert paged == (everything[::-1] if reverse else everything)
    bare = get(executionArn=execution, includeExecutionData=False, maxResults=1000)["events"]
    assert "secret" not in json.dumps(bare, default=str)
    assert [event["type"] for event in bare] == [event["type"] for event in everything]
    refused("ExecutionDoesNotExist", get, executionArn=execution + "x")
    refused("InvalidToken", get, executionArn=execution, nextToken="nonsense")


@check
def failures_before_work(server, client):
    role = {"RoleArn.$": "$.role"}
    region = "arn:aws:lambda:us-east-1:123456789012:function"
    asked = ["LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionFailed"]
    cases = [(f"{region}:none", {}, asked),
             ("arn:aws:states:::post:send", {}, ["TaskScheduled", "TaskStartFailed"]),
             ("arn:aws:states:::states:startExecution", {"Credentials": role},
              ["TaskScheduled", "TaskStartFailed"])]
    for number, (resource, more, types) in enumerate(cases):
        task = {"Type": "Task", "Resource": resource, "Parameters": {"StateMachineArn": "x"},
                "End": True, **more}
        arn = machine(client, f"before{number}", {"StartAt": "A", "States": {"A": task}})
        run = client.start_execution(stateMachineArn=arn, input='{"role": "me"}')["executionArn"]
        found = ended(client, run)
        expected = "States.Permissions" if more else "Stepwell.NoHandler"
        assert found["error"] == expected, found
        events = client.get_execution_history(executionArn=run)["events"]
        got = [event["type"] for event in events]
        assert got == ["ExecutionStarted", "TaskStateEntered", *types, "ExecutionFailed"], got
        name = types[-1][0].lower() + types[-1][1:] + "EventDetails"
        assert events[-2][name]["error"] == expected, events[-2]


@check
def activities(server, client):
    arn = client.create_activity(name="work")["activityArn"]
    assert arn == f"{PREFIX}:activity:work"
    assert client.create_activity(name="work")["activityArn"] == arn
    assert client.describe_activity(activityArn=arn)["name"] == "work"
    assert arn in [found["activityArn"] for found in client.list_activities()["activities"]]
    refused("InvalidName", client.create_activity, name="a b")
    flow = machine(client, "works", {"StartAt": "T", "States": {"T": {
        "Type": "Task", "Resource": arn, "TimeoutSeconds": 60, "End": True}}})

    def begin(number: int) -> tuple[str, str]:
        execution = client.start_execution(
            stateMachineArn=flow, input=json.dumps({"n": number}))["executionArn"]
        task = client.get_activity_task(activityArn=arn, workerName="tester")
        assert json.loads(task["input"]) == {"n": number}
        return execution, task["taskToken"]

    execution, token = begin(1)
    client.send_task_heartbeat(taskToken=token)
    client.send_task_success(taskToken=token, output='{"ok":true}')
    found = ended(client, execution)
    assert (found["status"], found["output"]) == ("SUCCEEDED", '{"ok":true}')
    refused("TaskTimedOut", client.send_task_success, taskToken=token, output="{}")
    execution, token = begin(2)
    refused("InvalidOutput", client.send_task_success, taskToken=token, output="{nonsense")
    client.send_task_failure(taskToken=token, error="E", cause="c")
    found = ended(client, execution)
    assert (found["status"], found["error"], found["cause"]) == ("FAILED", "E", "c")
    for call, more in ((client.send_task_success, {"output": "{}"}),
                       (client.send_task_failure, {}), (client.send_task_heartbeat, {})):
        refused("InvalidToken", call, taskToken="nonsense", **more)
    client.delete_activity(activityArn=arn)
    refused("ActivityDoesNotExist", client.describe_activity, activityArn=arn)
    refused("ActivityDoesNotExist", client.get_activity_task, activityArn=arn)


@check
def abandoned_poll(server, client):
    arn = client.create_activity(name="patient")["activityArn"]
    body = json.dumps({"activityArn": arn}).encode()
    lost = socket.create_connection(("127.0.0.1", server.port))
    lost.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AWSStepFunctions.GetActivityTask\r\n"
                 b"Content-Type: application/x-amz-json-1.0\r\n"
                 + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
    time.sleep(0.2)
    lost.close()
    time.sleep(0.2)
    flow = machine(client, "patient", {"StartAt": "T", "States": {"T": {
        "Type": "Task", "Resource": arn, "End": True}}})
    client.start_execution(stateMachineArn=flow)
    task = client.get_activity_task(activityArn=arn)
    assert task.get("taskToken"), "a task went to a worker that had gone away"
    client.send_task_success(taskToken=task["taskToken"], output="{}")


@check
def bad_arns(server, client):
    cases = [
        (client.describe_state_machine, "stateMachineArn"),
        (client.delete_state_machine, "stateMachineArn"),
        (client.start_execution, "stateMachineArn"),
        (client.list_executions, "stateMachineArn"),
        (client.describe_execution, "executionArn"),
        (client.describe_state_machine_for_execution, "executionArn"),
        (client.stop_execution, "executionArn"),
        (client.get_execution_history, "executionArn"),
        (client.describe_activity, "activityArn"),
        (client.delete_activity, "activityArn"),
        (client.get_activity_task, "activityArn"),
    ]
    for call, member in cases:
        for arn in ("nonsense", "arn:aws:sqs:us-east-1:000000000000:queue:x",
                    f"{PREFIX}:mapRun:a:b"):
            refused("InvalidArn", call, "Invalid Arn", **{member: arn})


@check
def unsupported_operations(server, client):
    for target in ("AWSStepFunctions.Nonsense", "DynamoDB_20120810.GetItem", ""):
        status, _, text = raw(server, "POST", "/", b"{}", X_Amz_Target=target,
                              Content_Type="application/x-amz-json-1.0")
        found = json.loads(text)
        assert (status, found["__type"]) == (400, "UnknownOperationException"), found
        assert target.removeprefix("AWSStepFunctions.") in found["message"]


@check
def bad_bodies(server, client):
    for body in (b"", b"{", b"[]", b"7", b'"text"', b'{"name":}', b"\xff\xfe", b"{} {}",
                 b'{"name":"\\ud800"}', b"[" * 100_000):
        status, found = post(server, "CreateActivity", body)
        assert (status, found["__type"]) == (400, "SerializationException"), (body[:40], found)
    for body in (b'{"name":7}', b'{"name":["a"]}', b'{"name":"a","tags":"t"}'):
        status, found = post(server, "CreateActivity", body)
        assert (status, found["__type"]) == (400, "SerializationException"), (body, found)
    status, found = post(server, "CreateActivity", b"{}")
    assert found["message"] == ("1 validation error detected: Value null at 'name' failed to "
                                "satisfy constraint: Member must not be null"), found
    status, found = post(server, "CreateActivity", b'{"name":"a","name":"b"}')
    assert found["__type"] == "SerializationException" and "name" in found["message"], found
    # What a newer client may send is not known here, and ignored; --strict refuses it.
    status, found = post(server, "CreateActivity", b'{"name":"a","colour":"blue"}')
    assert status == 200 and found["activityArn"].endswith(":a"), found


@check
def bad_http(server, client):
    assert raw(server, "GET", "/health")[0] == 200
    status, _, text = raw(server, "POST", "/nowhere", b"{}")
    assert status == 404 and "/nowhere" in json.loads(text)["message"]
    assert raw(server, "HEAD", "/health")[0] == 200
    assert raw(server, "PUT", "/health")[0] == 405
    status, headers, _ = raw(server, "GET", "/")
    assert (status, headers["Allow"]) == (405, "POST")
    for target in ("http://localhost", "http://127.0.0.1:1/", "https://localhost/?a=b"):
        status, _, text = raw(server, "POST", target, b"{}",
                              X_Amz_Target="AWSStepFunctions.ListActivities")
        assert status == 200 and "activities" in json.loads(text), (target, text)
    status, _, text = raw(server, "POST", "http://other.example/", b"{}",
                          X_Amz_Target="AWSStepFunctions.ListActivities")
    assert status == 403 and "--allow-host other.example" in json.loads(text)["message"], text
    assert raw(server, "GET", "http://localhost/health")[0] == 200
    assert raw(server, "POST", "http://localhost/nowhere", b"{}")[0] == 404
    status, _, text = raw(server, "POST", "/", b"{}", Content_Type="text/xml",
                          X_Amz_Target="AWSStepFunctions.ListActivities")
    assert status == 415 and "text/xml" in json.loads(text)["message"]
    status, _, _ = raw(server, "POST", "/", b"{}", Content_Encoding="gzip",
                       X_Amz_Target="AWSStepFunctions.ListActivities")
    assert status == 415


@check
def oversize(server, client):
    arn = machine(client, "sizes", PASS)
    status, found = post(server, "StartExecution", b" " * 3_000_000)
    assert (status, found["__type"]) == (413, "RequestEntityTooLarge"), found
    fits = '"' + "x" * (262_144 - 2) + '"'
    execution = client.start_execution(stateMachineArn=arn, input=fits)["executionArn"]
    assert ended(client, execution)["input"] == fits
    status, found = post(server, "StartExecution", json.dumps(
        {"stateMachineArn": arn, "input": fits + " "}).encode())
    assert found["__type"] == "ValidationException" and "262144" in found["message"], found
    assert client.list_state_machines(), "the server goes on"


@check
def command_line_client(server, client):
    environment = {**os.environ, "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local",
                   "AWS_DEFAULT_REGION": "us-east-1", "AWS_PAGER": ""}

    def aws(*arguments: str) -> dict:
        done = subprocess.run(
            [sys.executable, "-m", "awscli", "stepfunctions", *arguments, "--endpoint-url",
             server.endpoint], capture_output=True, text=True, env=environment, timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    arn = aws("create-state-machine", "--name", "by-cli", "--role-arn", ROLE, "--definition",
              json.dumps(PASS))["stateMachineArn"]
    execution = aws("start-execution", "--state-machine-arn", arn, "--input", '{"c":1}')
    ended(client, execution["executionArn"])
    events = aws("get-execution-history", "--execution-arn", execution["executionArn"])["events"]
    assert [event["id"] for event in events] == [1, 2, 3, 4]


@check
def many_at_once(server, client):
    arn = machine(client, "many", CHAIN)
    failures = []

    def starts(worker: int) -> None:
        own = server.client()
        try:
            for number in range(50):
                own.start_execution(stateMachineArn=arn, name=f"w{worker}-{number}")
        except Exception as error:  # pylint: disable=broad-except
            failures.append(error)

    threads = [threading.Thread(target=starts, args=[worker]) for worker in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures[0]
    deadline = time.monotonic() + 20
    while client.list_executions(stateMachineArn=arn, statusFilter="RUNNING")["executions"]:
        assert time.monotonic() < deadline, "executions do not end"
        time.sleep(0.05)
    pages = client.get_paginator("list_executions").paginate(
        stateMachineArn=arn, statusFilter="SUCCEEDED")
    assert sum(len(page["executions"]) for page in pages) == 400


# Checks of the program around the API; they run servers of their own.


def serve(*arguments: str, seconds: float = 15) -> subprocess.CompletedProcess:
    """Runs `sfnctl serve` that is expected to refuse."""
    return subprocess.run(
        [sfnctl(), "serve", "--port", str(free_port()), *arguments], capture_output=True,
        text=True, timeout=seconds)


@check
def directory_in_use(server, client):
    done = serve("--data-dir", server.data)
    assert done.returncode == 73, done
    assert server.data in done.stderr, done.stderr


@check
def unusable_directories(server, client):
    with tempfile.TemporaryDirectory() as folder:
        blocked = os.path.join(folder, "file")
        open(blocked, "w").close()
        assert serve("--data-dir", blocked).returncode == 73
        done = subprocess.run(
            [sfnctl(), "history", "1", "--data-dir", os.path.join(folder, "none")],
            capture_output=True, text=True, timeout=15)
        assert done.returncode == 73 and "none" in done.stderr, done
    done = serve("--data-dir", "/proc/no-such-place")
    assert done.returncode == 73 and "/proc/no-such-place" in done.stderr, done


@check
def port_in_use(server, client):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sfnctl(), "serve", "--data-dir", folder, "--port", str(server.port)],
            capture_output=True, text=True, timeout=15)
        assert done.returncode == 69 and str(server.port) in done.stderr, done


@check
def usage(server, client):
    for arguments in ([], ["--data-dir", "x", "--port", "70000"], ["--no-such-option"],
                      ["--data-dir", "x", "--account-id", "12"],
                      ["--data-dir", "x", "--time-scale", "0"]):
        done = subprocess.run([sfnctl(), "serve", *arguments], capture_output=True, text=True,
                              timeout=15)
        assert done.returncode == 64, (arguments, done)


@check
def draining(server, client):
    with Server() as own:
        other = own.client()
        arn = other.create_activity(name="slow")["activityArn"]
        answers = []
        poll = threading.Thread(
            target=lambda: answers.append(other.get_activity_task(activityArn=arn)))
        poll.start()
        time.sleep(0.3)
        began = time.monotonic()
        assert own.stop() == 0, "SIGTERM ends with status 0"
        assert time.monotonic() - began < 10
        poll.join(5)
        assert answers and not answers[0].get("taskToken"), answers


@check
def restart_keeps_everything(server, client):
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        with Server(data) as own:
            arn = machine(own.client(), "kept", SLEEP)
            execution = own.client().start_execution(stateMachineArn=arn, name="k")["executionArn"]
            own.kill()
        with Server(data) as own:
            kept = own.client()
            assert kept.describe_execution(executionArn=execution)["status"] == "RUNNING"
            kept.stop_execution(executionArn=execution)
            assert kept.describe_execution(executionArn=execution)["status"] == "ABORTED"


@check
def running_in_process(server, client):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "flow.asl.json")

        def run(definition: str, *arguments: str) -> subprocess.CompletedProcess:
            with open(path, "w", encoding="utf-8") as file:
                file.write(definition)
            return subprocess.run([sfnctl(), "run", path, *arguments], capture_output=True,
                                  text=True, timeout=30)

        done = run(json.dumps(PASS), "--input", '{"a":1}')
        assert (done.returncode, done.stdout) == (0, '{"done":true}\n'), done
        fail = {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "E", "Cause": "c"}}}
        done = run(json.dumps(fail))
        assert done.returncode == 1 and "E: c" in done.stderr and not done.stdout, done
        done = run('{"StartAt": "A",\n "States": {"A": {"Type": "Pas", "End": true}}}')
        assert done.returncode == 65 and f"{path}:2:" in done.stderr, done
        done = run('{"StartAt": }')
        assert done.returncode == 65 and f"{path}:1:13" in done.stderr, done
        done = run(json.dumps(PASS), "--input", "{bad")
        assert done.returncode == 65 and "--input:1:" in done.stderr, done
        given = {"StartAt": "A", "States": {"A": {
            "Type": "Pass", "Result": "${Word}", "End": True}}}
        done = run(json.dumps(given), "--substitute", "Word=hi")
        assert done.stdout == '"hi"\n', done


@check
def inputs_and_outputs(server, client):
    with tempfile.TemporaryDirectory() as folder:
        def run(*arguments: str, **more) -> subprocess.CompletedProcess:
            return subprocess.run([sfnctl(), "run", *arguments], stderr=subprocess.PIPE, text=True,
                                  cwd=folder, timeout=30, **{"stdout": subprocess.PIPE, **more})

        def write(name: str, state: dict) -> None:
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                json.dump({"StartAt": "A", "States": {"A": state}}, file)

        write("pass.json", {"Type": "Pass", "End": True})
        done = run("pass.json", "--input", "nofile")
        assert (done.returncode, done.stderr) == (
            65, "sfnctl: nofile: cannot be read: No such file or directory\n"), done
        done = run(".")
        assert done.returncode == 65 and ".: cannot be read: Is a directory" in done.stderr, done
        done = run("pass.json", "--input", "")
        assert done.returncode == 65 and "--input is empty" in done.stderr, done
        assert run("/dev/null").stderr.find("/dev/null:1:1: ") > 0
        read, written = os.pipe()
        os.write(written, b"[1]")
        os.close(written)
        done = run("pass.json", "--input", f"/dev/fd/{read}", pass_fds=[read])
        os.close(read)
        assert done.stdout == "[1]\n", done
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = run("pass.json", stdout=full)
        assert done.returncode == 1 and "No space left on device" in done.stderr, done
        # What a task says cannot steer a terminal, nor break a table.
        write("fail.json", {"Type": "Fail", "Error": "E\u001b[31m", "Cause": "one\ntwo"})
        done = run("fail.json", "--watch")
        assert "\x1b" not in done.stderr and "E\\u001b[31m cause=one\\ntwo\n" in done.stderr, done
        assert done.stderr.endswith("FAILED: E\\u001b[31m: one\ntwo\n"), done


@check
def colours(server, client):
    # A terminal as standard output has no say in the colours of standard error.
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "fail.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "E"}}}, file)
        environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        for terminal in ("stdout", "stderr"):
            controller, stream = pty.openpty()
            streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, terminal: stream}
            process = subprocess.Popen([sfnctl(), "run", path, "--watch"], env=environment,
                                       **streams)
            piped = b"".join(text or b"" for text in process.communicate(timeout=30))
            os.close(stream)
            assert b"\x1b" not in piped, piped
            if terminal == "stderr":
                assert b"\x1b[31mExecutionFailed" in os.read(controller, 65_536)
            os.close(controller)


@check
def looking_back(server, client):
    arn = machine(client, "looked-at", PASS)
    execution = client.start_execution(stateMachineArn=arn, name="x")["executionArn"]
    ended(client, execution)

    def tool(*arguments: str) -> str:
        done = subprocess.run([sfnctl(), *arguments], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done
        return done.stdout

    events = client.get_execution_history(executionArn=execution)["events"]
    for source in (["--data-dir", server.data], ["--endpoint", server.endpoint]):
        for name in ("looked-at:x", execution):
            found = json.loads(tool("history", name, *source, "--json"))["events"]
            assert [event["type"] for event in found] == [event["type"] for event in events]
        for form in ("--tree", "--timeline"):
            assert tool("history", "looked-at:x", *source, form)
    document = json.loads(tool("replay", "--all", "--verify", "--data-dir", server.data, "--json"))
    assert document["total"] == document["good"] > 400, document["total"]
    state = json.loads(tool(
        "replay", execution, "--data-dir", server.data, "--at", "2", "--json"))["state"]
    assert (state["status"], state["lastEventId"]) == ("RUNNING", 2)
    for place, words in (("99", "there is no event 99; the last one is 4"),
                         ("r99", "there is no record 99"),
                         ("2001-01-01T00:00:00Z", "had not started")):
        done = subprocess.run([sfnctl(), "replay", execution, "--data-dir", server.data, "--at",
                               place], capture_output=True, text=True, timeout=60)
        assert done.returncode == 1 and words in done.stderr and not done.stdout, done
    done = subprocess.run(
        [sfnctl(), "history", "looked-att:x", "--data-dir", server.data], capture_output=True,
        text=True, timeout=15)
    assert done.returncode == 1 and "did you mean 'looked-at'" in done.stderr, done
    done = subprocess.run(
        [sfnctl(), "history", "a:b", "--endpoint", f"http://127.0.0.1:{free_port()}"],
        capture_output=True, text=True, timeout=15)
    assert done.returncode == 69 and done.stderr.endswith(": Connection refused\n"), done


@check
def following(server, client):
    # 600 items make 2,400 events: more than two pages are followed.
    arn = machine(client, "followed", {"StartAt": "M", "States": {
        "M": {"Type": "Map", "MaxConcurrency": 1, "Next": "W", "ItemProcessor": {
            "StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}},
        "W": {"Type": "Wait", "Seconds": 1, "End": True}}})
    for items in [0, 600]:
        execution = client.start_execution(
            stateMachineArn=arn, name=f"f{items}", input=json.dumps([1] * items))["executionArn"]
        watchers = [
            subprocess.Popen([sfnctl(), "history", execution, *source, "--follow", "--json"],
                             stdout=subprocess.PIPE, text=True)
            for source in (["--data-dir", server.data], ["--endpoint", server.endpoint])]
        pages = client.get_paginator("get_execution_history")
        ids = []
        for watcher in watchers:
            lines = watcher.communicate(timeout=30)[0].splitlines()
            assert watcher.returncode == 0
            ids.append([json.loads(line)["id"] for line in lines])
        events = [event["id"] for page in pages.paginate(executionArn=execution)
                  for event in page["events"]]
        assert ids == [events, events], (items, [len(found) for found in ids], len(events))


@check
def damage_is_found(server, client):
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        with Server(data) as own:
            arn = machine(own.client(), "damaged", PASS)
            for number in range(20):
                own.client().start_execution(
                    stateMachineArn=arn, input=json.dumps({"mark": f"before-{number}"}))
            own.kill()

        def verify() -> subprocess.CompletedProcess:
            return subprocess.run(
                [sfnctl(), "replay", "--all", "--verify", "--data-dir", data],
                capture_output=True, text=True, timeout=60)

        assert verify().returncode == 0
        changed = 0
        for path, _, files in os.walk(data):
            for name in files:
                place = os.path.join(path, name)
                with open(place, "r+b") as file:
                    content = file.read()
                    at = content.find(b"before-7")
                    if at >= 0:
                        file.seek(at)
                        file.write(b"beyond-7")
                        changed += 1
        assert changed, "the input is not in the data directory as it was given"
        done = verify()
        assert done.returncode == 2, done


@check
def working(server, client):
    arn = client.create_activity(name="doubling")["activityArn"]
    flow = machine(client, "doubling", {"StartAt": "T", "States": {"T": {
        "Type": "Task", "Resource": arn, "HeartbeatSeconds": 2, "End": True}}})
    script = ("import json, os, subprocess, sys, time\n"
              "n = json.load(sys.stdin)['n']\n"
              "assert os.environ['STEPWELL_IDEMPOTENCY_KEY']\n"
              "if n == 13: print(json.dumps({'Error': 'Unlucky', 'Cause': 'thirteen'})); exit(3)\n"
              "if n == 14: print('no luck', file=sys.stderr); exit(1)\n"
              "if n == 15: time.sleep(3)\n"
              "family = '\\U0001f468\\u200d\\U0001f469'\n"
              "if n == 16: print(family * 20000, file=sys.stderr); exit(1)\n"
              "if n == 17: os.system('sleep 60 &')\n"
              "if n == 18: subprocess.run(['sleep', '600'])\n"
              "print(json.dumps(n * 2))\n")
    flags = [sfnctl(), "worker", arn, "--endpoint", server.endpoint, "--name", "doubler",
             "--heartbeat", "0.5", "--"]
    lost = subprocess.run([*flags, "no-such-program"], capture_output=True, text=True, check=False)
    assert lost.returncode == 64 and "no-such-program" in lost.stderr, lost
    worker = subprocess.Popen([*flags, sys.executable, "-c", script])
    try:
        def outcome(number: int) -> dict:
            return ended(client, client.start_execution(
                stateMachineArn=flow, input=json.dumps({"n": number}))["executionArn"])

        assert outcome(4)["output"] == "8"
        found = outcome(13)
        assert (found["error"], found["cause"]) == ("Unlucky", "thirteen"), found
        found = outcome(14)
        assert found["error"] == "CommandFailed" and "no luck" in found["cause"], found
        assert outcome(15)["output"] == "30", "heartbeats keep a slow task alive"
        found = outcome(16)
        assert found["error"] == "CommandFailed" and len(found["cause"]) > 10_000, found
        assert outcome(17)["output"] == "34", "what a command leaves behind is not waited for"
        stopped = client.start_execution(stateMachineArn=flow, input='{"n": 18}')["executionArn"]
        wait_for_event(client, stopped, "ActivityStarted")
        client.stop_execution(executionArn=stopped)
        assert outcome(4)["output"] == "8", "a stopped task's command ends with all it started"
        worker.terminate()
        assert worker.wait(10) == 0
        worker = subprocess.Popen([*flags, sys.executable, "-c", script])
        left = client.start_execution(stateMachineArn=flow, input='{"n": 18}')["executionArn"]
        wait_for_event(client, left, "ActivityStarted")
        deadline = time.monotonic() + 10
        while not sleepers():
            assert time.monotonic() < deadline, "the command does not run"
        worker.kill()
        while sleepers():
            assert time.monotonic() < deadline, "a command outlives its worker"
            time.sleep(0.02)
    finally:
        if worker.poll() is None:
            worker.kill()


def sleepers() -> list[str]:
    """The processes that a worker's command waits for."""
    return subprocess.run(["pgrep", "-fx", "sleep 600"], capture_output=True, text=True,
                          check=False).stdout.split()


def main() -> int:
    with Server() as server:
        return check.run(server, server.client)


if __name__ == "__main__":
    sys.exit(main())
