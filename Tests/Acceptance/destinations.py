#!/usr/bin/env python3
"""Logs, status changes and the audit log into pipes that nobody reads: nothing waits for them.

Prints `N passed, N failed`.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

from checks import Checks
from process import Process

LOGGING = {"level": "ALL", "includeExecutionData": True, "destinations": [
    {"cloudWatchLogsLogGroup": {
        "logGroupArn": "arn:aws:logs:us-east-1:000000000000:log-group:/g:*"}}]}
check = Checks()


def pipe(scratch: str) -> str:
    path = f"{scratch}/pipe"
    os.mkfifo(path)
    return path


def read(descriptor: int, seconds: float = 10, until: bytes = b"") -> bytes:
    """What a pipe has, until nothing more comes for a while or a text has come."""
    os.set_blocking(descriptor, False)
    text, end = b"", time.monotonic() + seconds
    while time.monotonic() < end and not (until and until in text):
        try:
            text += os.read(descriptor, 1 << 20)
        except BlockingIOError:
            pass
        time.sleep(0.01)
    return text


def started(server: Process, count: int) -> None:
    arn = server.machine("logged", loggingConfiguration=LOGGING)
    for number in range(count):
        server.call("StartExecution", stateMachineArn=arn, name=f"e{number}")


def ends_in_time(server: Process) -> None:
    code, seconds = server.stop()
    assert code == 0 and seconds < 10, (code, seconds)


@check
def audit_without_a_reader():
    with tempfile.TemporaryDirectory() as scratch:
        path = pipe(scratch)
        with Process(f"{scratch}/data", "--audit", path) as server:
            server.machine("m")
            server.call("CreateActivity", name="a")
            reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            names = [json.loads(line)["eventName"]
                     for line in read(reader, until=b"CreateActivity").splitlines()]
            assert names == ["CreateStateMachine", "CreateActivity"], names
            os.close(reader)
            ends_in_time(server)


@check
def audit_whose_reader_stalls():
    with tempfile.TemporaryDirectory() as scratch:
        path = pipe(scratch)
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with Process(f"{scratch}/data", "--audit", path) as server:
            arn = server.machine("m")
            for number in range(400):
                server.call("CreateActivity", name=f"a{number}", seconds=5)
            assert server.get("/health")[0] == 200 and server.get("/ready")[0] == 200
            server.call("StartExecution", stateMachineArn=arn)
            lines = read(reader, until=b'"a399"').splitlines()
            names = [record["requestParameters"]["name"] for record in map(json.loads, lines)
                     if record["eventName"] != "StartExecution"]
            assert names == ["m"] + [f"a{number}" for number in range(400)], len(names)
            for number in range(400):
                server.call("CreateActivity", name=f"b{number}", seconds=5)
            ends_in_time(server)
        os.close(reader)


@check
def records_that_do_not_fit_are_counted():
    with tempfile.TemporaryDirectory() as scratch:
        path = pipe(scratch)
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with Process(f"{scratch}/data", "--audit", path) as server:
            arn = server.machine("m")
            tags = [{"key": f"key-{number}-{'k' * 100}", "value": "v" * 250}
                    for number in range(50)]
            for _ in range(250):
                server.call("TagResource", resourceArn=arn, tags=tags)
            text = read(reader, until=b"AuditRecordsLost")
            lines = [json.loads(line) for line in text.splitlines()]
            lost = [line["lostRecords"] for line in lines
                    if line["eventName"] == "AuditRecordsLost"]
            kept = sum(line["eventName"] == "TagResource" for line in lines)
            assert len(lost) == 1 and lost[0] + kept == 250, (lost, kept)
            server.call("CreateActivity", name="after")
            assert b'"after"' in read(reader, until=b'"after"')
            ends_in_time(server)
        os.close(reader)


@check
def status_changes_that_nobody_reads():
    with tempfile.TemporaryDirectory() as scratch:
        with Process(f"{scratch}/data", "--status-changes", "-",
                     stderr=subprocess.PIPE) as server:
            started(server, 600)
            assert server.get("/ready")[0] == 200
            ends_in_time(server)
            assert b"sfnctl serves" in server.process.stderr.read(), "the banner is elsewhere"
            for line in server.process.stdout.read().splitlines()[:-1]:
                json.loads(line)


@check
def execution_logs_are_caught_up():
    with tempfile.TemporaryDirectory() as scratch:
        path = pipe(scratch)
        with Process(f"{scratch}/data", "--execution-logs", path) as server:
            started(server, 50)
            ends_in_time(server)
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with Process(f"{scratch}/data", "--execution-logs", path) as server:
            executions = {f":e{number}" for number in range(50)}
            deadline, text = time.monotonic() + 20, b""
            while time.monotonic() < deadline and not all(
                    f"{each}\\".encode() in text for each in executions):
                text += read(reader, 0.2)
            found = {":" + json.loads(json.loads(line)["message"])["execution_arn"].split(":")[-1]
                     for line in text.splitlines()}
            assert found == executions, len(found)
            ends_in_time(server)
        os.close(reader)


@check
def a_log_that_takes_nothing():
    """Standard error is a full pipe from the first line on."""
    with tempfile.TemporaryDirectory() as scratch:
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        try:
            while True:
                os.write(writer, b"x" * 4096)
        except BlockingIOError:
            os.set_blocking(writer, True)
        audit = pipe(scratch)
        with Process(f"{scratch}/data", "--audit", audit, stdout=writer,
                     stderr=writer) as server:
            started(server, 5)
            assert server.get("/health")[0] == 200
            ends_in_time(server)
        os.close(reader)
        os.close(writer)


@check
def a_full_disk():
    with tempfile.TemporaryDirectory() as scratch:
        full = f"{scratch}/full"
        os.symlink("/dev/full", full)
        with Process(f"{scratch}/data", "--audit", full, "--execution-logs", full) as server:
            started(server, 5)
            ends_in_time(server)
            said = server.output()
            assert "the audit log cannot be written" in said, said
            assert said.count("an export cannot be written") == 1, said


def main() -> int:
    return check.run()


if __name__ == "__main__":
    sys.exit(main())
