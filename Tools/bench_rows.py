"""The drill of a distributed Map over the rows of a file, for bench-scale.py."""

import json
import os
import pathlib
import time
from collections.abc import Callable

from bench_server import Client, Server

# Fails for every tenth row, as many as may.
JUDGE = {"StartAt": "J", "States": {
    "J": {"Type": "Choice", "Default": "A", "Choices": [
        {"Variable": "$.id", "StringMatches": "*0", "Next": "B"}]},
    "A": {"Type": "Pass", "End": True}, "B": {"Type": "Fail", "Error": "Tenth", "Cause": "id"}}}
FORMS = {"CSV": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
         "JSONL": {"InputType": "JSONL"}}


def write(path: str, form: str, count: int) -> None:
    """A file of so many rows, each of about a hundred bytes."""
    with open(path, "w", encoding="utf-8") as file:
        if form == "CSV":
            file.write("id,name,address,amount\n")
        for row in range(count):
            address = f"1{row} Long Road, Some Town, Far Away"
            file.write(f'{row},customer {row},"{address}",{row * 7}\n' if form == "CSV" else
                       f'{{"id":"{row}","name":"customer {row}","address":"{address}"}}\n')


def definition(form: str, kind: str, **fields) -> dict:
    """A Map over the file of that form, whose results are written."""
    return {"StartAt": "Each", "States": {"Each": {
        "Type": "Map", "Label": "each", "End": True, "ToleratedFailurePercentage": 10,
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                       "Parameters": {"Bucket": "data", "Key": f"rows.{form}"},
                       "ReaderConfig": FORMS[form]},
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": kind},
                          **JUDGE},
        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                         "Parameters": {"Bucket": "data", "Prefix": "results"},
                         "WriterConfig": {"Transformation": "COMPACT", "OutputType": "JSONL"}},
        **fields}}}


class Run:
    """A Map over rows, from its start on."""

    def __init__(self, server: Server, folder: str, form: str, count: int, name: str,
                 kind: str = "EXPRESS", **fields):
        self.server, self.folder, self.count = server, folder, count
        client = server.client()
        machine = client.create(name, definition(form, kind, **fields))
        self.began = time.monotonic()
        self.execution = client.call("StartExecution", stateMachineArn=machine)["executionArn"]
        while not (runs := client.call("ListMapRuns", executionArn=self.execution)["mapRuns"]):
            time.sleep(0.01)
        self.arn = runs[0]["mapRunArn"]
        self.client: Client = client
        # Ended items, CPU seconds, memory, seconds since the start.
        self.samples: list[tuple[int, float, float, float]] = []

    def look(self) -> dict:
        """What is known of the Map Run."""
        found = self.client.call("DescribeMapRun", mapRunArn=self.arn)
        counts = found["itemCounts"]
        done = sum(counts[key] for key in ("succeeded", "failed", "aborted", "timedOut"))
        self.samples.append((done, self.server.processor_seconds(),
                             self.server.memory()["RssAnon"], time.monotonic() - self.began))
        return found

    def wait(self, reached: Callable[[dict], bool]) -> dict:
        """Looks until that is so, or the run is over."""
        while True:
            found = self.look()
            if found["status"] != "RUNNING" or reached(found):
                return found
            time.sleep(0.1)

    def done(self, part: float) -> Callable[[dict], bool]:
        """Whether that part of the rows has ended."""
        return lambda _: self.samples[-1][0] >= part * self.count

    def written(self, _found: dict) -> bool:
        """Whether some of the results are written."""
        uuid = self.arn.rsplit(":", 1)[1]
        return bool(list(pathlib.Path(self.folder, "results", uuid).glob("SUCCEEDED_*")))

    def restart(self) -> float:
        """Kills the server; the seconds until it is ready again."""
        self.server.kill()
        ready = self.server.start()
        self.client = self.server.client()
        return ready

    def status(self) -> str:
        """The status of the execution, when the run is over and the execution too."""
        self.wait(lambda _: False)
        while True:
            found = self.client.call("DescribeExecution", executionArn=self.execution)
            if found["status"] != "RUNNING":
                return found["status"]
            time.sleep(0.02)

    def judge(self) -> None:
        """Raises unless each row is in the results once, as the manifest says."""
        found = self.client.call("DescribeExecution", executionArn=self.execution)
        if found["status"] != "SUCCEEDED":
            raise RuntimeError(f"the Map is {found['status']}: {found}")
        details = json.loads(found["output"])["ResultWriterDetails"]
        manifest = json.loads(pathlib.Path(self.folder, details["Key"]).read_text())
        ids: dict[str, list[int]] = {}
        for group, files in manifest["ResultFiles"].items():
            ids[group] = []
            for file in files:
                path = pathlib.Path(self.folder, file["Key"])
                if path.stat().st_size != file["Size"]:
                    raise RuntimeError(f"{path} has not the size of the manifest")
                for line in path.open():
                    row = json.loads(line)
                    ids[group].append(int((json.loads(row["Input"]) if group == "FAILED"
                                           else row)["id"]))
        expected = {"SUCCEEDED": [row for row in range(self.count) if row % 10],
                    "FAILED": list(range(0, self.count, 10)), "PENDING": []}
        for group, rows in expected.items():
            if sorted(ids[group]) != rows:
                raise RuntimeError(f"{group}: {len(ids[group])} results of {len(rows)} rows")
        counts = self.look()["itemCounts"]
        wanted = {"succeeded": len(expected["SUCCEEDED"]), "failed": len(expected["FAILED"]),
                  "total": self.count, "resultsWritten": self.count}
        if any(counts[key] != value for key, value in wanted.items()):
            raise RuntimeError(f"the run counts {counts}")

    def figures(self) -> dict:
        """Rate and memory of a run that was not disturbed."""
        ran = next(each[3] for each in self.samples if each[0] >= self.count)
        first = self.samples[0]
        last = next(each for each in self.samples if each[0] >= self.count)
        return {"children a second": round(self.count / ran),
                "with results": round(self.count / self.samples[-1][3]),
                "server us each": round((last[1] - first[1]) * 1e6 / self.count, 1),
                "most RssAnon MB": max(each[2] for each in self.samples),
                "RssAnon MB, each tenth": [
                    next(each[2] for each in self.samples if each[0] >= self.count * part // 10)
                    for part in range(11)]}


def rows(bench) -> None:
    """The drill of a Map over rows: undisturbed, killed, changed and redriven."""
    folder = os.path.join(bench.scratch, "bucket")
    os.mkdir(folder)
    for form in FORMS:
        write(os.path.join(folder, f"rows.{form}"), form, bench.count)
    for form in FORMS:
        for drill in (undisturbed, killed):
            server = bench.server(f"{drill.__name__}-{form}", "--bucket", f"data={folder}")
            try:
                server.start()
                drill(bench, Run(server, folder, form, bench.count, drill.__name__), form)
                server.kill()
                bench.replay(server.data)
            finally:
                server.kill()
                bench.remove(server)
    count = max(1_000, bench.count // 10)
    write(os.path.join(folder, "rows.CSV"), "CSV", count)
    server = bench.server("changed", "--bucket", f"data={folder}")
    try:
        server.start()
        changed(bench, server, folder, count)
        server.kill()
        bench.replay(server.data)
    finally:
        server.kill()
        bench.remove(server)


def undisturbed(bench, run: Run, form: str) -> None:
    """Rate and memory."""
    run.status()
    bench.note(f"rows of {form}", run.figures())
    run.judge()


def killed(bench, run: Run, form: str) -> None:
    """Kill -9 before the first child, while children run, and while results are written."""
    ready = [run.restart()]
    for reached in (run.done(0.1), run.done(0.5), run.done(0.9), run.written, run.written):
        run.wait(reached)
        ready.append(run.restart())
    run.status()
    run.judge()
    bench.note(f"rows of {form}, killed {len(ready)} times", {
        "seconds": round(run.samples[-1][3], 1), "ready s": [round(each, 2) for each in ready],
        "most RssAnon MB": max(each[2] for each in run.samples)})


def changed(bench, server: Server, folder: str, count: int) -> None:
    """UpdateMapRun, StopExecution and RedriveExecution, of Express and of Standard children."""
    for kind in ("EXPRESS", "STANDARD"):
        # Half as many may fail as do, which shows when all rows are read.
        width = count // 100
        run = Run(server, folder, "CSV", count, f"changed-{kind}", kind,
                  ToleratedFailurePercentage=5, MaxConcurrency=width)
        client = run.client
        run.wait(run.done(0.3))
        narrow(run, width)
        run.wait(run.done(0.6))
        took = [time.monotonic()]
        client.call("StopExecution", executionArn=run.execution)
        expect(run, "ABORTED")
        took.append(time.monotonic())
        client.call("RedriveExecution", executionArn=run.execution)
        took.append(time.monotonic())
        expect(run, "FAILED")
        client.call("RedriveExecution", executionArn=run.execution)
        client.call("UpdateMapRun", mapRunArn=run.arn, toleratedFailurePercentage=10.0)
        narrow(run, width)
        expect(run, "SUCCEEDED")
        run.judge()
        bench.note(f"{count} rows of {kind}, changed, stopped, redriven twice", {
            "stopped in s": round(took[1] - took[0], 2), "redriven in s": round(
                took[2] - took[1], 2), "seconds": round(run.samples[-1][3], 1)})


def narrow(run: Run, width: int) -> None:
    """Has one child run at a time, and then as many again as before."""
    run.client.call("UpdateMapRun", mapRunArn=run.arn, maxConcurrency=1)
    run.wait(lambda found: found["itemCounts"]["running"] <= 1)
    before = run.samples[-1][0]
    if run.wait(lambda _: run.samples[-1][0] > before)["itemCounts"]["running"] > 1:
        raise RuntimeError("more than one child runs")
    run.client.call("UpdateMapRun", mapRunArn=run.arn, maxConcurrency=width)


def expect(run: Run, status: str) -> None:
    """Raises unless the execution ends with that status."""
    if (found := run.status()) != status:
        raise RuntimeError(f"the execution is {found} and not {status}")
