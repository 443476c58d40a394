#!/usr/bin/env python3
"""What a server on a network needs: refusals that are written down, keys that only read, proxies.

Prints `N passed, N failed`.
"""

import http.client
import json
import pathlib
import resource
import socket
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from checks import Checks, empty_directory
from process import PASS, ROLE, Process, request

check = Checks()
KEYS = """[all]
aws_access_key_id = AKIDALL
aws_secret_access_key = one
[reader]
aws_access_key_id = AKIDREADER
aws_secret_access_key = two
stepwell_access = read-only
"""


def keys(folder: pathlib.Path) -> list[str]:
    """The option that names a file of keys."""
    path = folder / "keys.ini"
    path.touch(mode=0o600)
    path.write_text(KEYS, encoding="utf-8")
    return ["--credentials", str(path)]


def client(server: Process, key: str, secret: str, service: str = "stepfunctions"):
    """A boto3 client that signs with a key."""
    return boto3.client(
        service, endpoint_url=f"http://127.0.0.1:{server.port}", region_name="us-east-1",
        aws_access_key_id=key, aws_secret_access_key=secret,
        config=Config(retries={"total_max_attempts": 1}, inject_host_prefix=False))


def refused(code: str, function, **arguments) -> None:
    """Expects an error."""
    try:
        function(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
    else:
        raise AssertionError(f"{function} was not refused")


def sent(server: Process, text: bytes) -> tuple[int, dict, bytes]:
    """Status, header fields and body of the answer to these bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(text)
        answer = http.client.HTTPResponse(connection, method=text.split()[0].decode())
        answer.begin()
        return answer.status, dict(answer.getheaders()), answer.read()


def lines(path: pathlib.Path) -> list[dict]:
    """The records of a log."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@check
def refusals_are_written_down(folder: pathlib.Path):
    log = folder / "access"
    with Process(str(folder / "data"), "--access-log", str(log)) as server:
        names = {}
        own = f"Host: 127.0.0.1:{server.port}\r\n".encode()
        for text, status in (
                (b"GET /health HTTP/1.1\r\n\r\n", 400),
                (b"GET /health HTTP/1.1\r\n" + own + own + b"\r\n", 400),
                (b"GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n", 403),
                (b"GET /health HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\n"
                 b"\r\n", 403),
                (b"POST / HTTP/1.1\r\n" + own + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\n",
                 400),
                (b"POST / HTTP/1.1\r\n" + own + b"Content-Length: 4\r\n"
                 b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
                (b"GET /health HTTP/1.1\r\n" + own + b"X: " + b"y" * 20_000 + b"\r\n\r\n", 431),
                (b"POST / HTTP/1.1\r\n" + own + b"Content-Length: 999999999\r\n\r\n", 413)):
            found, fields, body = sent(server, text)
            assert found == status, (text[:80], found, body)
            assert "Date" in fields and json.loads(body)["message"], fields
            names[fields["x-amzn-RequestId"]] = status
        assert len(names) == 8
        found, fields, body = sent(server, b"HEAD /health HTTP/1.1\r\n" + own
                                   + b"Connection: close\r\n\r\n")
        assert found == 200 and not body and int(fields["Content-Length"]) > 10, fields
        text = sent(server, b"GET /metrics HTTP/1.1\r\n" + own + b"Connection: close\r\n\r\n")[2]
        assert b'stepwell_requests{operation="refused",status="431"} 1' in text, text
        assert server.stop()[0] == 0
        said = server.output()
        for name, status in names.items():
            assert name in said, said
            line = next(line for line in lines(log) if line["requestId"] == name)
            assert line["status"] == status and line["client"] == "127.0.0.1", line


@check
def failed_signatures_are_counted(folder: pathlib.Path):
    with Process(str(folder / "data"), *keys(folder)) as server:
        refused("UnrecognizedClientException", client(server, "AKIDNOBODY", "x").list_activities)
        refused("InvalidSignatureException", client(server, "AKIDALL", "two").list_activities)
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
        connection.close()
        for code in ("UnrecognizedClientException", "InvalidSignatureException"):
            assert f'stepwell_refused_signatures{{code="{code}"}} 1' in text, text
        server.stop()
        said = server.output()
        assert said.count("the signature of a request is refused") == 2, said
        assert "accessKeyId=AKIDNOBODY" in said and "client=127.0.0.1" in said, said


@check
def keys_that_only_read(folder: pathlib.Path):
    log = folder / "audit"
    with Process(str(folder / "data"), *keys(folder), "--audit", str(log)) as server:
        owner, reader = client(server, "AKIDALL", "one"), client(server, "AKIDREADER", "two")
        arn = owner.create_state_machine(
            name="m", definition=PASS, roleArn=ROLE)["stateMachineArn"]
        activity = owner.create_activity(name="a")["activityArn"]
        assert reader.list_state_machines()["stateMachines"][0]["name"] == "m"
        assert reader.describe_state_machine(stateMachineArn=arn)["definition"] == PASS
        denied = "AccessDeniedException"
        refused(denied, reader.start_execution, stateMachineArn=arn)
        refused(denied, reader.delete_state_machine, stateMachineArn=arn)
        refused(denied, reader.get_activity_task, activityArn=activity)
        refused(denied, reader.test_state, roleArn=ROLE,
                definition='{"Type":"Pass","End":true}')
        rules = client(server, "AKIDREADER", "two", "events")
        assert rules.list_rules()["Rules"] == []
        refused(denied, rules.put_rule, Name="r", EventPattern='{"source":["a"]}')
        times = client(server, "AKIDREADER", "two", "scheduler")
        assert times.list_schedules()["Schedules"] == []
        refused(denied, times.delete_schedule, Name="s")
        # The console too.
        page = Page(server)
        assert page.ask("POST", "session", {
            "accessKeyId": "AKIDREADER", "secretAccessKey": "two"})["readOnly"] is True
        assert page.ask("POST", "call/ListStateMachines", {})["stateMachines"]
        found = page.ask("POST", "call/DeleteStateMachine", {"stateMachineArn": arn})
        assert found["__type"] == denied, found
        assert owner.list_state_machines()["stateMachines"], "it is still there"
        assert server.stop()[0] == 0
        codes = [(line["eventName"], line["userIdentity"]["accessKeyId"])
                 for line in lines(log) if line.get("errorCode") == denied]
        assert ("DeleteStateMachine", "AKIDREADER") in codes, codes


class Page:
    """The console's page."""

    def __init__(self, server: Process):
        self.server, self.cookie = server, ""

    def ask(self, method: str, path: str, body: dict | None = None, **fields: str) -> dict:
        """An answer of the console's interface."""
        host = fields.get("host", f"127.0.0.1:{self.server.port}")
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        try:
            connection.request(method, f"/console/api/{path}", json.dumps(body), {
                "Host": host, "Origin": fields.get("origin", f"http://{host}"),
                "X-Stepwell-Console": "1", "Cookie": self.cookie, **fields.get("more", {})})
            answer = connection.getresponse()
            if given := answer.getheader("Set-Cookie"):
                self.cookie, self.given = given.split(";")[0], given
            return json.loads(answer.read())
        finally:
            connection.close()


@check
def proxies(folder: pathlib.Path):
    access, audit = folder / "access", folder / "audit"
    more = {"X-Forwarded-For": "203.0.113.9, 127.0.0.1", "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "states.example.org"}
    with Process(str(folder / "data"), *keys(folder), "--access-log", str(access), "--audit",
                 str(audit), "--trusted-proxy", "127.0.0.0/8") as server:
        page = Page(server)
        page.ask("POST", "session", {"accessKeyId": "AKIDALL", "secretAccessKey": "one"},
                 origin="https://states.example.org", more=more)
        assert "; Secure" in page.given, page.given
        # Guesses are counted by the client's address, not by the proxy's.
        wrong = {"accessKeyId": "AKIDALL", "secretAccessKey": "?"}
        for _ in range(11):
            found = page.ask("POST", "session", wrong, more={"X-Forwarded-For": "203.0.113.1"})
        assert found["__type"] == "TooManyRequestsException", found
        found = page.ask("POST", "session", wrong, more={"X-Forwarded-For": "203.0.113.2"})
        assert found["__type"] == "UnauthorizedException", found
        server.stop()
        first = lines(access)[0]
        assert (first["client"], first["proxy"]) == ("203.0.113.9", "127.0.0.1"), first
        assert lines(audit)[0]["sourceIPAddress"] == "203.0.113.9"
    # Nobody is believed who is not trusted.
    access.unlink()
    with Process(str(folder / "data"), *keys(folder), "--access-log", str(access)) as server:
        page = Page(server)
        page.ask("POST", "session", {"accessKeyId": "AKIDALL", "secretAccessKey": "one"},
                 more=more)
        assert "Secure" not in page.given, page.given
        server.stop()
        first = lines(access)[0]
        assert first["client"] == "127.0.0.1" and "proxy" not in first, first


@check
def what_comes_next_may_be_another_client(folder: pathlib.Path):
    access = folder / "access"
    with Process(str(folder / "data"), "--access-log", str(access), "--trusted-proxy",
                 "127.0.0.0/8") as server:
        own = f"Host: 127.0.0.1:{server.port}\r\n".encode()
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
            connection.sendall(b"GET /health HTTP/1.1\r\n" + own
                               + b"X-Forwarded-For: 192.0.2.6\r\n\r\n")
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            answer.read()
            connection.sendall(b"what is no HTTP\r\n\r\n")
            while connection.recv(4096):
                pass
        # Names of members are somebody's words: they make no line of the log of their own.
        member = '{"a\\nb": 1, "' + "z" * 100_000 + '": 2}'
        status, _, _ = sent(server, b"POST / HTTP/1.1\r\n" + own + b"Connection: close\r\n"
                            + b"X-Amz-Target: AWSStepFunctions.ListStateMachines\r\n"
                            + f"Content-Length: {len(member)}\r\n\r\n{member}".encode())
        assert status == 200, status
        assert server.stop()[0] == 0
        clients = [line["client"] for line in lines(access)]
        assert clients[:2] == ["192.0.2.6", "127.0.0.1"], clients
        said = server.output()
        assert "ListStateMachines.a?b is not known" in said, said
        assert max(len(line) for line in said.splitlines()) < 1_000, said[:2_000]


@check
def the_audit_log_is_written_without_descriptors(folder: pathlib.Path):
    log = folder / "audit"
    with Process(str(folder / "data"), "--audit", str(log)) as server:
        server.machine("first")
        held = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        server.get("/health")
        pid = server.process.pid
        usual = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (8, usual[1]))
        body = json.dumps({"name": "second", "definition": PASS, "roleArn": ROLE}).encode()
        held.sendall(request("CreateStateMachine", len(body), body))
        assert held.recv(1000).startswith(b"HTTP/1.1 200")
        end = time.monotonic() + 5
        while [line["requestParameters"]["name"] for line in lines(log)] != ["first", "second"]:
            assert time.monotonic() < end, lines(log)
            time.sleep(0.05)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, usual)
        held.close()
        assert server.stop()[0] == 0


@check
def half_a_body_does_not_hold_up_the_end(folder: pathlib.Path):
    with Process(str(folder / "data")) as server:
        held = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        held.sendall(request("ListStateMachines", 100, b"{"))
        time.sleep(0.2)
        status, seconds = server.stop()
        assert status == 0 and seconds < 3, (status, seconds)
        assert held.recv(1000).startswith(b"HTTP/1.1 503"), "it is told so"
        held.close()
        assert "handlers" not in server.output()


@check
def version_6(folder: pathlib.Path):
    if not pathlib.Path("/proc/net/if_inet6").exists():
        return "this machine has no IPv6"
    for host in ("::1", "[::1]"):
        server = Process(str(folder / "data"), "--host", host)
        server.start(seconds=0)
        try:
            end = time.monotonic() + 30
            while True:
                try:
                    connection = http.client.HTTPConnection("::1", server.port, timeout=5)
                    connection.request("GET", "/health")
                    assert connection.getresponse().status == 200
                    break
                except OSError:
                    assert time.monotonic() < end and server.process.poll() is None
                    time.sleep(0.05)
            local = boto3.client(
                "stepfunctions", endpoint_url=f"http://[::1]:{server.port}",
                region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
            local.list_state_machines()
            assert server.stop()[0] == 0
            assert f"at http://[::1]:{server.port}\n" in server.output()
        finally:
            server.__exit__()
    return None


@check
def servers_beside_each_other(folder: pathlib.Path):
    secret = {"accessKeyId": "AKIDALL", "secretAccessKey": "one"}
    with Process(str(folder / "one"), *keys(folder)) as one, \
            Process(str(folder / "two"), *keys(folder)) as two:
        first, second = Page(one), Page(two)
        first.ask("POST", "session", secret)
        second.ask("POST", "session", secret)
        assert first.cookie.split("=")[0] != second.cookie.split("=")[0]
        # A browser sends each what both have given.
        first.cookie = second.cookie = f"{first.cookie}; {second.cookie}"
        for page in (first, second):
            assert page.ask("GET", "session")["signedIn"] is True


if __name__ == "__main__":
    sys.exit(check.run(empty_directory))
