"""StartExecution over HTTP: a compiled client on kept connections, durable starts, one machine.

Usage: bench-load.py SFNCTL STEPWELL-LOAD [--quick] [--json FILE]. Server and client share the
machine's cores. Each round starts executions of one Pass state as fast as the answers come, and
counts those answered: an answer means that the start, and here the end too, is synced. One more
round begins requests at a fixed rate, its latencies counted from when each was due. Then the server
is killed with -9, started again, and executions that were acknowledged are looked up. What else the
machine does is shown as its load before each round.
"""

import os
import random
import statistics
import sys
import tempfile

from bench_report import merge
from bench_server import PASS, Server, begin_load, finish_load

RATE = 10_000


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
            server.start()
            machine = server.client().create("load", PASS)
            for name, connections, rate in (
                    ("closed", 64, None), ("closed", 256, None), ("open", 256, RATE)):
                figures = []
                for number in range(rounds):
                    prefix = f"{name}-{connections}-{number}-"
                    busy, used = os.getloadavg()[0], server.processor_seconds()
                    figure = finish_load(begin_load(
                        load, server, machine, connections, seconds, prefix, rate or 0))
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
            client = server.client()
            for _ in range(300):
                prefix = random.choice(list(started))
                name = f"{prefix}{random.randrange(started[prefix]):010}"
                found = client.call("DescribeExecution", executionArn=machine.replace(
                    ":stateMachine:", ":execution:") + ":" + name)
                if found["status"] != "SUCCEEDED":
                    raise RuntimeError(f"{name} is {found['status']} after kill -9")
            print(f"  {sum(started.values())} starts acknowledged; 300 of them looked up after "
                  "kill -9: all there")
        finally:
            server.kill()
    if report:
        merge(report, {"load": {entry.pop("name"): entry for entry in results}})


if __name__ == "__main__":
    main()
