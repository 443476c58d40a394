#!/usr/bin/env python3
"""Data directories of earlier versions open, show the same histories, and go on.

Each store of $STEPWELL_SHARED/golden-stores is copied; every execution's history is compared with
what the version that wrote it told, every log is derived again, and then a server goes on with it:
what was waiting is ended, what was defined is started, across a kill -9. Prints `N passed, N
failed`.
"""

import concurrent.futures
import contextlib
import gzip
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import time

from checks import Checks
from sfnctl_server import Server, sfnctl

ROOT = pathlib.Path(__file__).resolve().parents[2]
STORES = pathlib.Path(os.environ.get("STEPWELL_SHARED", ROOT.parent / "shared")) / "golden-stores"
PREFIX = "arn:aws:states:us-east-1:000000000000"
ENDED = {"ExecutionSucceeded", "ExecutionFailed", "ExecutionAborted", "ExecutionTimedOut"}

check = Checks()


class Golden:
    """A copy of a store with what is known of it."""

    def __init__(self, archive: pathlib.Path, scratch: str):
        name = archive.name.removesuffix(".tar.gz")
        with tarfile.open(archive) as tar:
            tar.extractall(scratch, filter="data")
        self.data = os.path.join(scratch, name)
        self.histories = json.loads(gzip.open(STORES / f"{name}.histories.json.gz").read())

    def events(self, arn: str) -> list:
        """The events that the log holds of an execution."""
        done = subprocess.run([sfnctl(), "history", arn, "--json", "--data-dir", self.data],
                              capture_output=True, check=False)
        assert done.returncode == 0, f"{arn}: {done.stderr.decode()}"
        return json.loads(done.stdout)["events"]

    def difference(self, arn: str) -> str | None:
        """What an execution's history has lost or changed; a history may have become longer."""
        known = self.histories[arn]
        events = self.events(arn)
        if known["last"] in ENDED and len(events) != known["events"]:
            return f"{arn}: {len(events)} events, {known['events']} before"
        text = json.dumps(events[:known["events"]], sort_keys=True, separators=(",", ":"),
                          ensure_ascii=False)
        if hashlib.sha256(text.encode()).hexdigest() != known["sha256"]:
            return f"{arn}: its first {known['events']} events are others"
        return None

    def differences(self, arns) -> list[str]:
        """What the histories of some executions have lost or changed."""
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            return [found for found in pool.map(self.difference, arns) if found]

    def running(self) -> list[str]:
        """The executions that had not ended."""
        return [arn for arn, known in self.histories.items() if known["last"] not in ENDED]

    def verify(self, at_least: int) -> None:
        """Derives every log again."""
        done = subprocess.run([sfnctl(), "replay", "--all", "--verify", "--data-dir", self.data],
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        agreeing, _, count = done.stdout.strip().splitlines()[-1].split()[:3]
        assert agreeing == count and int(count) >= at_least, done.stdout[-500:]


def machine(name: str) -> str:
    """The ARN of a state machine."""
    return f"{PREFIX}:stateMachine:{name}"


def status(client, arn: str, wanted: str | None = None) -> str:
    """An execution's status; waits for one, or for its end."""
    deadline = time.monotonic() + 60
    while True:
        found = client.describe_execution(executionArn=arn)["status"]
        if found == wanted or (wanted is None and found != "RUNNING"):
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"{arn} is {found}")
        time.sleep(0.05)


def start(client, name: str, value="{}") -> str:
    """Starts an execution."""
    return client.start_execution(stateMachineArn=machine(name), input=value)["executionArn"]


@contextlib.contextmanager
def copies():
    """A copy of each store."""
    with tempfile.TemporaryDirectory() as scratch:
        yield [Golden(archive, scratch) for archive in archives()]


def archives() -> list[pathlib.Path]:
    """The stores, oldest version's name first."""
    return sorted(STORES.glob("*.tar.gz"))


@check
def same_histories(stores: list[Golden]) -> None:
    """Every execution's history is byte for byte what it was."""
    for golden in stores:
        differences = golden.differences(golden.histories)
        assert not differences, differences[:10]
        golden.verify(len(golden.histories))


@check
def goes_on(stores: list[Golden]) -> None:
    """What the earlier version defined and left behind runs under this one."""
    for golden in stores:
        with Server(golden.data) as server:
            begun = go_on(server)
            assert server.stop() == 0
        closed = [arn for arn in golden.histories if arn not in golden.running()]
        differences = golden.differences(golden.running() + closed[::20])
        assert not differences, differences[:10]
        golden.verify(len(golden.histories) + begun)


def go_on(server: Server) -> int:
    """Starts, redrives, ends and stops executions across a kill; how many were started."""
    client = server.client()
    begun = {
        start(client, "gold-parallel"): "SUCCEEDED",
        start(client, "gold-loop2"): "SUCCEEDED",
        start(client, "gold-map-STANDARD", '{"xs": [1, 2, 3]}'): "SUCCEEDED",
        start(client, "gold-map-EXPRESS", '{"xs": [4, 5]}'): "SUCCEEDED",
        start(client, "gold-mapfail-STANDARD", '{"xs": [1, 13]}'): "FAILED",
    }
    for arn, wanted in begun.items():
        assert status(client, arn) == wanted, arn
    failed = list(begun)[-1]
    client.redrive_execution(executionArn=failed)
    assert status(client, failed) == "FAILED"
    assert client.describe_execution(executionArn=failed)["redriveCount"] == 1
    waiting = work(client)
    sleeper = start(client, "gold-wait:live")
    server.kill()
    server.start()
    client = server.client()
    for arn, wanted in {**begun, **waiting, sleeper: "RUNNING"}.items():
        assert client.describe_execution(executionArn=arn)["status"] == wanted, arn
    stop_nested(client)
    client.stop_execution(executionArn=sleeper)
    assert status(client, sleeper) == "ABORTED"
    return len(begun) + 1


def work(client) -> dict[str, str]:
    """Does the activity tasks that wait; the executions that ended by it."""
    activity = f"{PREFIX}:activity:gold-activity"
    listed = client.list_executions(
        stateMachineArn=machine("gold-activity-wait"), statusFilter="RUNNING")["executions"]
    tokens = []
    # One of them may be with a worker that is no more: its task comes back after a heartbeat.
    for _ in range(len(listed) - 1):
        task = client.get_activity_task(activityArn=activity, workerName="golden")
        assert task.get("taskToken"), "a task that waited is not handed out"
        tokens.append(task["taskToken"])
    for token in tokens:
        client.send_task_success(taskToken=token, output='"done"')
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = {each["executionArn"]: client.describe_execution(
            executionArn=each["executionArn"])["status"] for each in listed}
        if list(found.values()).count("SUCCEEDED") >= len(tokens):
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def stop_nested(client) -> None:
    """Stops parents of nested executions that an earlier life started, and with them these."""
    name = machine("gold-nested")
    parents = client.list_executions(stateMachineArn=name, statusFilter="RUNNING")["executions"]
    for parent in parents:
        events = client.get_execution_history(executionArn=parent["executionArn"])["events"]
        submitted = [each["taskSubmittedEventDetails"]["output"] for each in events
                     if each["type"] == "TaskSubmitted"]
        client.stop_execution(executionArn=parent["executionArn"])
        child = json.loads(submitted[-1])["ExecutionArn"]
        assert status(client, child) == "ABORTED", child


@check
def recorded_listings(stores: list[Golden]) -> None:
    """The state machines, activities, versions and aliases are all there."""
    for golden in stores:
        with Server(golden.data) as server:
            client = server.client()
            pages = client.get_paginator("list_state_machines").paginate(
                PaginationConfig={"PageSize": 3})
            names = [each["name"] for page in pages for each in page["stateMachines"]]
            assert names == sorted(set(names)), names
            assert len([name for name in names if name.startswith("gold-")]) == 11, names
            activities = client.list_activities()["activities"]
            assert [each["name"] for each in activities] == ["gold-activity"], activities
            versions = client.list_state_machine_versions(stateMachineArn=machine("gold-wait"))
            assert len(versions["stateMachineVersions"]) == 1, versions
            alias = client.describe_state_machine_alias(
                stateMachineAliasArn=machine("gold-wait:live"))
            assert alias["routingConfiguration"][0]["weight"] == 100, alias


def main() -> int:
    """Runs the checks, if there are stores."""
    if not archives():
        print(f"SKIPPED: no stores at {STORES}; set STEPWELL_SHARED")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    return check.run(copies)


if __name__ == "__main__":
    sys.exit(main())
