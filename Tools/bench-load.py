"""StartExecution over HTTP: a compiled client on kept connections, durable starts, one machine.

Usage: bench-load.py SFNCTL STEPWELL-LOAD [--quick] [--json FILE]. Server and client share the
machine's cores. Each round starts executions of one Pass state as fast as the answers come, and
counts those answered: an answer means that the start, and here the end too, is synced. One more
round begins requests at a fixed rate, its latencies counted from when each was due. Then the server
is killed with -9, started again, and executions that were acknowledged are looked up. What else the
machine does is shown as its load before each round.
"""

import http.client
import json
import os
import pathlib
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time

DEFINITION = '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}'
ROLE = "arn:aws:iam::000000000000:role/bench"
RATE = 10_000


class Server:
    """`sfnctl serve` on a directory."""

    def __init__(self, sfnctl: str, data: str):
        self.command = [sfnctl, "serve", "--data-dir", data]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()

    def start(self) -> None:
        """Starts it and waits until it is ready."""
        self.process = subprocess.Popen(
            [*self.command, "--port", str(self.port)], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/ready")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError("the server does not get ready")
            time.sleep(0.02)

    def call(self, operation: str, **fields) -> dict:
        """One API call."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", "/", json.dumps(fields), {
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": f"AWSStepFunctions.{operation}"})
        response = connection.getresponse()
        body = json.loads(response.read())
        if response.status != 200:
            raise RuntimeError(f"{operation}: {response.status} {body}")
        return body

    def processor_seconds(self) -> float:
        """What it has used of the processors."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """Ends it without warning."""
        self.process.kill()
        self.process.wait()


def main() -> None:
    """Runs the rounds; prints and keeps the figures."""
    arguments = sys.argv[1:]
    sfnctl, load = arguments[:2]
    quick = "--quick" in arguments
    report = arguments[arguments.index("--json") + 1] if "--json" in arguments else None
    rounds, seconds = (2, 5) if quick else (5, 20)
    results, started = [], {}
    with tempfile.TemporaryDirectory(dir=os.environ.get("STEPWELL_BENCH_DIRECTORY")) as scratch:
        server = Server(sfnctl, f"{scratch}/data")
        try:
            machine = server.call(
                "CreateStateMachine", name="load", definition=DEFINITION, roleArn=ROLE,
            )["stateMachineArn"]
            for name, connections, rate in (
                    ("closed", 64, None), ("closed", 256, None), ("open", 256, RATE)):
                figures = []
                for number in range(rounds):
                    prefix = f"{name}-{connections}-{number}-"
                    busy, used = os.getloadavg()[0], server.processor_seconds()
                    ran = subprocess.run(
                        [load, str(server.port), machine, str(connections), str(seconds), prefix,
                         *([str(rate)] if rate else [])],
                        stdout=subprocess.PIPE, text=True, check=True)
                    figure = json.loads(ran.stdout)
                    if figure["refused"]:
                        raise RuntimeError(f"{figure['refused']} starts were refused")
                    started[prefix] = figure["requests"]
                    figure["server_us"] = (
                        (server.processor_seconds() - used) * 1e6 / figure["requests"])
                    figures.append(figure)
                    print(f"  {name} {connections:4} connections {figure['rate']:9.0f} starts/s"
                          f"  p50 {figure['p50']:7.2f} ms  p99 {figure['p99']:7.2f} ms"
                          f"  server {figure['server_us']:5.0f} us each  load {busy:.1f}")
                median = {key: statistics.median(each[key] for each in figures)
                          for key in figures[0]}
                results.append({"name": f"http StartExecution, {name}, {connections}", **median})
            server.kill()
            server.start()
            for _ in range(300):
                prefix = random.choice(list(started))
                name = f"{prefix}{random.randrange(started[prefix]):010}"
                found = server.call("DescribeExecution", executionArn=machine.replace(
                    ":stateMachine:", ":execution:") + ":" + name)
                if found["status"] != "SUCCEEDED":
                    raise RuntimeError(f"{name} is {found['status']} after kill -9")
            print(f"  {sum(started.values())} starts acknowledged; 300 of them looked up after "
                  "kill -9: all there")
        finally:
            server.kill()
    if report:
        path = pathlib.Path(report)
        known = json.loads(path.read_text()) if path.exists() else []
        path.write_text(json.dumps(known + results, indent=2))


if __name__ == "__main__":
    main()
