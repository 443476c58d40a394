#!/usr/bin/env python3
"""Distributed Maps that read objects, batch items and write results, as boto3 sees them.

A bucket is a folder of the server's. The rows of the large runs are 10,000, or as many as
STEPWELL_MAP_ROWS says; the server is killed while they run and while results are written. Prints
`N passed, N failed`.
"""

import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import boto3
from botocore.config import Config

from api_boto3 import ROLE, ended, refused
from checks import Checks
from map_runs_boto3 import run_of
from sfnctl_server import Server, sfnctl

check = Checks()
ROWS = int(os.environ.get("STEPWELL_MAP_ROWS", "10000"))
ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("STEPWELL_SHARED", ROOT.parent / "shared"))
ECHO = {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}}
# Fails for every tenth row, in the tolerated part.
JUDGE = {"StartAt": "J", "States": {
    "J": {"Type": "Choice", "Default": "A", "Choices": [
        {"Variable": "$.id", "StringMatches": "*0", "Next": "B"}]},
    "A": {"Type": "Pass", "End": True}, "B": {"Type": "Fail", "Error": "Tenth", "Cause": "id"}}}


def reader(key: str, **config) -> dict:
    """An item reader of an object of the bucket."""
    return {"Resource": "arn:aws:states:::s3:getObject",
            "Parameters": {"Bucket": "data", "Key": key}, "ReaderConfig": config}


CSV = {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}
# 3,000 rows in three row groups, of small pages, by pyarrow: texts and a structure with a list.
CUSTOMERS = bytes.fromhex(
    pathlib.Path(__file__).with_name("customers.parquet.txt").read_text())
WRITER = {"Resource": "arn:aws:states:::s3:putObject",
          "Parameters": {"Bucket": "data", "Prefix": "results"}}


def mapped(processor: dict, kind: str = "EXPRESS", **fields) -> str:
    """A definition whose only state is a distributed Map."""
    config = {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": kind}}
    return json.dumps({"StartAt": "Each", "States": {"Each": {
        "Type": "Map", "Label": "each", "ItemProcessor": {**config, **processor}, "End": True,
        **fields}}})


def begin(client, name: str, definition: str, given=None) -> str:
    """Creates a state machine and starts an execution; its ARN."""
    arn = client.create_state_machine(
        name=name, roleArn=ROLE, definition=definition)["stateMachineArn"]
    return client.start_execution(
        stateMachineArn=arn, input=json.dumps(given or {}))["executionArn"]


class Bucket:
    """The folder that stands for the bucket `data`."""

    def __init__(self, folder: str):
        self.folder = pathlib.Path(folder)

    def write(self, key: str, content: str | bytes) -> None:
        path = self.folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, key: str) -> str:
        return (self.folder / key).read_text()

    def holds(self, prefix: str) -> bool:
        """Whether anything was written below a prefix that ends with a slash."""
        return (self.folder / prefix).exists()

    def rows(self, key: str, count: int) -> None:
        with open(self.folder / key, "w", encoding="utf-8") as file:
            file.write("id,name,address\n")
            for row in range(count):
                file.write(f'{row},customer {row},"{row} Long Road, Some Town"\n')

    def results(self, output: str) -> dict:
        """The results that a manifest names, by their group."""
        details = json.loads(output)["ResultWriterDetails"]
        assert details["Bucket"] == "data", details
        manifest = json.loads(self.read(details["Key"]))
        assert manifest["DestinationBucket"] == "data"
        found = {}
        for group, files in manifest["ResultFiles"].items():
            found[group] = []
            for file in files:
                text = self.read(file["Key"])
                assert len(text.encode()) == file["Size"]
                found[group] += ([json.loads(line) for line in text.splitlines()]
                                 if file["Key"].endswith(".jsonl") else json.loads(text))
        return found


@check
def recorded(_server, client, bucket):
    """What AWS answered for these readers."""
    folder = SHARED / "conformance" / "cases"
    if not folder.is_dir():
        return "STEPWELL_SHARED"
    files = sorted(folder.glob("*/*item_reader*.json")) + sorted(folder.glob("*/*max_items_path*"))
    count = 0
    for file in files:
        case = json.loads(file.read_text())
        bodies = [step["params"]["Body"] for step in case.get("external_setup", [])
                  if step["op"] == "PutObject"]
        if case["kind"] != "execution" or not bodies:
            continue
        if "no_json_list_object" in file.name:
            # Recorded before objects could be iterated over (September 2025).
            continue
        bucket.write("recorded", bodies[0])
        definition = case["steps"][0]["params"]["definition"]["$json"]
        given = {**case["steps"][1]["params"]["input"]["$json"], "Bucket": "data",
                 "Key": "recorded"}
        events = next(step for step in case["steps"]
                      if step["op"] == "GetExecutionHistory")["expect"][0]["value"]["events"]
        arn = begin(client, f"recorded-{count}", json.dumps(definition), given)
        found = ended(client, arn)
        last = events[-1]
        if last["type"] == "ExecutionSucceeded":
            expected = last["executionSucceededEventDetails"]["output"]
            assert json.loads(found["output"]) == json.loads(expected), (file.name, found)
        else:
            details = last["executionFailedEventDetails"]
            assert (found["error"], found["cause"]) == (details["error"], details["cause"]), found
        history = client.get_execution_history(executionArn=arn)["events"]
        assert [(e["id"], e["previousEventId"], e["type"]) for e in history] == [
            (e["id"], e["previousEventId"], e["type"]) for e in events], file.name
        count += 1
    assert count >= 12, count
    return None


@check
def formats(_server, client, bucket):
    """Each form of object gives its items."""
    bucket.write("j.json", '{"meta": 1, "rows": [{"a": 1}, [2], "x"]}')
    bucket.write("l.jsonl.gz", gzip.compress(b'{"a": 1}\n\n[2]\n"x"\n'))
    bucket.write("t.tsv", "1\t2\r\n\"q\"\"\"\t\r\n")
    bucket.write("in/a.json", '[1, 2]')
    bucket.write("in/b.json", '[3]')
    listing = {"Resource": "arn:aws:states:::s3:listObjectsV2",
               "Parameters": {"Bucket": "data", "Prefix": "in/"}}
    flat = {**listing, "ReaderConfig": {"InputType": "JSON",
                                        "Transformation": "LOAD_AND_FLATTEN"}}
    bucket.write("c.parquet", CUSTOMERS)
    bucket.write("m.csv", "s3://data/c.parquet\n")
    bucket.write("u.csv.gz", gzip.compress(b"7,x\n"))
    bucket.write("g.csv", "s3://data/u.csv.gz\n")
    rows = [{"id": str(row), "name": f"customer {row}", "address": {
        "street": f"{row} Long Road", "tags": ["home"] * (row % 3)}} for row in range(3)]
    select = {"ItemSelector": {"k.$": "$$.Map.Item.Value.Key", "s.$": "$$.Map.Item.Source"}}
    cases = [
        (reader("j.json", InputType="JSON", ItemsPointer="/rows"), {}, [{"a": 1}, [2], "x"]),
        (reader("j.json", InputType="JSON", ItemsPointer="/rows", MaxItems=1), {}, [{"a": 1}]),
        (reader("l.jsonl.gz", InputType="JSONL"), {}, [{"a": 1}, [2], "x"]),
        (reader("t.tsv", InputType="CSV", CSVDelimiter="TAB", CSVHeaderLocation="GIVEN",
                CSVHeaders=["a", "b"]), {}, [{"a": "1", "b": "2"}, {"a": 'q"', "b": ""}]),
        (reader("c.parquet", InputType="PARQUET", MaxItems=3), {}, rows),
        (reader("m.csv", InputType="PARQUET", ManifestType="ATHENA_DATA", MaxItems=2), {},
         rows[:2]),
        (reader("g.csv", InputType="CSV", ManifestType="ATHENA_DATA", CSVHeaderLocation="GIVEN",
                CSVHeaders=["a", "b"]), {}, [{"a": "7", "b": "x"}]),
        (listing, select, [{"k": "in/a.json", "s": "S3://data"},
                           {"k": "in/b.json", "s": "S3://data"}]),
        (flat, {"ItemSelector": {"v.$": "$$.Map.Item.Value", "s.$": "$$.Map.Item.Source"}},
         [{"v": 1, "s": "S3://data/in/a.json"}, {"v": 2, "s": "S3://data/in/a.json"},
          {"v": 3, "s": "S3://data/in/b.json"}]),
    ]
    for number, (fields, more, expected) in enumerate(cases):
        arn = begin(client, f"format-{number}", mapped(ECHO, ItemReader=fields, **more))
        assert json.loads(ended(client, arn)["output"]) == expected, number


@check
def what_cannot_be_read(_server, client, bucket):
    """Fails the run by name, is caught, and goes on when it is mended and redriven."""
    bucket.write("broken.jsonl", "1\n{\n")
    bucket.write("broken.parquet", CUSTOMERS[:-1])
    for number, (key, words) in enumerate([
            ("none", "key does not exist"), ("../data", "cannot be a file"),
            ("broken.jsonl", "not valid JSON"), ("broken.parquet", "not a valid Parquet file")]):
        kind = "PARQUET" if key.endswith("parquet") else "JSONL"
        definition = mapped(ECHO, ItemReader=reader(key, InputType=kind))
        found = ended(client, begin(client, f"unread-{number}", definition))
        assert found["error"] == "States.ItemReaderFailed" and words in found["cause"], found
    definition = mapped(ECHO, "STANDARD", ItemReader=reader("later.jsonl", InputType="JSONL"))
    arn = begin(client, "later", definition)
    assert ended(client, arn)["status"] == "FAILED"
    bucket.write("later.jsonl", "1\n2\n")
    client.redrive_execution(executionArn=arn)
    deadline = time.monotonic() + 20
    while (found := client.describe_execution(executionArn=arn))["status"] != "SUCCEEDED":
        assert time.monotonic() < deadline, found
        time.sleep(0.02)
    assert json.loads(found["output"]) == [1, 2]


@check
def batches(_server, client, bucket):
    """Items are counted apart from executions."""
    bucket.rows("b.csv", 25)
    definition = mapped(ECHO, ItemReader=reader("b.csv", **CSV), ItemBatcher={
        "MaxItemsPerBatch": 10, "BatchInput": {"who.$": "$.who"}})
    arn = begin(client, "batches", definition, {"who": "me"})
    output = json.loads(ended(client, arn)["output"])
    assert [len(batch["Items"]) for batch in output] == [10, 10, 5]
    assert all(batch["BatchInput"] == {"who": "me"} for batch in output)
    found = client.describe_map_run(mapRunArn=run_of(client, arn)["mapRunArn"])
    assert (found["itemCounts"]["succeeded"], found["itemCounts"]["total"]) == (25, 25)
    assert (found["executionCounts"]["succeeded"], found["executionCounts"]["total"]) == (3, 3)


@check
def written(_server, client, bucket):
    """Manifest and files, with all that is known of an execution, or its output alone."""
    bucket.rows("w.csv", 12)
    fields = {"ItemReader": reader("w.csv", **CSV), "ToleratedFailurePercentage": 20}
    arn = begin(client, "written", mapped(JUDGE, "STANDARD", **fields, ResultWriter=WRITER))
    found = ended(client, arn)
    run = run_of(client, arn)["mapRunArn"]
    output = json.loads(found["output"])
    assert output["MapRunArn"] == run
    uuid = run.rsplit(":", 1)[1]
    assert output["ResultWriterDetails"]["Key"] == f"results/{uuid}/manifest.json"
    results = bucket.results(found["output"])
    assert len(results["SUCCEEDED"]) == 10 and len(results["FAILED"]) == 2
    assert results["PENDING"] == []
    one, bad = results["SUCCEEDED"][0], results["FAILED"][0]
    assert json.loads(one["Output"]) == json.loads(one["Input"]) == {
        "id": "1", "name": "customer 1", "address": "1 Long Road, Some Town"}
    assert one["Status"] == "SUCCEEDED" and one["InputDetails"] == {"Included": True}
    described = client.describe_execution(executionArn=one["ExecutionArn"])
    assert described["name"] == one["Name"]
    assert (bad["Status"], bad["Error"], bad["Cause"]) == ("FAILED", "Tenth", "id")
    counts = client.describe_map_run(mapRunArn=run)["executionCounts"]
    assert counts["resultsWritten"] == 12, counts
    bucket.write("lists.jsonl", "[1, 2]\n[]\n3\n")
    config = {"Transformation": "FLATTEN", "OutputType": "JSONL"}
    flat = mapped(ECHO, ItemReader=reader("lists.jsonl", InputType="JSONL"),
                  ResultWriter={**WRITER, "WriterConfig": config})
    output = ended(client, begin(client, "flat", flat))["output"]
    assert bucket.results(output)["SUCCEEDED"] == [1, 2, 3]
    bucket.write("pretty.json", json.dumps([{"a": [1]}, {"b": "x\ny"}], indent=2))
    lines = mapped(ECHO, ItemReader=reader("pretty.json", InputType="JSON"), ResultWriter={
        **WRITER, "WriterConfig": {"Transformation": "COMPACT", "OutputType": "JSONL"}})
    output = ended(client, begin(client, "lines", lines))["output"]
    assert bucket.results(output)["SUCCEEDED"] == [{"a": [1]}, {"b": "x\ny"}]
    preview = mapped(ECHO, ItemReader=reader("lists.jsonl", InputType="JSONL"), ResultWriter={
        "WriterConfig": {"Transformation": "FLATTEN", "OutputType": "JSON"}})
    output = ended(client, begin(client, "preview", preview))["output"]
    assert json.loads(output) == [1, 2, 3]
    nowhere = {**WRITER, "Parameters": {"Bucket": "nowhere", "Prefix": ""}}
    found = ended(client, begin(client, "nowhere", mapped(
        ECHO, ItemReader=reader("lists.jsonl", InputType="JSONL"), ResultWriter=nowhere)))
    assert found["error"] == "States.ResultWriterFailed", found


@check
def example(_server, client, bucket):
    """The one beside the other services' examples."""
    folder = ROOT / "Sources" / "Examples" / "Services"
    bucket.write("orders.csv", (folder / "map-over-csv" / "orders.csv").read_text())
    given = json.loads((folder / "map-over-csv.input.json").read_text())
    arn = begin(client, "example", (folder / "map-over-csv.asl.json").read_text(), given)
    found = ended(client, arn)
    details = json.loads(found["output"])
    results = bucket.results(json.dumps({"ResultWriterDetails": details}))
    assert results["SUCCEEDED"] == [
        {"order": "17", "isLarge": True}, {"order": "18", "isLarge": False},
        {"order": "19", "isLarge": True}], results


@check
def fields_that_do_not_fit(_server, client, _bucket):
    for fields in ({"ItemReader": reader("k", InputType="JSON", CSVHeaderLocation="FIRST_ROW")},
                   {"ItemReader": {"Resource": "arn:aws:states:::s3:getThing"}},
                   {"ItemBatcher": {}}, {"ResultWriter": {}}):
        refused("InvalidDefinition", client.create_state_machine, name="refused", roleArn=ROLE,
                definition=mapped(ECHO, **fields))


@check
def tried(server, _client, _bucket):
    """TestState shows what a batcher makes of a reader's data."""
    client = boto3.client(
        "stepfunctions", endpoint_url=server.endpoint, region_name="us-east-1",
        config=Config(inject_host_prefix=False),
        aws_access_key_id="local", aws_secret_access_key="local")
    state = json.loads(mapped(ECHO, ItemReader=reader("k", InputType="JSON"),
                              ItemBatcher={"MaxItemsPerBatch": 2}))["States"]["Each"]
    answer = client.test_state(
        definition=json.dumps(state), roleArn=ROLE, inspectionLevel="DEBUG",
        mock={"result": "[]"}, stateConfiguration={"mapItemReaderData": "[1, 2, 3]"})
    assert answer["status"] == "SUCCEEDED", answer
    batched = json.loads(answer["inspectionData"]["afterItemBatcher"])
    assert batched == [{"Items": [1, 2]}, {"Items": [3]}]


def memory(server: Server) -> int:
    """What the process holds for itself, in MiB."""
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("RssAnon:"))
    return int(line.split()[1]) // 1024


@check
def policed(_server, _client, bucket):
    """A Map reads and writes what the policy of its role allows."""
    bucket.rows("in/p.csv", 2)

    def allow(action, resource):
        return {"Effect": "Allow", "Action": f"s3:{action}", "Resource": f"arn:aws:s3:::{resource}"}

    policy = bucket.folder / "policy.json"
    arguments = ("--bucket", f"data={bucket.folder}", "--policy", str(policy))
    read, write = allow("GetObject", "data/in/*"), allow("PutObject", "data/results/*")
    policy.write_text(json.dumps({ROLE: {"Statement": [read]}}))
    with Server(None, *arguments) as server:
        definition = mapped(ECHO, ItemReader=reader("in/p.csv", **CSV), ResultWriter=WRITER)
        found = ended(server.client(), begin(server.client(), "unwritten", definition))
        assert found["error"] == "States.ResultWriterFailed", found
        assert "is not authorized to perform: s3:PutObject" in found["cause"], found
        assert "Error Code: AccessDenied" in found["cause"], found
    policy.write_text(json.dumps({ROLE: {"Statement": [read, write]}}))
    with Server(None, *arguments) as server:
        found = ended(server.client(), begin(server.client(), "written", definition))
        assert found["status"] == "SUCCEEDED", found
        definition = mapped(ECHO, ItemReader=reader("w.csv", **CSV))
        found = ended(server.client(), begin(server.client(), "unread", definition))
        assert found["error"] == "States.ItemReaderFailed", found
        assert "perform: s3:GetObject on resource: arn:aws:s3:::data/w.csv" in found["cause"], found


@check
def killed(server, client, bucket):
    """Each row is dealt with once, whenever the server dies; a tenth may fail."""
    bucket.rows("rows.csv", ROWS)
    through_kills(server, client, bucket, reader("rows.csv", **CSV), ROWS, (0.2, 0.5, 0.8, None))
    bucket.write("rows.parquet", CUSTOMERS)
    rows = reader("rows.parquet", InputType="PARQUET")
    through_kills(server, server.client(), bucket, rows, 3000, (0.4,))


def through_kills(server, client, bucket, source, count, parts):
    """Deals with so many rows, the server killed when these parts of them are done.

    None is the part at which the results begin to be written.
    """
    definition = mapped(JUDGE, ItemReader=source,
                        ToleratedFailurePercentage=10, ResultWriter={
                            **WRITER, "WriterConfig": {"Transformation": "COMPACT",
                                                       "OutputType": "JSONL"}})
    began = time.monotonic()
    arn = begin(client, source["Parameters"]["Key"], definition)
    run = run_of(client, arn)["mapRunArn"]
    most = 0
    results = f"results/{run.rsplit(':', 1)[1]}/"
    for part in parts:
        while True:
            found = client.describe_map_run(mapRunArn=run)
            done = found["itemCounts"]["succeeded"] + found["itemCounts"]["failed"]
            most = max(most, memory(server))
            is_reached = bucket.holds(results) if part is None else done >= part * count
            if is_reached or found["status"] != "RUNNING":
                break
            time.sleep(0.01 if part is None else 0.05)
        server.kill()
        server.start()
        client = server.client()
    while (found := client.describe_execution(executionArn=arn))["status"] == "RUNNING":
        most = max(most, memory(server))
        time.sleep(0.1)
    took = time.monotonic() - began
    print(f"     {count} rows in {took:.1f} s with {len(parts)} kills, {most} MiB at most")
    assert found["status"] == "SUCCEEDED", found
    results = bucket.results(found["output"])
    good = [int(row["id"]) for row in results["SUCCEEDED"]]
    assert sorted(good) == [row for row in range(count) if row % 10], "each row once"
    bad = [int(json.loads(row["Input"])["id"]) for row in results["FAILED"]]
    assert sorted(bad) == list(range(0, count, 10))
    counts = client.describe_map_run(mapRunArn=run)["itemCounts"]
    assert (counts["succeeded"], counts["failed"], counts["total"]) == (
        len(good), len(bad), count), counts
    assert most <= 400, f"{most} MiB"


@check
def replayed(server, _client, _bucket):
    """The last check: what the others left replays."""
    server.stop()
    done = subprocess.run([sfnctl(), "replay", "--all", "--verify", "--data-dir", server.data],
                          capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        with Server(None, "--bucket", f"data={folder}") as server:
            return check.run(server, server.client, Bucket(folder))


if __name__ == "__main__":
    sys.exit(main())
