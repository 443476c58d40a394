"""A million executions, in drills: sleepers, overdue timers, listings, a Map, a long load.

Usage: bench-scale.py SFNCTL STEPWELL-LOAD [--quick] [--count N] [--json FILE] [DRILL…]. Without a
DRILL all are done. Prints figures and judges none of them, since how fast a machine is decides
them; that nothing is lost, and that every execution replays, is checked. --count does it with fewer
executions, and --quick with a fiftieth of them, slowly.

sleepers: executions wait for due times, 10,000 a second; memory, kill -9, time until ready,
how late each was woken, and what starts took meanwhile.
overdue: the same log, started when all of them were due long ago; whether it drains at a constant
rate, and what an execution that is started meanwhile takes.
console: what the console lists, filters and counts.
listings: every page of ListExecutions by each status, and what starts took meanwhile.
children: a distributed Map; what the last children cost against early ones; its listings by filter.
rows: distributed Maps over the rows of files, whose results are written: undisturbed, and killed
while they read, run and write; a tenth of the rows again, changed, stopped and redriven meanwhile.
sustained: starts at a rate for minutes; memory and the files' size as they go on.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from bench_console import console
from bench_report import merge
from bench_rows import rows
from bench_server import PASS, Client, Server, begin_load, finish_load

STATUSES = [None, "RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"]
CONFIG = {"quotas": {"openExecutions": 5_000_000, "payloadBytes": 4_000_000}}
SLEEP = {"StartAt": "W", "States": {
    "W": {"Type": "Wait", "TimestampPath": "$.due", "Next": "P"},
    "P": {"Type": "Pass", "End": True}}}


def quantile(values: list[float], part: float) -> float:
    """A value that `part` of the values do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def shown(values: list[float], unit: float = 1_000) -> dict[str, float]:
    """Quantiles of seconds, in milliseconds."""
    return {name: round(quantile(values, part) * unit, 2)
            for name, part in (("p50", 0.5), ("p99", 0.99), ("max", 1.0))}


def pages(client: Client, **fields):
    """Each page of a listing, and how many seconds it took to come."""
    token: dict = {}
    while True:
        began = time.monotonic()
        body = client.raw("ListExecutions", **fields, **token)
        taken = time.monotonic() - began
        page = json.loads(body)
        yield page["executions"], taken
        if "nextToken" not in page:
            return
        token = {"nextToken": page["nextToken"]}


class Bench:
    """The programs, the size, and the figures so far."""

    def __init__(self, arguments: list[str], scratch: str):
        self.sfnctl, self.load = arguments[:2]
        self.isQuick = "--quick" in arguments
        self.count = 20_000 if self.isQuick else 1_000_000
        if "--count" in arguments:
            self.count = int(arguments[arguments.index("--count") + 1])
        # How many are due in a second.
        self.rate = 1_000 if self.isQuick else 10_000
        self.scratch = scratch
        self.figures: dict[str, object] = {}
        self.config = os.path.join(scratch, "config.json")
        pathlib.Path(self.config).write_text(json.dumps(CONFIG))

    def server(self, name: str, *arguments: str) -> Server:
        """A server on a directory of that name; not started."""
        return Server(self.sfnctl, os.path.join(self.scratch, name), "--config", self.config,
                      *arguments)

    def remove(self, server: Server) -> None:
        """Removes the directory of a server that has ended."""
        shutil.rmtree(server.data)

    def note(self, name: str, value: object) -> None:
        """Prints and keeps a figure."""
        self.figures[name] = value
        print(f"{name}: {value}", flush=True)

    def fill(self, server: Server, machine: str, prefix: str, count: int, *due: object) -> None:
        """Starts that many executions as fast as the answers come."""
        used = server.processor_seconds()
        figures = finish_load(begin_load(
            self.load, server, machine, 64, 3_600, prefix, 0, count, *due))
        used = (server.processor_seconds() - used) * 1e6 / count
        self.note(f"starts {prefix}", {
            "count": figures["requests"], "per second": round(figures["rate"]),
            "p99 ms": round(figures["p99"], 2), "max ms": round(figures["max"], 1),
            "server us each": round(used, 1)})

    def replay(self, data: str) -> None:
        """Replays every execution of a directory; its time and memory."""
        began = time.monotonic()
        with open(os.path.join(self.scratch, "replay.txt"), "w+") as output:
            process = subprocess.Popen(
                [self.sfnctl, "replay", "--all", "--verify", "--data-dir", data],
                stdout=output, stderr=subprocess.STDOUT)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            last = output.read().strip().splitlines()[-1:]
        if process.returncode != 0:
            raise RuntimeError(f"replay of {data}: status {process.returncode}, {last}")
        self.note(f"replay --all --verify, {os.path.basename(data)}", {
            "seconds": round(time.monotonic() - began, 1), "said": last,
            "most memory MB": usage.ru_maxrss >> 10})


def settle(client: Client, machine: str, seconds: float = 600) -> None:
    """Waits until no execution of a state machine runs."""
    deadline = time.monotonic() + seconds
    while client.call("ListExecutions", stateMachineArn=machine, statusFilter="RUNNING",
                      maxResults=1)["executions"]:
        if time.monotonic() > deadline:
            raise RuntimeError("executions are still running")
        time.sleep(0.5)


class Probe(threading.Thread):
    """Starts executions one after the other and waits for each: what the others are served."""

    def __init__(self, server: Server, machine: str):
        super().__init__(daemon=True)
        self.client, self.machine = server.client(), machine
        self.going = True
        self.ends: list[float] = []
        self.starts: list[float] = []

    def run(self) -> None:
        while self.going:
            began = time.monotonic()
            execution = self.client.call("StartExecution", stateMachineArn=self.machine)
            self.starts.append(time.monotonic() - began)
            while self.client.call("DescribeExecution", executionArn=execution[
                    "executionArn"])["status"] == "RUNNING":
                time.sleep(0.002)
            self.ends.append(time.monotonic() - began)
            time.sleep(0.01)

    def finish(self) -> None:
        """Ends it and waits for its last."""
        self.going = False
        self.join()


def stops(bench: Bench, client: Client, machine: str) -> list[tuple[str, float]]:
    """Name and stop date of each execution, all of which must have succeeded."""
    found = [(row["name"], row["stopDate"]) for page, _ in pages(
        client, stateMachineArn=machine, statusFilter="SUCCEEDED", maxResults=1_000)
        for row in page]
    if len({name for name, _ in found}) != bench.count or len(found) != bench.count:
        raise RuntimeError(f"{len(found)} of {bench.count} executions succeeded")
    return found


def sleepers(bench: Bench) -> None:
    """The drills of sleepers and of overdue timers."""
    server = bench.server("sleepers")
    copy = bench.server("overdue")
    try:
        bench.note("ready s, empty", round(server.start(), 2))
        bench.note("memory, empty", server.memory())
        client = server.client()
        machine, other = client.create("sleep", SLEEP), client.create("pass", PASS)
        due = time.time() + bench.count / 5_000 + (60 if not bench.isQuick else 15)
        bench.fill(server, machine, "sleeper-", bench.count, round(due * 1_000), bench.rate)
        bench.note("memory, all asleep", server.memory())
        time.sleep(10)
        bench.note("memory, 10 s later", server.memory())
        server.kill()
        shutil.copytree(server.data, copy.data)
        bench.note("files MB", disk(server.data))
        bench.note("ready s, after kill -9", round(server.start(), 2))
        bench.note("memory, then", server.memory())
        if time.time() > due:
            raise RuntimeError("too slow: the first were due before the server was ready")
        wake(bench, server, machine, other, due)
        server.kill()
        bench.replay(server.data)
        overdue(bench, copy, machine, other)
    finally:
        server.kill()
        copy.kill()


def wake(bench: Bench, server: Server, machine: str, other: str, due: float) -> None:
    """Waits for due times that begin at `due`, while executions of another machine are started."""
    time.sleep(max(0.0, due - time.time() - 5))
    used = server.processor_seconds()
    load = begin_load(bench.load, server, other, 1, bench.count / bench.rate + 10, "beside-")
    most = 0.0
    while load.poll() is None:
        most = max(most, server.memory()["RssAnon"])
        time.sleep(0.5)
    beside = finish_load(load)
    bench.note("starts beside the waking, ms", {
        key: round(beside[key], 2) for key in ("p50", "p99", "p999", "max", "rate", "slowest_at")})
    client = server.client()
    settle(client, machine)
    bench.note("memory, most while waking (RssAnon)", most)
    bench.note("server s of processor while waking", round(server.processor_seconds() - used, 1))
    late = [stop - due - int(name.rpartition("-")[2]) / bench.rate
            for name, stop in stops(bench, client, machine)]
    bench.note("lateness, ms", {**shown(late), "min": round(min(late) * 1_000, 2)})
    bench.note("memory, all awake", server.memory())


def overdue(bench: Bench, server: Server, machine: str, other: str) -> None:
    """Everything is due at the start."""
    bench.note("overdue: ready s", round(server.start(), 2))
    began = time.time()
    probe = Probe(server, other)
    probe.start()
    client = server.client()
    settle(client, machine)
    probe.finish()
    bench.note("overdue: others from start to end, ms", {
        **shown(probe.ends), "count": len(probe.ends)})
    bench.note("overdue: others' StartExecution, ms", shown(probe.starts))
    ends = sorted(stop for _, stop in stops(bench, client, machine))
    tenth = bench.count // 10
    spans = [ends[(number + 1) * tenth - 1] - ends[number * tenth] for number in range(10)]
    bench.note("overdue: a second, each tenth", [round(tenth / max(span, 1e-3)) for span in spans])
    bench.note("overdue: drained s after ready", round(ends[-1] - began, 1))
    bench.note("overdue: memory", server.memory())


def disk(path: str) -> int:
    """Megabytes that a directory's files take."""
    return sum(each.stat().st_blocks * 512 for each in pathlib.Path(path).rglob("*")) >> 20


def mixed(bench: Bench, server: Server) -> tuple[str, str]:
    """A state machine whose executions have every status, and another one; their ARNs."""
    client = server.client()
    machine, other = client.create("mixed", PASS), client.create("pass", PASS)
    wait = {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 90_000, "End": True}}}
    lots = [("fails", {"StartAt": "F", "States": {"F": {"Type": "Fail"}}}, 0.1),
            ("aborted", wait, 0.0001),
            ("times-out", {**wait, "TimeoutSeconds": 1}, 0.1),
            ("succeeds", PASS, 0.6),
            ("runs", wait, 1.0)]
    left = bench.count
    for name, definition, part in lots:
        count = min(left, round(bench.count * part))
        left -= count
        # The lot before took longer than the server keeps a connection that is silent.
        client = server.client()
        client.call("UpdateStateMachine", stateMachineArn=machine,
                    definition=json.dumps(definition))
        bench.fill(server, machine, name + "-", count)
        if name == "aborted":
            for number in range(count):
                client.call("StopExecution", executionArn=machine.replace(
                    ":stateMachine:", ":execution:") + f":aborted-{number:010}")
    server.client().call("UpdateStateMachine", stateMachineArn=machine,
                         definition=json.dumps(PASS))
    return machine, other


def walk(bench: Bench, client: Client, name: str, **fields) -> int:
    """Lists from the beginning to the end; what a page took. How many there were."""
    taken, count, empty = [], 0, 0
    for page, seconds in pages(client, **fields):
        taken.append(seconds)
        count += len(page)
        empty += not page
    middle = taken[len(taken) // 2]
    bench.note(f"list {name}, ms a page", {
        "rows": count, "pages": len(taken), "empty": empty,
        "first": round(taken[0] * 1_000, 2), "middle": round(middle * 1_000, 2),
        "last": round(taken[-1] * 1_000, 2), **shown(taken)})
    return count


def listings(bench: Bench) -> None:
    """The drill of listings."""
    server = bench.server("listings")
    rate = 1_000
    try:
        server.start()
        machine, other = mixed(bench, server)
        client = server.client()
        bench.note("memory before listing", server.memory())
        seconds = 5 if bench.isQuick else 20
        alone = finish_load(begin_load(
            bench.load, server, other, 64, seconds, "alone-", rate))
        load = begin_load(bench.load, server, other, 64, seconds * 6, "listed-", rate)
        counts = {}
        for status in STATUSES:
            fields = {"statusFilter": status} if status else {}
            for size in (1_000, 100):
                if size == 100 and status in (None, "SUCCEEDED") and not bench.isQuick:
                    continue
                counts[status] = walk(bench, client, f"{status}, {size}", stateMachineArn=machine,
                                      maxResults=size, **fields)
        if load.poll() is not None:
            print("(the load ended before the listings)")
        beside = finish_load(load)
        bench.note("memory after listing", server.memory())
        for name, figures in (("alone", alone), ("beside listings", beside)):
            bench.note(f"starts {name}, ms", {
                key: round(figures[key], 2) for key in ("p50", "p99", "p999", "max")})
        known = sum(counts[status] for status in STATUSES if status)
        if counts[None] != bench.count or known != bench.count:
            raise RuntimeError(f"{counts} are not {bench.count}")
    finally:
        server.kill()


def children(bench: Bench) -> None:
    """The drill of a distributed Map."""
    server = bench.server("children")
    count = bench.count // 5
    definition = {"StartAt": "M", "States": {"M": {
        "Type": "Map", "Label": "L", "End": True, "ResultPath": None,
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                          **PASS}}}}
    try:
        server.start()
        client = server.client()
        machine = client.create("map", definition)
        samples = [(0, server.processor_seconds(), server.memory()["RssAnon"])]
        execution = client.call("StartExecution", stateMachineArn=machine,
                                input=json.dumps([0] * count))["executionArn"]
        run = None
        while client.call("DescribeExecution", executionArn=execution)["status"] == "RUNNING":
            time.sleep(0.2)
            if not run:
                runs = client.call("ListMapRuns", executionArn=execution)["mapRuns"]
                run = runs[0]["mapRunArn"] if runs else None
                continue
            done = client.call("DescribeMapRun", mapRunArn=run)["itemCounts"]["succeeded"]
            samples.append((done, server.processor_seconds(), server.memory()["RssAnon"]))
        status = client.call("DescribeExecution", executionArn=execution)["status"]
        done = client.call("DescribeMapRun", mapRunArn=run)["itemCounts"]["succeeded"]
        if status != "SUCCEEDED" or done != count:
            raise RuntimeError(f"the Map is {status}, {done} of {count} children succeeded")
        samples.append((done, server.processor_seconds(), server.memory()["RssAnon"]))
        bench.note("children: processor us each, each tenth", each_tenth(samples, count))
        bench.note("children: RssAnon MB, each tenth", [
            next(memory for done, _, memory in samples if done >= count * part // 10)
            for part in range(11)])
        for status in (None, "SUCCEEDED", "FAILED", "PENDING_REDRIVE"):
            fields = {"statusFilter": status} if status else {}
            walk(bench, client, f"children, {status}", mapRunArn=run, maxResults=1_000, **fields)
        for redriven in ("REDRIVEN", "NOT_REDRIVEN"):
            walk(bench, client, f"children, {redriven}", mapRunArn=run, maxResults=1_000,
                 redriveFilter=redriven)
        server.kill()
        bench.replay(server.data)
    finally:
        server.kill()


def each_tenth(samples: list[tuple], count: int) -> list[float]:
    """What one costs in each tenth, in microseconds of processor time."""
    costs = []
    for part in range(10):
        first = next(each for each in samples if each[0] >= count * part // 10)
        last = next(each for each in samples if each[0] >= count * (part + 1) // 10)
        costs.append(round((last[1] - first[1]) * 1e6 / max(1, last[0] - first[0]), 1))
    return costs


def sustained(bench: Bench) -> None:
    """The drill of a long load."""
    server = bench.server("sustained")
    seconds, rate = (20, 2_000) if bench.isQuick else (300, 6_000)
    try:
        server.start()
        machine = server.client().create("pass", PASS)
        load = begin_load(bench.load, server, machine, 64, seconds, "steady-", rate)
        used, began = server.processor_seconds(), time.monotonic()
        while load.poll() is None:
            time.sleep(seconds / 20)
            now, then = server.processor_seconds(), time.monotonic()
            bench.note(f"sustained: after {then - began:4.0f} s", {
                **server.memory(), "files MB": disk(server.data),
                "cores": round((now - used) / (seconds / 20), 2)})
            used = now
        bench.note("sustained: starts, ms", {
            key: round(value, 2) for key, value in finish_load(load).items()})
        for pause in (5, 30):
            time.sleep(pause)
            bench.note(f"sustained: {pause} s later", server.memory())
        server.kill()
        bench.note("sustained: ready s after kill -9", round(server.start(), 2))
    finally:
        server.kill()


DRILLS = {"sleepers": sleepers, "listings": listings,
          "console": lambda bench: console(bench, mixed), "children": children, "rows": rows,
          "sustained": sustained}


def main() -> None:
    """Runs the drills that are asked for."""
    arguments = sys.argv[1:]
    asked = [name for name in DRILLS if name in arguments[2:]] or list(DRILLS)
    with tempfile.TemporaryDirectory(dir=os.environ.get("STEPWELL_BENCH_DIRECTORY")) as scratch:
        bench = Bench(arguments, scratch)
        for name in asked:
            print(f"{name}, load {os.getloadavg()[0]:.1f}", flush=True)
            DRILLS[name](bench)
    if "--json" in arguments:
        merge(arguments[arguments.index("--json") + 1], {"scale": bench.figures})


if __name__ == "__main__":
    main()
