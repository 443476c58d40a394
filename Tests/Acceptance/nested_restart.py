#!/usr/bin/env python3
"""Nested executions end with the task that started them, whenever the server dies.

Parents that are stopped, time out, fail or are tried again, with `kill -9` right behind the answer,
after a while, and a server that is down while the time runs out: no child runs on that no parent
waits for, and no work is done twice. Prints `N passed, N failed`.
"""

import json
import subprocess
import sys
import time

from api_boto3 import machine
from checks import Checks
from sfnctl_server import Server, sfnctl

check = Checks()
PARENTS = 20


def family(client, pattern: str = ".sync:2", top: dict | None = None, **task) -> tuple:
    """An activity, a child that waits for its workers, and a parent; their ARNs."""
    activity = client.create_activity(name="pack")["activityArn"]
    child = machine(client, "child", {"StartAt": "T", "States": {
        "T": {"Type": "Task", "Resource": activity, "End": True}}})
    parent = machine(client, "parent", {"StartAt": "N", **(top or {}), "States": {
        "N": {"Type": "Task", "Parameters": {"StateMachineArn": child}, "End": True,
              "Resource": f"arn:aws:states:::states:startExecution{pattern}", **task}}})
    return activity, child, parent


def executions(client, arn: str, status: str | None = None) -> list[str]:
    """The ARNs of a state machine's executions."""
    wanted = {"statusFilter": status} if status else {}
    pages = client.get_paginator("list_executions").paginate(stateMachineArn=arn, **wanted)
    return [each["executionArn"] for page in pages for each in page["executions"]]


def until(what: str, holds, seconds: float = 30) -> None:
    """Waits until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def begin(client, child: str, parent: str) -> list[str]:
    """Starts the parents and waits until every one has its child."""
    parents = [client.start_execution(stateMachineArn=parent)["executionArn"]
               for _ in range(PARENTS)]
    until("no children", lambda: len(executions(client, child, "RUNNING")) == PARENTS)
    return parents


def settled(server, client, child: str, running: int = 0) -> None:
    """The children end, as far as nobody waits for them, and stay so over another restart."""
    until("children run on",
          lambda: len(executions(client, child, "RUNNING")) == running)
    server.kill()
    server.start()
    assert len(executions(server.client(), child, "RUNNING")) == running
    server.stop()
    replay = subprocess.run([sfnctl(), "replay", "--all", "--verify", "--data-dir", server.data],
                            capture_output=True, text=True, check=False)
    assert replay.returncode == 0, replay.stdout + replay.stderr


@check
def stopped_and_killed_at_once(server):
    """The answer to StopExecution is the last that the server does."""
    for pattern in (".sync", ".sync:2"):
        for delay in (0, 0.002, 0.02):
            with Server() as server:
                client = server.client()
                _, child, parent = family(client, pattern)
                for arn in begin(client, child, parent):
                    client.stop_execution(executionArn=arn, error="E", cause="c")
                time.sleep(delay)
                server.kill()
                server.start()
                client = server.client()
                assert executions(client, parent, "RUNNING") == []
                found = client.describe_execution(
                    executionArn=executions(client, parent)[0])
                assert (found["status"], found["error"]) == ("ABORTED", "E"), found
                settled(server, client, child)


@check
def stopped_right_after_the_start(server):
    """Before the server has taken up its tasks again."""
    client = server.client()
    _, child, parent = family(client)
    parents = begin(client, child, parent)
    server.kill()
    server.start()
    client = server.client()
    for arn in reversed(parents):
        client.stop_execution(executionArn=arn)
    settled(server, client, child)


@check
def timed_out_around_a_restart(server):
    """The time of the task, or of the parent, runs out while the server is down or just after."""
    for settings in ({"TimeoutSeconds": 2}, {"top": {"TimeoutSeconds": 2}}):
        for how in ("kill", "stop"):
            with Server() as server:
                client = server.client()
                _, child, parent = family(client, **settings)
                begin(client, child, parent)
                getattr(server, how)()
                time.sleep(2.5)
                server.start()
                client = server.client()
                until("parents run on", lambda: executions(client, parent, "RUNNING") == [])
                settled(server, client, child)


@check
def tried_again(server):
    """A timeout and a Retry around a restart: each order is worked on once."""
    client = server.client()
    activity, child, parent = family(client, TimeoutSeconds=2, Retry=[
        {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 3}])
    begin(client, child, parent)
    server.stop()
    time.sleep(2.5)
    server.start()
    client = server.client()
    time.sleep(2.5)
    until("more children than parents",
          lambda: len(executions(client, child, "RUNNING")) == PARENTS)
    done = 0
    deadline = time.monotonic() + 10
    while executions(client, parent, "RUNNING") and time.monotonic() < deadline:
        task = client.get_activity_task(activityArn=activity)
        if task.get("taskToken"):
            client.send_task_success(taskToken=task["taskToken"], output=json.dumps(done))
            done += 1
    assert done == PARENTS, done
    assert len(executions(client, parent, "SUCCEEDED")) == PARENTS
    assert len(executions(client, child, "SUCCEEDED")) == PARENTS
    settled(server, client, child)


@check
def goes_on_over_restarts(server):
    """What nobody gives up is neither stopped nor started again."""
    client = server.client()
    activity, child, parent = family(client)
    begin(client, child, parent)
    for how in ("kill", "stop", "kill"):
        getattr(server, how)()
        server.start()
    client = server.client()
    for _ in range(PARENTS):
        task = client.get_activity_task(activityArn=activity)
        client.send_task_success(taskToken=task["taskToken"], output="1")
    until("parents do not succeed",
          lambda: len(executions(client, parent, "SUCCEEDED")) == PARENTS)
    assert len(executions(client, child)) == PARENTS
    settled(server, client, child)


if __name__ == "__main__":
    sys.exit(check.run(Server))
