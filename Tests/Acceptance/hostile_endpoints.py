#!/usr/bin/env python3
"""Endpoints that hang, never end, lie or lead elsewhere: each costs its own call, nothing else.

Prints `N passed, N failed`.
"""

import json
import os
import pathlib
import socket
import sys
import tempfile
import threading
import time

from api_boto3 import ended, machine
from checks import Checks, empty_directory
from hostile_functions import resident_megabytes
from sfnctl_server import Server

check = Checks()
CONNECTION = "arn:aws:events:us-east-1:000000000000:connection/any/1"
KEYS = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
HANGING = 40


class Endpoint:
    """A server that does to a connection what the path of its first request says."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.seen: list[str] = []
        self.open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                made, _ = self.listener.accept()
            except OSError:
                return
            self.open.append(made)
            threading.Thread(target=self._serve, args=[made], daemon=True).start()

    def _serve(self, made: socket.socket) -> None:
        try:
            while text := made.recv(65_536):
                line = text.split(b"\r\n")[0].decode()
                self.seen.append(line)
                what = line.split()[1].strip("/").split("?")[0].split("/")[0]
                getattr(self, f"do_{what}", self.do_good)(made)
        except OSError:
            pass

    def do_good(self, made: socket.socket) -> None:
        made.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    def do_silent(self, made: socket.socket) -> None:
        time.sleep(100)

    def do_drip(self, made: socket.socket) -> None:
        made.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(1000):
            made.sendall(b" ")
            time.sleep(0.1)

    def do_endless(self, made: socket.socket) -> None:
        made.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            made.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")

    def do_headers(self, made: socket.socket) -> None:
        made.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            made.sendall(b"X-Header: " + b"y" * 1000 + b"\r\n")

    def do_line(self, made: socket.socket) -> None:
        made.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        while True:
            made.sendall(b"y" * 65_536)

    def do_informs(self, made: socket.socket) -> None:
        while True:
            made.sendall(b"HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n" * 100)

    def do_garbage(self, made: socket.socket) -> None:
        made.sendall(b"\x00\xff\x16\x03" * 1000 + b"\r\n\r\n")

    def do_cut(self, made: socket.socket) -> None:
        made.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
        made.shutdown(socket.SHUT_RDWR)

    def do_chunk(self, made: socket.socket) -> None:
        made.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n")

    def do_redirect(self, made: socket.socket) -> None:
        made.sendall(b"HTTP/1.1 307 Temporary Redirect\r\nContent-Length: 0\r\n"
                     b"Location: http://169.254.169.254/latest/meta-data\r\n\r\n")

    def close(self) -> None:
        self.listener.close()
        for made in self.open:
            made.close()


def invoke(url: str, **more) -> dict:
    """A definition of one HTTP Task."""
    return {"StartAt": "T", "States": {"T": {
        "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": True, "Parameters": {
            "ApiEndpoint": url, "Method": "GET", "Authentication": {"ConnectionArn": CONNECTION},
        }, **more}}}


def gateway(endpoint: str) -> dict:
    """A definition of one call of API Gateway."""
    return {"StartAt": "T", "States": {"T": {
        "Type": "Task", "Resource": "arn:aws:states:::apigateway:invoke", "End": True,
        "Parameters": {"ApiEndpoint": endpoint, "Method": "GET", "Path": "good"}}}}


def serving(folder: pathlib.Path, outgoing: dict | None = None) -> Server:
    """A server with a connection, and with rules."""
    file = folder / "stepwell.json"
    (folder / "key").write_text("k")
    file.write_text(json.dumps({
        "connections": {"any": {"apiKey": {"name": "X-Key", "value": {"file": "key"}}}},
        "outgoing": outgoing or {}}))
    return Server(None, "--config", str(file))


def outcome(client, name: str, definition: dict, seconds: float = 20) -> dict:
    """What an execution comes to."""
    run = client.start_execution(stateMachineArn=machine(client, name, definition))
    return ended(client, run["executionArn"], seconds=seconds)


@check
def answers_that_are_none(folder, endpoint):
    """Each fails by name, at once, and is not kept in memory."""
    with serving(folder) as server:
        client = server.client()
        assert outcome(client, "good", invoke(f"{endpoint.url}/good"))["status"] == "SUCCEEDED"
        before = resident_megabytes(server)
        for what, error in (
                ("endless", "States.DataLimitExceeded"), ("headers", "States.Http.Socket"),
                ("line", "States.Http.Socket"), ("garbage", "States.Http.Socket"),
                ("cut", "States.Http.Socket"), ("chunk", "States.Http.Socket"),
                ("redirect", "States.Http.StatusCode.307")):
            begin = time.monotonic()
            found = outcome(client, what, invoke(f"{endpoint.url}/{what}"))
            assert found.get("error") == error, (what, found)
            assert time.monotonic() - begin < 5, what
        found = outcome(client, "informs", invoke(f"{endpoint.url}/informs", TimeoutSeconds=3))
        assert found["error"] in ("States.Timeout", "States.Http.Socket"), found
        assert resident_megabytes(server) < before + 100, (before, resident_megabytes(server))


@check
def hung(folder, endpoint):
    """Calls that hang hold up no other call, not of the same host either."""
    with serving(folder) as server:
        client = server.client()
        runs = []
        for number, what in enumerate(["silent", "drip"] * (HANGING // 2)):
            arn = machine(client, f"h{number}", invoke(
                f"{endpoint.url}/{what}/{number}", TimeoutSeconds=8))
            runs.append(client.start_execution(stateMachineArn=arn)["executionArn"])
        deadline = time.monotonic() + 5
        while len([line for line in endpoint.seen if "silent" in line or "drip" in line]) < HANGING:
            assert time.monotonic() < deadline, f"only {len(endpoint.seen)} calls are under way"
            time.sleep(0.05)
        begin = time.monotonic()
        found = outcome(client, "good", invoke(f"{endpoint.url}/good"))
        assert found["status"] == "SUCCEEDED", found
        assert time.monotonic() - begin < 2
        errors = {ended(client, run, seconds=30)["error"] for run in runs}
        assert errors == {"States.Timeout"}, errors


@check
def names_and_addresses(folder, endpoint):
    """Whatever a URL looks like, it leads to no host that may not be called."""
    allowed = {"allow": ["127.0.0.1", "*.example.com"], "deny": ["localhost"]}
    with tempfile.TemporaryDirectory() as scratch, serving(folder, allowed) as server:
        client = server.client()
        path = f"{scratch}/socket"
        unix = socket.socket(socket.AF_UNIX)
        unix.bind(path)
        unix.listen()
        unix.settimeout(0.5)
        port = endpoint.port
        count = len(endpoint.seen)
        for number, url in enumerate([
                f"http://localhost:{port}/", f"http://LOCALHOST.:{port}/", f"http://[::1]:{port}/",
                f"http://x@localhost:{port}/", f"http://a:b@127.0.0.1:{port}/",
                f"http://127.1:{port}/", f"http://2130706433:{port}/", f"http://0x7f.1:{port}/",
                f"http://localhost:{port}\\.example.com/",
                f"http://localhost%2f.example.com:{port}/",
                f"http://127.0.0.1%00.example.com:{port}/", f"http://ｌocalhost:{port}/",
                f"http://localhost:{port}#.example.com", f"http://other:{port}?.example.com/"]):
            found = outcome(client, f"n{number}", invoke(url))
            assert found["status"] == "FAILED", (url, found)
            found = outcome(client, f"g{number}", gateway(url))
            assert found["status"] == "FAILED", (url, found)
        assert len(endpoint.seen) == count, endpoint.seen[count:]
        for number, url in enumerate([
                f"http+unix://{path.replace('/', '%2F')}/", f"unix://{path}",
                f"HTTP+UNIX://{path.replace('/', '%2F')}"]):
            found = outcome(client, f"u{number}", gateway(url))
            assert found["status"] == "FAILED", (url, found)
            try:
                unix.accept()
                raise AssertionError(f"{url} has reached a socket of this machine")
            except TimeoutError:
                pass
        unix.close()
        assert outcome(client, "good", invoke(f"{endpoint.url}/good"))["status"] == "SUCCEEDED"


@check
def metadata(folder, _endpoint):
    """Metadata services are not called, by whatever spelling of their addresses."""
    with serving(folder) as server:
        client = server.client()
        for number, host in enumerate([
                "169.254.169.254", "2852039166", "0xa9fea9fe", "169.254.43518", "0251.254.169.254",
                "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[64:ff9b::a9fe:a9fe]",
                "[fd00:ec2::254]", "100.100.100.200", "168.63.129.16"]):
            begin = time.monotonic()
            found = outcome(client, f"m{number}", invoke(f"http://{host}/latest/meta-data"))
            assert found["status"] == "FAILED", (host, found)
            # Without a route there is no connection that could be judged.
            assert "not allowed" in found["cause"] or "unreachable" in found["cause"].lower() \
                or "not known" in found["cause"] or "exchange was over" in found["cause"] \
                or "timed out" in found["cause"], (host, found)
            assert time.monotonic() - begin < 8, host


@check
def services(folder, endpoint):
    """The same of services: a call has its time, and its attempts."""
    os.environ.update(KEYS, AWS_ENDPOINT_URL=endpoint.url + "/silent")
    try:
        with serving(folder) as server:
            client = server.client()
            task = {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": True,
                    "Parameters": {"QueueUrl": f"{endpoint.url}/silent", "MessageBody": "x"},
                    "TimeoutSeconds": 2}
            found = outcome(client, "sqs", {"StartAt": "T", "States": {"T": task}})
            assert found["error"] == "States.Timeout", found
    finally:
        for name in (*KEYS, "AWS_ENDPOINT_URL"):
            del os.environ[name]


@check
def nobody(folder, _endpoint):
    """A call that nobody can make fails by name, and is not made again for nothing."""
    home = folder / "home"
    home.mkdir()
    saved = os.environ["HOME"]
    os.environ["HOME"] = str(home)
    retry = [{"ErrorEquals": ["Lambda.SdkClientException"], "IntervalSeconds": 3600},
             {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 3600, "MaxAttempts": 3}]
    try:
        with serving(folder) as server:
            client = server.client()
            arn = "arn:aws:lambda:us-east-1:000000000000:function:none"
            for number, (resource, parameters) in enumerate([
                    (arn, {}), ("arn:aws:states:::lambda:invoke", {"FunctionName": "none"}),
                    ("arn:aws:states:::aws-sdk:lambda:invoke", {"FunctionName": "none"}),
                    ("arn:aws:states:::sqs:sendMessage",
                     {"QueueUrl": "http://q", "MessageBody": "m"}),
                    ("arn:aws:states:::aws-sdk:dynamodb:getItem",
                     {"TableName": "t", "Key": {"id": {"S": "1"}}}),
                    ("arn:aws:states:::apigateway:invoke", {
                        "ApiEndpoint": "x.execute-api.us-east-1.amazonaws.com", "Method": "GET",
                        "AuthType": "IAM_ROLE"})]):
                task = {"Type": "Task", "Resource": resource, "Parameters": parameters,
                        "End": True, "Retry": retry}
                found = outcome(client, f"n{number}", {"StartAt": "T", "States": {"T": task}})
                assert found["error"] == "Stepwell.NoHandler", (resource, found)
                assert "AWS_ACCESS_KEY_ID" in found["cause"], (resource, found)
    finally:
        os.environ["HOME"] = saved


class Closing:
    """An endpoint for one check."""

    def __enter__(self) -> Endpoint:
        self.endpoint = Endpoint()
        return self.endpoint

    def __exit__(self, *_) -> None:
        self.endpoint.close()


if __name__ == "__main__":
    sys.exit(check.run(empty_directory, Closing))
