"""A server process as the system sees it: memory, time, limits, and requests of raw bytes."""

import http.client
import json
import os
import signal
import socket
import subprocess
import time

from sfnctl_server import free_port, sfnctl

ROLE = "arn:aws:iam::000000000000:role/any"
PASS = json.dumps({"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}})


def wait(seconds: int) -> str:
    """A definition that waits."""
    return json.dumps(
        {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": seconds, "End": True}}})


class Refused(Exception):
    """An answer that is an error."""


class Process:
    """`sfnctl serve` on a directory, started with whatever it takes; a context manager."""

    def __init__(self, data: str, *arguments: str, prefix=(), **popen):
        self.data, self.arguments, self.prefix = data, arguments, list(prefix)
        self.port = free_port()
        self.popen = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE,
                      "stderr": subprocess.STDOUT, **popen}
        self.process: subprocess.Popen | None = None

    def start(self, seconds: float = 30) -> "Process":
        """Starts it, and waits until it listens unless that is not wanted (0 seconds)."""
        self.process = subprocess.Popen(
            [*self.prefix, sfnctl(), "serve", "--data-dir", self.data, "--port", str(self.port),
             *self.arguments], **self.popen)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                assert self.process.poll() is None, "the server has ended"
                time.sleep(0.01)
        assert seconds == 0, "the server does not listen"
        return self

    def __enter__(self) -> "Process":
        return self.start()

    def __exit__(self, *_) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()

    def stop(self, seconds: float = 15) -> tuple[int, float]:
        """SIGTERM; the status and how long it took."""
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds), time.monotonic() - begin

    def output(self) -> str:
        """What it said, once it has ended."""
        return self.process.stdout.read().decode()

    def call(self, operation: str, seconds: float = 20, service: str = "AWSStepFunctions",
             **members):
        """An operation on a connection of its own; raises `Refused`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request("POST", "/", json.dumps(members), {
                "X-Amz-Target": f"{service}.{operation}",
                "Content-Type": "application/x-amz-json-1.0"})
            answer = connection.getresponse()
            body = json.loads(answer.read())
        finally:
            connection.close()
        if answer.status != 200:
            raise Refused(answer.status, body)
        return body

    def get(self, path: str, seconds: float = 5) -> tuple[int, dict]:
        """Status and members of a probe."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def machine(self, name: str, definition: str = PASS, **members) -> str:
        """A state machine's ARN."""
        return self.call("CreateStateMachine", name=name, definition=definition, roleArn=ROLE,
                         **members)["stateMachineArn"]

    def anonymous_megabytes(self) -> float:
        """Its memory that is no file's."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            line = next(each for each in file if each.startswith("RssAnon"))
        return int(line.split()[1]) / 1024

    def cpu_seconds(self) -> float:
        """The processor time it has taken."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def request(operation: str, length: int, body: bytes = b"", host: str = "localhost") -> bytes:
    """A request whose body has a length, and as much of the body as is given."""
    return (f"POST / HTTP/1.1\r\nHost: {host}\r\nX-Amz-Target: AWSStepFunctions.{operation}\r\n"
            f"Content-Type: application/x-amz-json-1.0\r\nContent-Length: {length}\r\n\r\n"
            ).encode() + body
