#!/usr/bin/env python3
"""Distributed Maps over objects of S3 as moto has them: what `map_data_boto3.py` shows of a folder,
and what only a service has. Prints `N passed, N failed`.
"""

import json
import os
import sys

import map_data_boto3
from api_boto3 import ended
from checks import Checks
from map_data_boto3 import CSV, ECHO, WRITER, Bucket, begin, mapped, reader
from map_runs_boto3 import run_of
from moto_server import Moto
from sfnctl_server import Server

check = Checks()
for each in (map_data_boto3.recorded, map_data_boto3.formats, map_data_boto3.batches,
             map_data_boto3.written, map_data_boto3.example, map_data_boto3.killed):
    check(each)


class Objects(Bucket):
    """The bucket `data` of the emulator."""

    def __init__(self, s3):  # pylint: disable=super-init-not-called
        self.s3 = s3
        s3.create_bucket(Bucket="data")

    def write(self, key: str, content: str | bytes) -> None:
        self.s3.put_object(Bucket="data", Key=key, Body=content)

    def read(self, key: str) -> str:
        return self.s3.get_object(Bucket="data", Key=key)["Body"].read().decode()

    def holds(self, prefix: str) -> bool:
        return "Contents" in self.s3.list_objects_v2(Bucket="data", Prefix=prefix, MaxKeys=1)

    def rows(self, key: str, count: int) -> None:
        self.write(key, "id,name,address\n" + "".join(
            f'{row},customer {row},"{row} Long Road, Some Town"\n' for row in range(count)))


COUNT = {"StartAt": "N", "States": {"N": {
    "Type": "Pass", "Parameters": {"n.$": "States.ArrayLength($.Items)"}, "End": True}}}


@check
def more_than_a_range(_server, client, bucket):
    """An object is read a range at a time; a row that two of them share is whole."""
    filler = "ü" * 500
    rows = 10_000
    bucket.write("large.csv", "id,text\n" + "".join(f"{n},{filler}{n}\n" for n in range(rows)))
    last = {"StartAt": "L", "States": {"L": {
        "Type": "Pass", "Parameters": {
            "n.$": "States.ArrayLength($.Items)", "first.$": "$.Items[0].id"}, "End": True}}}
    arn = begin(client, "ranges", mapped(
        last, ItemReader=reader("large.csv", **CSV), ItemBatcher={"MaxItemsPerBatch": 100}))
    output = json.loads(ended(client, arn, 60)["output"])
    assert [batch["n"] for batch in output] == [100] * (rows // 100)
    assert [batch["first"] for batch in output] == [str(n) for n in range(0, rows, 100)]


@check
def more_than_a_page(_server, client, bucket):
    """A listing goes on by its token."""
    for number in range(1_050):
        bucket.write(f"many/{number:04}", b"x")
    listing = {"Resource": "arn:aws:states:::s3:listObjectsV2",
               "Parameters": {"Bucket": "data", "Prefix": "many/"}}
    arn = begin(client, "pages", mapped(
        COUNT, ItemReader=listing, ItemBatcher={"MaxItemsPerBatch": 500}))
    output = json.loads(ended(client, arn, 60)["output"])
    assert [batch["n"] for batch in output] == [500, 500, 50], output


@check
def what_s3_refuses(_server, client, bucket):
    """Objects and buckets that are not there, to read and to write."""
    bucket.write("some.jsonl", "1\n")
    elsewhere = {**reader("some.jsonl", InputType="JSONL"),
                 "Parameters": {"Bucket": "elsewhere", "Key": "some.jsonl"}}
    writer = {**WRITER, "Parameters": {"Bucket": "elsewhere", "Prefix": "p"}}
    cases = [({"ItemReader": reader("none.jsonl", InputType="JSONL")},
              "States.ItemReaderFailed", "key does not exist"),
             ({"ItemReader": elsewhere}, "States.ItemReaderFailed", "elsewhere"),
             ({"ItemReader": reader("some.jsonl", InputType="JSONL"), "ResultWriter": writer},
              "States.ResultWriterFailed", "elsewhere")]
    for number, (fields, error, words) in enumerate(cases):
        found = ended(client, begin(client, f"refused-{number}", mapped(ECHO, **fields)))
        assert found["error"] == error and words in found["cause"], found


@check
def names_with_everything(_server, client, bucket):
    """Keys with spaces, signs and letters of the world are read, listed and written."""
    key = "some folder/a+b & c?ü=%41/#1.json"
    bucket.write(key, "[1]")
    writer = {"Resource": WRITER["Resource"],
              "Parameters": {"Bucket": "data", "Prefix": "out of/ü & more"}}
    arn = begin(client, "names", mapped(
        ECHO, "STANDARD", ItemReader=reader(key, InputType="JSON"), ResultWriter=writer))
    found = ended(client, arn)
    results = bucket.results(found["output"])
    assert [each["Output"] for each in results["SUCCEEDED"]] == ["1"], results
    uuid = run_of(client, arn)["mapRunArn"].rsplit(":", 1)[1]
    assert json.loads(found["output"])["ResultWriterDetails"]["Key"] == \
        f"out of/ü & more/{uuid}/manifest.json", found
    listing = {"Resource": "arn:aws:states:::s3:listObjectsV2",
               "Parameters": {"Bucket": "data", "Prefix": "some folder/"}}
    select = {"ItemSelector": {"k.$": "$$.Map.Item.Value.Key"}}
    arn = begin(client, "listed", mapped(ECHO, ItemReader=listing, **select))
    assert json.loads(ended(client, arn)["output"]) == [{"k": key}]


check(map_data_boto3.replayed)


def main() -> int:
    with Moto() as moto:
        os.environ.update(moto.environment())
        with Server() as server:
            return check.run(server, server.client, Objects(moto.client("s3")))


if __name__ == "__main__":
    sys.exit(main())
