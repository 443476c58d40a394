"""The workloads that need `sfnctl serve` in a process of its own: W6, W8, W9, W10 and W12.

Usage: bench-workloads.py SFNCTL STEPWELL-LOAD [--quick] [--json FILE] [NAME…]. Server and clients
share the machine's cores.

W6: recovery after kill -9, and `replay --all --verify` of every execution.
W8: StartExecution over HTTP, a compiled client on 64 kept connections.
W9: activities: GetActivityTask and SendTaskSuccess, eight workers of this (Python) process.
W10: histories of 25,000 and of 1,000,000 events: written, read by pages, read after kill -9.
W12: starts at a rate; memory and disk over time.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

from bench_report import lines, merge, rounded
from bench_server import PASS, Client, Server, begin_load, finish_load

CHAIN = {"StartAt": "S1", "States": {
    f"S{n}": {"Type": "Pass", **({"End": True} if n == 5 else {"Next": f"S{n + 1}"})}
    for n in range(1, 6)}}
# Four events a round.
LOOP = {"StartAt": "Count", "States": {
    "Count": {"Type": "Pass", "Next": "More", "Parameters": {
        "n.$": "States.MathAdd($.n, -1)"}},
    "More": {"Type": "Choice", "Default": "Done", "Choices": [
        {"Variable": "$.n", "NumericGreaterThan": 0, "Next": "Count"}]},
    "Done": {"Type": "Succeed"}}}
QUOTAS = {"quotas": {"historyEvents": 2_000_000, "openExecutions": 5_000_000}}


class Bench:
    """The programs, how much is to be done, and where."""

    def __init__(self, sfnctl: str, load: str, is_quick: bool, scratch: str):
        self.sfnctl, self.load, self.is_quick = sfnctl, load, is_quick
        self.scratch = scratch
        self.config = os.path.join(scratch, "config.json")
        pathlib.Path(self.config).write_text(json.dumps(QUOTAS))

    def server(self, name: str) -> Server:
        """A server on a directory of that name; not started."""
        return Server(self.sfnctl, os.path.join(self.scratch, name), "--config", self.config)

    def starts(self, server: Server, machine: str, seconds: float, rate: int = 0,
               count: int | None = None) -> dict:
        """The compiled load's figures of so many seconds, or of so many starts."""
        more = [rate] if count is None else [rate, count]
        return finish_load(begin_load(
            self.load, server, machine, 64, seconds, f"n{time.monotonic_ns()}-", *more))


def recovery(bench: Bench) -> dict:
    """recovery after kill -9, and every execution verified"""
    count = 20_000 if bench.is_quick else 500_000
    server = bench.server("recovery")
    try:
        server.start()
        bench.starts(server, server.client().create("chain", CHAIN), 3_600, count=count)
        server.kill()
        bytes_on_disk = disk(server.data)
        ready = server.start()
        memory = server.memory()["RssAnon"]
        server.kill()
    finally:
        server.kill()
    began = time.monotonic()
    shown = subprocess.run(
        [bench.sfnctl, "replay", "--all", "--verify", "--json", "--data-dir", server.data],
        stdout=subprocess.PIPE, check=True)
    seconds = time.monotonic() - began
    report = json.loads(shown.stdout)
    if report["good"] != count:
        raise RuntimeError(f"{report['good']} of {count} executions agree with their logs")
    events = sum(each["lastEventId"] for each in report["executions"])
    return {
        "executions": count, "events": events, "disk_MB": rounded(bytes_on_disk / 1e6),
        "ready_after_kill_s": rounded(ready), "memory_after_MB": memory,
        "verified_events_per_second": rounded(events / seconds), "verify_s": rounded(seconds)}


def http(bench: Bench) -> dict:
    """StartExecution over HTTP, a compiled client on 64 connections"""
    server = bench.server("http")
    try:
        server.start()
        machine = server.client().create("pass", PASS)
        bench.starts(server, machine, 1)
        used = server.processor_seconds()
        figures = bench.starts(server, machine, 4 if bench.is_quick else 30)
        used = server.processor_seconds() - used
        return {
            "starts_per_second": rounded(figures["rate"]), "p50_ms": rounded(figures["p50"]),
            "p99_ms": rounded(figures["p99"]), "max_ms": rounded(figures["max"]),
            "server_us_per_start": rounded(used * 1e6 / figures["requests"])}
    finally:
        server.kill()


def activities(bench: Bench) -> dict:
    """activities, eight workers in Python"""
    count = 2_000 if bench.is_quick else 30_000
    workers = 8
    server = bench.server("activities")
    try:
        server.start()
        client = server.client()
        activity = client.call("CreateActivity", name="work")["activityArn"]
        machine = client.create("activity", {"StartAt": "A", "States": {
            "A": {"Type": "Task", "Resource": activity, "End": True}}})
        bench.starts(server, machine, 600, count=count)
        times: list[list[float]] = [[] for _ in range(workers)]
        share = count // workers
        threads = [threading.Thread(target=work, args=(server, activity, share, taken))
                   for taken in times]
        used, began = server.processor_seconds(), time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.monotonic() - began
        used = server.processor_seconds() - used
        done = sorted(each for taken in times for each in taken)
        if len(done) != share * workers:
            raise RuntimeError(f"{len(done)} of {share * workers} tasks were done")
        return {
            "tasks_per_second": rounded(len(done) / seconds),
            "p50_ms": rounded(done[len(done) // 2] * 1_000),
            "p99_ms": rounded(done[len(done) * 99 // 100] * 1_000),
            "server_us_per_task": rounded(used * 1e6 / len(done)), "workers": workers}
    finally:
        server.kill()


def work(server: Server, activity: str, count: int, taken: list[float]) -> None:
    """A worker that does so many tasks."""
    client = server.client()
    for _ in range(count):
        began = time.monotonic()
        token = client.call("GetActivityTask", activityArn=activity)["taskToken"]
        client.call("SendTaskSuccess", taskToken=token, output="1")
        taken.append(time.monotonic() - began)


def histories(bench: Bench) -> dict:
    """histories of 25,000 and 1,000,000 events"""
    report: dict[str, object] = {}
    for events in (25_000, 1_000_000):
        server = bench.server(f"history-{events}")
        try:
            server.start()
            report[f"{events}_events"] = history(server, events)
        finally:
            server.kill()
    return report


def history(server: Server, events: int) -> dict:
    """One execution with so many events: written, listed, listed after kill -9."""
    client = server.client()
    machine = client.create("loop", LOOP)
    began = time.monotonic()
    execution = client.call("StartExecution", stateMachineArn=machine, input=json.dumps(
        {"n": (events - 4) // 4}))["executionArn"]
    while client.call("DescribeExecution", executionArn=execution)["status"] == "RUNNING":
        time.sleep(0.01)
    seconds = time.monotonic() - began
    count, first, walk = pages(client, execution)
    if abs(count - events) > 8:
        raise RuntimeError(f"there are {count} events, not {events}")
    last = timed(client, "GetExecutionHistory", executionArn=execution, maxResults=1_000,
                 reverseOrder=True)
    memory = server.memory()["RssAnon"]
    server.kill()
    ready = server.start()
    client = server.client()
    return {
        "events": count, "written_per_second": rounded(count / seconds),
        "first_page_ms": rounded(first * 1_000), "last_page_ms": rounded(last * 1_000),
        "read_per_second": rounded(count / walk), "memory_MB": memory,
        "ready_after_kill_s": rounded(ready),
        "describe_after_kill_ms": rounded(timed(
            client, "DescribeExecution", executionArn=execution) * 1_000)}


def pages(client: Client, execution: str) -> tuple[int, float, float]:
    """How many events there are, what the first page took, and all of them, in seconds."""
    count, first, token = 0, 0.0, {}
    began = time.monotonic()
    while True:
        page = client.call("GetExecutionHistory", executionArn=execution, maxResults=1_000,
                           includeExecutionData=False, **token)
        first = first or time.monotonic() - began
        count += len(page["events"])
        if "nextToken" not in page:
            return count, first, time.monotonic() - began
        token = {"nextToken": page["nextToken"]}


def timed(client: Client, operation: str, **fields) -> float:
    """How many seconds a call takes."""
    began = time.monotonic()
    client.call(operation, **fields)
    return time.monotonic() - began


def sustained(bench: Bench) -> dict:
    """starts at a rate: memory and disk over time"""
    seconds, rate = (8, 2_000) if bench.is_quick else (300, 6_000)
    server = bench.server("sustained")
    try:
        server.start()
        machine = server.client().create("chain", CHAIN)
        running = begin_load(bench.load, server, machine, 64, seconds, "steady-", rate)
        samples, began = [], time.monotonic()
        while running.poll() is None:
            time.sleep(seconds / 8)
            samples.append({
                "s": rounded(time.monotonic() - began),
                "rss_MB": server.memory()["RssAnon"], "disk_MB": rounded(disk(server.data) / 1e6)})
        figures = finish_load(running)
        return {
            "starts_per_second": rounded(figures["rate"]), "seconds": seconds,
            "p50_ms": rounded(figures["p50"]), "p99_ms": rounded(figures["p99"]),
            "max_ms": rounded(figures["max"]),
            "disk_bytes_per_transition": rounded(
                disk(server.data) / (figures["requests"] * len(CHAIN["States"]))),
            "over_time": samples,
            "retention": {"not_measured": "there is no retention yet: histories are kept for ever"}}
    finally:
        server.kill()


def disk(path: str) -> int:
    """Bytes that a directory's files take."""
    return sum(each.stat().st_blocks * 512 for each in pathlib.Path(path).rglob("*"))


WORKLOADS = {"W6": recovery, "W8": http, "W9": activities, "W10": histories, "W12": sustained}


def main() -> int:
    """Runs the workloads that are asked for."""
    options = sys.argv[3:]
    file = options[options.index("--json") + 1] if "--json" in options else None
    names = [name for name in WORKLOADS if name in options] or list(WORKLOADS)
    report: dict[str, object] = {}
    with tempfile.TemporaryDirectory(dir=os.environ.get("STEPWELL_BENCH_DIRECTORY")) as scratch:
        bench = Bench(*sys.argv[1:3], "--quick" in options, scratch)
        for name in names:
            print(f"{name}: {WORKLOADS[name].__doc__}", flush=True)
            try:
                report[name] = WORKLOADS[name](bench)
            except (OSError, RuntimeError, subprocess.SubprocessError) as error:
                report[name] = {"not_measured": str(error)}
            for line in lines(report[name]):
                print(f"  {line}", flush=True)
    if file:
        merge(file, report)
    return 1 if any("not_measured" in figures for figures in report.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
