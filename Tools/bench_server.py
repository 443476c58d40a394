"""A running `sfnctl serve` for benchmarks, kept connections to it, and the compiled load."""

import http.client
import json
import os
import pathlib
import socket
import subprocess
import time

ROLE = "arn:aws:iam::000000000000:role/bench"
PASS = {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}}
READY_SECONDS = 300


class Client:
    """A kept connection."""

    def __init__(self, port: int):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def raw(self, operation: str, **fields) -> bytes:
        """One API call; the answer's body as it came."""
        self.http.request("POST", "/", json.dumps(fields), {
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": f"AWSStepFunctions.{operation}"})
        response = self.http.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{operation}: {response.status} {body[:300]!r}")
        return body

    def call(self, operation: str, **fields) -> dict:
        """One API call."""
        return json.loads(self.raw(operation, **fields))

    def create(self, name: str, definition: dict) -> str:
        """Creates a state machine; its ARN."""
        return self.call("CreateStateMachine", name=name, definition=json.dumps(definition),
                         roleArn=ROLE)["stateMachineArn"]


class Server:
    """`sfnctl serve` on a directory, and what it has used."""

    def __init__(self, sfnctl: str, data: str, *arguments: str):
        self.data = data
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.command = [sfnctl, "serve", "--data-dir", data, "--port", str(self.port), *arguments]
        self.process: subprocess.Popen | None = None

    def start(self) -> float:
        """Starts it; the seconds until it is ready."""
        began = time.monotonic()
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        while time.monotonic() < began + READY_SECONDS and self.process.poll() is None:
            try:
                if self.get("/ready")[0] == 200:
                    return time.monotonic() - began
            except OSError:
                pass
            time.sleep(0.005)
        raise RuntimeError("the server does not get ready")

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of a GET on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()

    def client(self) -> Client:
        """A connection to it."""
        return Client(self.port)

    def kill(self) -> None:
        """Ends it without warning, when it runs."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def processor_seconds(self) -> float:
        """What it has used of the processors."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> dict[str, float]:
        """Megabytes in memory: all, and without pages of files."""
        fields = {}
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in ("VmRSS", "RssAnon", "VmHWM"):
                fields[name] = round(int(value.split()[0]) / 1024, 1)
        return fields


def begin_load(load: str, server: Server, machine: str, connections: int, seconds: float,
               prefix: str, *more: object) -> subprocess.Popen:
    """Starts the compiled load; `finish_load` has its figures."""
    return subprocess.Popen(
        [load, str(server.port), machine, str(connections), str(seconds), prefix,
         *map(str, more)], stdout=subprocess.PIPE, text=True)


def finish_load(running: subprocess.Popen) -> dict:
    """Waits for a load that nothing refused; its figures."""
    output, _ = running.communicate()
    if running.returncode != 0:
        raise RuntimeError(f"the load ended with status {running.returncode}")
    figures = json.loads(output)
    if figures["refused"]:
        raise RuntimeError(f"{figures['refused']} starts were refused")
    return figures
