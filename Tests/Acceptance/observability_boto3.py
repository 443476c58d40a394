#!/usr/bin/env python3
"""What an operator sees of a server: metrics, access log, log formats, traces that go on.

Prints `N passed, N failed`.
"""

import http.client
import http.server
import json
import os
import pathlib
import re
import sys
import tempfile
import threading
import time

from checks import Checks
from process import Process, Refused, wait

check = Checks()

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRACE = "5759e988bd862e3fe1be46a994272793"
PARENT = "53995c3f42cd8ad8"
TRACEPARENT = f"00-{TRACE}-{PARENT}-01"
HEADER = f"Root=1-{TRACE[:8]}-{TRACE[8:]};Parent={PARENT};Sampled=1"


class Recorder(http.server.ThreadingHTTPServer):
    """An endpoint that answers anything, and keeps the header fields of what came."""

    def __init__(self):
        seen = self.seen = []

        class Handler(http.server.BaseHTTPRequestHandler):
            """Keeps and answers."""

            def do_POST(self):
                """Any call."""
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                seen.append(dict(self.headers.items()))
                self.send_response(200)
                self.send_header("Content-Type", "application/x-amz-json-1.0")
                body = b'{"MessageId":"1","MD5OfMessageBody":"x"}'
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Nothing."""

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


def start(server: Process, machine: str, headers: dict, **members) -> str:
    """Starts an execution with further header fields; its ARN."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("POST", "/", json.dumps({"stateMachineArn": machine, **members}), {
        "X-Amz-Target": "AWSStepFunctions.StartExecution",
        "Content-Type": "application/x-amz-json-1.0", **headers})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return answer["executionArn"]


def ended(server: Process, arn: str) -> dict:
    """The execution when it is over."""
    end = time.monotonic() + 20
    while True:
        found = server.call("DescribeExecution", executionArn=arn)
        if found["status"] != "RUNNING":
            return found
        assert time.monotonic() < end, found
        time.sleep(0.02)


def samples(server: Process) -> dict[str, set]:
    """The metrics that a server shows, and the names of their labels."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    kinds = dict(line.split()[2:4] for line in text.splitlines() if line.startswith("# TYPE"))
    found = {name: set() for name in kinds}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        match = re.fullmatch(r"([a-z_]+)(?:\{(.*)\})? [0-9.e+-]+", line)
        assert match, line
        name = match[1]
        if name not in kinds:
            name = re.sub("_(bucket|sum|count)$", "", name)
        assert name in kinds, line
        found[name] |= set(re.findall(r'([a-z]+)="', match[2] or "")) - {"le"}
    return {name: (kinds[name], labels) for name, labels in found.items()}


@check
def metrics_are_those_of_the_page():
    documented = {}
    for line in (ROOT / "OPERATING.md").read_text(encoding="utf-8").splitlines():
        match = re.fullmatch(r"\| (\w+) \| `(stepwell_\w+)` \| *(.*?) *\| .*", line)
        if match:
            documented[match[2]] = (match[1], set(re.findall("`([a-z]+)`", match[3])))
    with tempfile.TemporaryDirectory() as scratch, Process(f"{scratch}/data") as server:
        machine = server.machine("m")
        task = server.machine("t", json.dumps({"StartAt": "T", "States": {"T": {
            "Type": "Task", "Resource": "arn:aws:states:::states:startExecution",
            "Arguments": {"StateMachineArn": machine, "Input": {}}, "QueryLanguage": "JSONata",
            "End": True}}}))
        assert ended(server, start(server, task, {}))["status"] == "SUCCEEDED"
        try:
            server.call("DescribeExecution", executionArn="x")
            assert False, "refused"
        except Refused:
            pass
        server.get("/health")
        found = samples(server)
        for name, kind in found.items():
            assert documented[name] == kind, (name, documented[name], kind)
        # What only a fault, a schedule, TLS or a newer client counts may not be there yet.
        missing = set(documented) - set(found)
        assert missing <= {"stepwell_commit_failures", "stepwell_dead_readers",
                           "stepwell_reader_lag_commits", "stepwell_schedule_times",
                           "stepwell_unknown_members",
                           "stepwell_refused_signatures",
                           "stepwell_certificate_end_seconds"}, missing


@check
def the_console_shows_them_by_the_minute():
    with tempfile.TemporaryDirectory() as scratch, Process(f"{scratch}/data") as server:
        machine = server.machine("m")
        for _ in range(5):
            ended(server, start(server, machine, {}))
        server.call("StartExecution", stateMachineArn=server.machine("w", wait(600)))
        status, found = server.get("/console/api/metrics")
        assert status == 200
        assert len(found["started"]) == found["minutes"] == 60
        assert sum(found["started"]) == 6 and sum(found["succeeded"]) == 5, found
        assert sum(found["started"][-2:]) == 6
        assert found["running"] == 1 and found["counts"]["SUCCEEDED"] == 5
        commit = found["latency"]["commit"]
        assert commit["count"] > 0 and 0 <= commit["p50"] <= commit["p99"], commit


@check
def requests_are_logged():
    with tempfile.TemporaryDirectory() as scratch:
        path = pathlib.Path(scratch, "access")
        with Process(f"{scratch}/data", "--access-log", str(path), "--log-format", "json",
                     "--log-level", "trace") as server:
            machine = server.machine("m")
            start(server, machine, {"traceparent": TRACEPARENT, "User-Agent": "me"},
                  input='{"pin": 4711}')
            server.get("/health?secret=1")
            assert server.stop()[0] == 0
            output = server.output()
        assert path.stat().st_mode & 0o777 == 0o600
        text = path.read_text(encoding="utf-8")
        assert "4711" not in text and "secret" not in text
        create, begin, health = (json.loads(line) for line in text.splitlines())
        assert create["target"] == "AWSStepFunctions.CreateStateMachine"
        assert begin["trace"] == HEADER and begin["userAgent"] == "me", begin
        assert begin["status"] == 200 and begin["client"] == "127.0.0.1"
        assert begin["milliseconds"] > 0 and begin["responseBytes"] > 0
        assert begin["requestBytes"] > 10 and begin["method"] == "POST"
        assert re.fullmatch(r"[0-9a-f-]{36}", begin["requestId"])
        assert health["path"] == "/health" and health["status"] == 200
        for line in output.splitlines():
            if not line.startswith(("sfnctl serves", "console ", "version ")):
                assert {"time", "level", "logger", "message"} <= set(json.loads(line)), line
        # On standard output, with nothing else there.
        with Process(f"{scratch}/data", "--access-log", "-", stderr=None) as server:
            server.get("/health")
            assert server.stop()[0] == 0
            lines = [json.loads(line) for line in server.output().splitlines()]
        assert [line["path"] for line in lines] == ["/health"], lines


@check
def traces_go_on():
    recorder = Recorder()
    os.environ.update(AWS_ENDPOINT_URL=f"http://127.0.0.1:{recorder.server_port}",
                      AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b")
    queue = f"http://127.0.0.1:{recorder.server_port}/1/q"
    child = json.dumps({"StartAt": "S", "States": {"S": {
        "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": True,
        "Parameters": {"QueueUrl": queue, "MessageBody": "x"}}}})
    try:
        with tempfile.TemporaryDirectory() as scratch, Process(f"{scratch}/data") as server:
            nested = server.machine("nested", child)
            machine = server.machine("parent", json.dumps({"StartAt": "N", "States": {"N": {
                "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
                "Parameters": {"StateMachineArn": nested, "Input": {}}, "Next": "K"}, "K": {
                    "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sfn:startExecution",
                    "Parameters": {"StateMachineArn": nested, "Name": "by-sdk", "Input": "{}"},
                    "End": True}}}))
            run = start(server, machine, {"traceparent": TRACEPARENT})
            found = ended(server, run)
            assert found["status"] == "SUCCEEDED" and found["traceHeader"] == HEADER, found
            sdk = nested.replace(":stateMachine:", ":execution:") + ":by-sdk"
            assert ended(server, sdk)["traceHeader"] == HEADER
            assert len(recorder.seen) == 2, recorder.seen
            for fields in recorder.seen:
                assert fields["X-Amzn-Trace-Id"] == HEADER and fields["traceparent"] == TRACEPARENT
                assert "x-amzn-trace-id" not in fields["Authorization"].lower(), "may change"
            xray = "Root=1-5759e988-bd862e3fe1be46a994272793"
            for headers, members, wanted in (
                    ({"X-Amzn-Trace-Id": xray, "traceparent": TRACEPARENT}, {}, xray),
                    ({"X-Amzn-Trace-Id": xray}, {"traceHeader": "own"}, "own"),
                    ({"traceparent": "nonsense"}, {}, None), ({}, {}, None)):
                run = start(server, nested, headers, **members)
                assert ended(server, run).get("traceHeader") == wanted, (headers, members)
    finally:
        recorder.shutdown()
        recorder.server_close()
        for name in ("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            del os.environ[name]


@check
def options_are_checked():
    for arguments in (("--log-level", "loud"), ("--log-format", "xml"),
                      ("--console-dir", "/nowhere"), ("--console-dir", "/", "--no-console")):
        with tempfile.TemporaryDirectory() as scratch:
            server = Process(f"{scratch}/data", *arguments)
            try:
                server.start()
                assert False, arguments
            except AssertionError as error:
                assert "has ended" in str(error), error
            assert server.process.wait(10) == 64, arguments
            server.process.stdout.close()


if __name__ == "__main__":
    sys.exit(check.run())
