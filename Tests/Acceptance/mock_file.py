#!/usr/bin/env python3
"""Mocked responses as a user has them: `--mock` of serve and run. Prints `N passed, N failed`."""

import json
import subprocess
import sys
import time

from checks import Checks, empty_directory
from sfnctl_server import Server, sfnctl

DEFINITION = {"StartAt": "Charge", "States": {
    "Charge": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:pay",
               "Catch": [{"ErrorEquals": ["Declined"], "Next": "Refuse"}], "End": True},
    "Refuse": {"Type": "Pass", "Result": "refused", "End": True}}}
check = Checks()


def mocks(receipt: str, machine: str = "orders") -> str:
    """A mock configuration: paid with a receipt, or declined."""
    return json.dumps({
        "StateMachines": {machine: {"TestCases": {
            "Paid": {"Charge": "Receipt"}, "Declined": {"Charge": "Declined"}}}},
        "MockedResponses": {
            "Receipt": {"0": {"Return": {"StatusCode": 200, "Payload": {"receipt": receipt}}}},
            "Declined": {"0": {"Throw": {"Error": "Declined", "Cause": "no funds"}}}}}, indent=1)


def outcome(client, arn: str):
    """Runs an execution to its end; its output."""
    started = client.start_execution(stateMachineArn=arn, input="{}")
    for _ in range(500):
        found = client.describe_execution(executionArn=started["executionArn"])
        if found["status"] != "RUNNING":
            assert found["stateMachineArn"] == arn.split("#")[0], found
            return json.loads(found["output"])
        time.sleep(0.02)
    raise AssertionError("the execution does not end")


@check
def serve_reads_the_file_again_when_it_changes(directory):
    file = directory / "MockConfigFile.json"
    file.write_text(mocks("first"))
    with Server(None, "--mock", str(file)) as server:
        client = server.client()
        arn = client.create_state_machine(
            name="orders", definition=json.dumps(DEFINITION),
            roleArn="arn:aws:iam::000000000000:role/r")["stateMachineArn"]
        assert outcome(client, arn + "#Paid") == {"receipt": "first"}
        assert outcome(client, arn + "#Declined") == "refused"
        file.write_text(mocks("second, longer"))
        assert outcome(client, arn + "#Paid") == {"receipt": "second, longer"}
        file.write_text('{"StateMachines": {"orders": 1}}')
        assert outcome(client, arn + "#Paid") == {"receipt": "second, longer"}
        try:
            client.start_execution(stateMachineArn=arn + "#Nope")
            raise AssertionError("an unknown test case was taken")
        except client.exceptions.ValidationException as error:
            assert "no test case 'Nope'" in str(error), error
        server.output.seek(0)
        log = server.output.read()
        assert f"{file}:1:20: an object is expected here" in log, log
        assert server.stop() == 0


def run(*arguments: str):
    """Runs sfnctl; its status, output and error."""
    done = subprocess.run([sfnctl(), *arguments], capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


@check
def run_takes_a_test_case(directory):
    definition = directory / "pay.asl.json"
    definition.write_text(json.dumps(DEFINITION))
    file = directory / "mocks.json"
    file.write_text(mocks("r", machine="another-name"))
    common = ["run", str(definition), "--mock", str(file), "--test-case"]
    status, out, err = run(*common, "Paid")
    assert (status, json.loads(out)) == (0, {"receipt": "r"}), err
    status, out, err = run(*common, "Nope")
    assert status == 65 and f"{file}: there is no test case 'Nope'" in err, (status, err)
    status, out, err = run("run", str(definition), "--mock", str(file))
    assert status == 64 and "--test-case" in err, (status, err)


@check
def a_bad_file_is_refused_at_the_start(directory):
    file = directory / "mocks.json"
    file.write_text('{"StateMachines": {}, "Mocked": {}}')
    data = directory / "data"
    status, _, err = run("serve", "--data-dir", str(data), "--port", "0", "--mock", str(file))
    assert status == 65 and f"{file}:1:23: 'Mocked' is not known" in err, (status, err)
    assert not data.exists(), "a refused start has made the data directory"
    status, _, err = run("serve", "--data-dir", str(data), "--mock", str(directory / "none"))
    assert status == 65 and "cannot be read" in err, (status, err)


def main() -> int:
    return check.run(empty_directory)


if __name__ == "__main__":
    sys.exit(main())
