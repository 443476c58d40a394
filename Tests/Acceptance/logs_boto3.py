#!/usr/bin/env python3
"""`sfnctl serve --execution-logs --status-changes`: what is written while a server is killed.

The form of the log events is the recorded one, that of the status changes the developer guide's.
Prints `N passed, N failed`.
"""

import json
import os
import pathlib
import subprocess
import sys
import time

from api_boto3 import PASS, ROLE
from checks import Checks, empty_directory
from sfnctl_server import Server, free_port, sfnctl

GROUP = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/vendedlogs/states/orders:*"
FAIL = {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "Bad", "Cause": "so"}}}
check = Checks()


def server(directory: str) -> Server:
    """A server that writes both files."""
    return Server(f"{directory}/data", "--execution-logs", f"{directory}/logs",
                  "--status-changes", f"{directory}/changes")


def machine(client, name: str, definition: dict, level: str, data: bool, **more) -> str:
    """A state machine that logs."""
    return client.create_state_machine(
        name=name, roleArn=ROLE, definition=json.dumps(definition),
        loggingConfiguration={
            "level": level, "includeExecutionData": data,
            "destinations": [{"cloudWatchLogsLogGroup": {"logGroupArn": GROUP}}]},
        **more)["stateMachineArn"]


def lines(path: str) -> list[dict]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in pathlib.Path(path).read_text().splitlines()]


def messages(directory: str) -> list[dict]:
    """What Step Functions would have written to CloudWatch Logs."""
    return [json.loads(line["message"]) for line in lines(f"{directory}/logs")]


def until(condition) -> None:
    """Waits for a condition."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it does not come"
        time.sleep(0.05)


@check
def levels(directory):
    with server(directory) as running:
        client = running.client()
        for level in ("ALL", "ERROR", "FATAL"):
            arn = machine(client, level, FAIL, level, True)
            client.start_execution(stateMachineArn=arn, name="e", input='{"a": 1}')
        off = client.create_state_machine(
            name="OFF", roleArn=ROLE, definition=json.dumps(FAIL))["stateMachineArn"]
        client.start_execution(stateMachineArn=off, name="e")
        until(lambda: len(messages(directory)) >= 6)
        until(lambda: len(lines(f"{directory}/changes")) >= 8)
    found = {}
    for line, message in zip(lines(f"{directory}/logs"), messages(directory)):
        assert line["logGroupName"] == "/aws/vendedlogs/states/orders", line
        name = message["execution_arn"].split(":")[6]
        assert line["logStreamName"].startswith(f"states/{name}/"), line
        assert str(line["timestamp"]) == message["event_timestamp"], line
        assert message["redrive_count"] == "0", message
        found.setdefault(name, []).append(message)
    types = {name: [message["type"] for message in each] for name, each in found.items()}
    assert types == {
        "ALL": ["ExecutionStarted", "FailStateEntered", "ExecutionFailed"],
        "ERROR": ["FailStateEntered", "ExecutionFailed"], "FATAL": ["ExecutionFailed"]}, types
    assert found["ALL"][0]["details"] == {
        "input": '{"a": 1}', "inputDetails": {"truncated": False}, "roleArn": ROLE}, found
    assert found["FATAL"][0]["details"] == {"error": "Bad", "cause": "so"}, found
    assert found["FATAL"][0]["id"] == "3" and found["FATAL"][0]["previous_event_id"] == "2"
    changes = lines(f"{directory}/changes")
    assert len(changes) == 8 and len({change["id"] for change in changes}) == 8, changes
    last = [change["detail"] for change in changes if change["detail"]["status"] == "FAILED"][0]
    assert last["stopDate"] >= last["startDate"] and last["error"] == "Bad", last
    assert last["input"] == '{"a": 1}' and last["redriveStatus"] == "REDRIVABLE", last


@check
def nothing_is_missing_after_kills(directory):
    arns, running = [], server(directory)
    running.start()
    arn = machine(running.client(), "killed", PASS, "ALL", False)
    for _ in range(4):
        client = running.client()
        for _ in range(50):
            arns.append(client.start_execution(stateMachineArn=arn)["executionArn"])
        running.kill()
        running.start()
    until(lambda: len({m["execution_arn"] for m in messages(directory)}) == len(arns))
    assert running.stop() == 0
    seen = {}
    for message in messages(directory):
        seen.setdefault(message["execution_arn"], {})[message["id"]] = message
    assert set(seen) == set(arns)
    assert all(sorted(each) == ["1", "2", "3", "4"] for each in seen.values())
    ends = {change["detail"]["executionArn"] for change in lines(f"{directory}/changes")
            if change["detail"]["status"] == "SUCCEEDED"}
    assert ends == set(arns)


@check
def express_and_standard_output(directory):
    port = free_port()
    with open(f"{directory}/output", "w", encoding="utf-8") as output, \
            open(f"{directory}/said", "w", encoding="utf-8") as said:
        process = subprocess.Popen(
            [sfnctl(), "serve", "--data-dir", f"{directory}/data", "--port", str(port),
             "--execution-logs", "-", "--status-changes", "-"], stdout=output, stderr=said)
    try:
        running = Server(f"{directory}/data")
        running.endpoint = f"http://127.0.0.1:{port}"
        until(lambda: os.path.getsize(f"{directory}/said") > 0)
        client = running.client()
        arn = machine(client, "express", PASS, "ALL", False, type="EXPRESS")
        one = client.start_execution(stateMachineArn=arn, name="n")["executionArn"]
        until(lambda: "ExecutionSucceeded" in pathlib.Path(f"{directory}/output").read_text())
    finally:
        process.terminate()
        assert process.wait(15) == 0
    printed = pathlib.Path(f"{directory}/output").read_text().splitlines()
    found = [json.loads(line) for line in printed]
    assert all("message" in line for line in found), "Express executions change no status"
    assert {json.loads(line["message"])["execution_arn"] for line in found} == {one}, found


@check
def files_that_will_not_do(directory):
    def refusal(*options: str) -> str:
        done = subprocess.run(
            [sfnctl(), "serve", "--port", "0", *options], capture_output=True, text=True,
            timeout=30, check=False)
        assert done.returncode in (64, 73), done
        return done.stderr

    with server(directory):
        pass
    assert "another data directory" in refusal(
        "--data-dir", f"{directory}/other", "--execution-logs", f"{directory}/logs")
    pathlib.Path(f"{directory}/logs.cursor").write_text("x")
    assert "not a cursor" in refusal(
        "--data-dir", f"{directory}/data", "--execution-logs", f"{directory}/logs")
    assert "/nowhere/x" in refusal(
        "--data-dir", f"{directory}/data", "--status-changes", "/nowhere/x")
    assert "a file each" in refusal(
        "--data-dir", f"{directory}/data", "--status-changes", f"{directory}/same",
        "--execution-logs", f"{directory}/same")


def main() -> int:
    return check.run(empty_directory)


if __name__ == "__main__":
    sys.exit(main())
