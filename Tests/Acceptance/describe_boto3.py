#!/usr/bin/env python3
"""Where executions stand: `sfnctl describe`, `replay --at` and the server's own operations.

Retries, timers, callbacks, activities, nested Map and Parallel states, a distributed Map, redrives,
ends and `kill -9`; each seen by the log, by the server and at every event. Then the forms of
`sfnctl history`. Prints `N passed, N failed`.
"""

import json
import re
import subprocess
import sys
import time

from api_boto3 import PREFIX, ended, machine, raw
from checks import Checks
from sfnctl_server import Server, sfnctl

check = Checks()
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def own(server: Server, operation: str, **members):
    """One of the server's own operations; status and answer."""
    status, _, text = raw(
        server, "POST", "/", json.dumps(members).encode(), X_Amz_Target=f"Stepwell.{operation}",
        Content_Type="application/x-amz-json-1.0")
    return status, json.loads(text)


def asked(server: Server, operation: str, arn: str, **members) -> dict:
    status, answer = own(server, operation, executionArn=arn, **members)
    assert status == 200, answer
    return answer


def tool(*arguments: str, status: int = 0) -> str:
    done = subprocess.run([sfnctl(), *arguments], capture_output=True, text=True, timeout=60)
    assert done.returncode == status, done
    return done.stdout if status == 0 else done.stderr


def described(server: Server, arn: str, *more: str) -> dict:
    """What `sfnctl describe` says of an execution, the same from the log and from the server."""
    found = [json.loads(tool("describe", arn, "--json", *source, *more))
             for source in (["--data-dir", server.data], ["--endpoint", server.endpoint])]
    assert found[0] == found[1], found
    return found[0]


def standing(server: Server, arn: str, condition, seconds: float = 20) -> dict:
    """The picture of an execution once it is as a condition wants it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        picture = asked(server, "DescribeExecutionState", arn)
        if picture["branches"] and condition(picture["branches"][0]):
            return picture
        time.sleep(0.02)
    raise AssertionError(picture)


def waiting(kind: str):
    return lambda branch: branch["waitingFor"]["kind"] == kind


def started(client, arn: str, name: str, data=None) -> str:
    return client.start_execution(
        stateMachineArn=arn, name=name,
        input=json.dumps({} if data is None else data, ensure_ascii=False))["executionArn"]


def one(task: dict) -> dict:
    """A machine of one state that may have another behind it."""
    return {"StartAt": "One", "States": {"One": {"End": True, **task}}}


@check
def a_retry(server, client):
    activity = client.create_activity(name="flaky")["activityArn"]
    arn = machine(client, "retries", one({
        "Type": "Task", "Resource": activity, "TimeoutSeconds": 600, "HeartbeatSeconds": 300,
        "Retry": [{"ErrorEquals": ["Never"]},
                  {"ErrorEquals": ["Busy"], "IntervalSeconds": 600, "MaxAttempts": 4}]}))
    run = started(client, arn, "r", {"n": 1})
    root = standing(server, run, waiting("activity"))["branches"][0]
    assert (root["state"], root["type"], root["input"]) == ("One", "Task", {"n": 1}), root
    assert not root["waitingFor"]["started"] and root["waitingFor"]["resource"] == activity
    task = client.get_activity_task(activityArn=activity, workerName="w-7")
    root = standing(server, run, lambda branch: branch["waitingFor"].get("started"))["branches"][0]
    waits = root["waitingFor"]
    assert (waits["worker"], waits["token"]) == ("w-7", task["taskToken"]), waits
    assert waits["since"] < waits["heartbeat"] < waits["timeout"], waits
    text = tool("describe", "retries:r", "--data-dir", server.data)
    assert f"waits for worker w-7 of {activity}" in text and task["taskToken"] in text, text
    client.send_task_failure(taskToken=task["taskToken"], error="Busy", cause="later")
    root = standing(server, run, waiting("retry"))["branches"][0]
    assert root["retries"] == [
        {"errorEquals": ["Busy"], "retrier": 1, "attempt": 1, "maxAttempts": 4}], root
    waits = root["waitingFor"]
    assert (waits["error"], waits["cause"]) == ("Busy", "later") and waits["until"] > waits["since"]
    assert described(server, run)["branches"] == [root]
    states = asked(server, "DescribeStateStatuses", run)["states"]
    assert (states["One"]["status"], states["One"]["retries"]) == ("retrying", 1), states
    client.stop_execution(executionArn=run, error="Enough", cause="of it")
    picture = described(server, run)
    assert (picture["status"], picture["error"]) == ("ABORTED", "Enough"), picture
    root = picture["branches"][0]
    assert (root["state"], root["status"], root["waitingFor"]["kind"]) == (
        "One", "aborted", "nothing"), root


@check
def a_timer_and_a_variable(server, client):
    arn = machine(client, "timers", {"StartAt": "Set", "TimeoutSeconds": 9000, "States": {
        "Set": {"Type": "Pass", "Assign": {"who": "Ada", "n.$": "$.n"}, "Next": "Wait"},
        "Wait": {"Type": "Wait", "Seconds": 3600, "End": True}}})
    run = started(client, arn, "t", {"n": 12345678901234567890})
    picture = standing(server, run, waiting("timer"))
    assert picture["variables"]["who"] == "Ada" and picture["timeout"] > picture["startDate"]
    assert picture["branches"][0]["waitingFor"]["until"] > picture["startDate"]
    text = tool("describe", run, "--data-dir", server.data)
    assert "$n  12345678901234567890" in text and "waits for its time" in text, text


@check
def a_callback_and_a_nested_execution(server, client):
    inner = machine(client, "inner", {"StartAt": "W", "States": {
        "W": {"Type": "Wait", "Seconds": 3600, "End": True}}})
    arn = machine(client, "outer", one({
        "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
        "Parameters": {"StateMachineArn": inner, "Name": "child", "Input": {}}}))
    run = started(client, arn, "o")
    root = standing(server, run, lambda branch: "childArn" in branch["waitingFor"])["branches"][0]
    assert root["waitingFor"]["childArn"] == f"{PREFIX}:execution:inner:child", root
    spans = asked(server, "GetExecutionTimeline", run)["spans"]
    assert [span["kind"] for span in spans] == ["state", "child"], spans
    assert spans[1]["childArn"].endswith(":inner:child") and "end" not in spans[1], spans
    client.stop_execution(executionArn=run)
    arn = machine(client, "callback", one({
        "Type": "Task", "TimeoutSeconds": 900,
        "Resource": "arn:aws:states:::states:startExecution.waitForTaskToken",
        "Parameters": {"StateMachineArn": inner, "Input": {"t.$": "$$.Task.Token"}}}))
    run = started(client, arn, "c")
    waits = standing(server, run, waiting("token"))["branches"][0]["waitingFor"]
    assert waits["timeout"] > waits["since"], waits
    client.send_task_success(taskToken=waits["token"], output='{"yes": true}')
    assert ended(client, run)["status"] == "SUCCEEDED"
    picture = described(server, run)
    assert picture["branches"] == [] and picture["output"] == {"yes": True}, picture


NESTED = {"StartAt": "Each", "States": {"Each": {
    "Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 2, "Next": "After",
    "ItemProcessor": {"StartAt": "Both", "States": {"Both": {
        "Type": "Parallel", "End": True, "Branches": [
            {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}},
            {"StartAt": "B", "States": {"B": {
                "Type": "Wait", "SecondsPath": "$.s", "End": True}}}]}}}},
    "After": {"Type": "Pass", "End": True}}}


@check
def nested_containers(server, client):
    arn = machine(client, "nested", NESTED)
    run = started(client, arn, "n", {"items": [{"s": 3600}, {"s": 3600}, {"s": 1}]})
    root = standing(server, run, lambda branch: branch["waitingFor"]["kind"] == "children" and
                    all(each.get("children", {}).get("succeeded") == 1
                        for each in branch["children"]["branches"]))["branches"][0]
    children = root["children"]
    assert (children["count"], children["running"], children["pending"]) == (3, 2, 1), children
    assert [each["path"] for each in children["branches"]] == ["Each[0]", "Each[1]"]
    inner = children["branches"][1]["children"]
    assert (inner["count"], inner["succeeded"], inner["running"]) == (2, 1, 1), inner
    leaf = inner["branches"][0]
    assert (leaf["path"], leaf["state"], leaf["kind"]) == ("Each[1]/Both[1]", "B", "branch"), leaf
    assert leaf["input"] == {"s": 3600} and leaf["waitingFor"]["kind"] == "timer", leaf
    part = asked(server, "DescribeExecutionState", run, branch=0, after=0, maxChildren=1)
    assert [each["index"] for each in part["branches"][0]["children"]["branches"]] == [1], part
    text = tool("describe", run, "--data-dir", server.data)
    assert "of 3: 2 under way, 1 not begun, 2 at once" in text, text
    assert "└─ [1] Both (Parallel)" in text and "   └─ [1] B (Wait)" in text, text
    visits = asked(server, "ListStateVisits", run, state="A")
    assert visits["total"] == 2 and [each["path"] for each in visits["visits"]] == [
        "Each[0]/Both[0]", "Each[1]/Both[0]"], visits
    assert asked(server, "ListStateVisits", run, state="A", maxResults=1)["next"] == (
        visits["visits"][0]["visitId"])
    events = asked(server, "ListExecutionEvents", run, state="B")["events"]
    assert {each["stateName"] for each in events} == {"B"} and len(events) == 2, events
    found = asked(server, "ListExecutionEvents", run, text="waitstateentered", reverseOrder=True)
    assert [each["path"] for each in found["events"]] == ["Each[1]/Both[1]", "Each[0]/Both[1]"]
    client.stop_execution(executionArn=run)


@check
def every_event_has_a_picture(server, client):
    """Every record of a history, by the log, by the server and derived again."""
    arn = machine(client, "pictures", NESTED)
    run = started(client, arn, "p", {"items": [{"s": 0}, {"s": 0}, {"s": 0}]})
    assert ended(client, run)["status"] == "SUCCEEDED"
    last = described(server, run)["at"]
    for place in [str(event) for event in range(1, last["lastEventId"] + 1)] + [
            f"r{record}" for record in range(1, last["lastRecord"] + 1, 3)]:
        seen = asked(server, "DescribeExecutionState", run, at=place)
        assert place in (str(seen["at"]["eventId"]), f"r{seen['at']['record']}"), (place, seen)
    for place in ("9", "r20"):
        seen = described(server, run, "--at", place)
        replayed = json.loads(tool(
            "replay", run, "--data-dir", server.data, "--at", place, "--verify", "--json"))
        assert replayed["verdict"] == "agrees", replayed
        assert replayed["state"]["branches"] == seen["branches"], (replayed, seen)
        assert replayed["record"]["ordinal"] == seen["at"]["record"], replayed["record"]
    event = json.loads(tool("replay", run, "--data-dir", server.data, "--at", "9", "--verify",
                            "--json"))["record"]["event"]
    history = client.get_execution_history(executionArn=run)["events"]
    assert (event["id"], event["type"]) == (9, history[8]["type"]), event
    text = tool("replay", run, "--data-dir", server.data, "--at", "9", "--verify")
    assert history[8]["type"] in text and "waits for what it runs" in text, text
    for place, words in (("999", "there is no event 999"), ("r9999", "there is no record 9999"),
                         ("2001-01-01T00:00:00Z", "had not started")):
        for source in (["--data-dir", server.data], ["--endpoint", server.endpoint]):
            assert words in tool("describe", run, *source, "--at", place, status=1)
    status, answer = own(server, "DescribeExecutionState", executionArn=run, at="x7")
    assert status == 400 and answer["__type"] == "ValidationException", answer


@check
def data_flow(server, client):
    arn = machine(client, "flow", {"StartAt": "Set", "States": {
        "Set": {"Type": "Pass", "Assign": {"k": "v"}, "Next": "Draw"},
        "Draw": {"Type": "Pass", "InputPath": "$.in", "Parameters": {
            "id.$": "States.UUID()", "x.$": "$.x", "k.$": "$k"}, "ResultPath": "$.out",
            "OutputPath": "$.out", "End": True}}})
    run = started(client, arn, "f", {"in": {"x": [1, 2]}, "more": 0})
    output = json.loads(ended(client, run)["output"])
    visit = asked(server, "ListStateVisits", run, state="Draw")["visits"][0]
    assert visit["output"] == output and visit["status"] == "succeeded", visit
    found = asked(server, "DescribeStateVisit", run, visitId=visit["visitId"])
    steps = {step["name"]: step["value"] for step in found["steps"]}
    assert steps["afterInputPath"] == {"x": [1, 2]}, steps
    # Derived again with what was drawn when the execution ran.
    assert steps["afterParameters"] == output == steps["output"], (steps, output)
    assert steps["afterResultPath"] == {"in": {"x": [1, 2]}, "more": 0, "out": output}, steps
    assert found["variables"] == {"k": "v"}, found
    status, answer = own(server, "DescribeStateVisit", executionArn=run, visitId=1)
    assert status == 400 and "enters no state" in answer["message"], answer


@check
def large_payloads_are_cut(server, client):
    arn = machine(client, "large", one({"Type": "Wait", "Seconds": 3600}))
    run = started(client, arn, "l", "é" * 60000)
    picture = standing(server, run, waiting("timer"))
    assert picture["inputTruncated"] == 120002 and picture["input"] == '"' + "é" * 32767
    whole = asked(server, "DescribeExecutionState", run, full=True)
    assert whole["input"] == "é" * 60000 and "inputTruncated" not in whole


@check
def a_distributed_map(server, client):
    arn = machine(client, "children", {"StartAt": "Many", "States": {"Many": {
        "Type": "Map", "MaxConcurrency": 3, "End": True, "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 3600, "End": True}}}}}})
    run = started(client, arn, "d", list(range(10)))
    root = standing(server, run, lambda branch: branch.get("children", {}).get("running") == 3)
    root = root["branches"][0]
    children = root["children"]
    assert (children["count"], children["pending"], children["maxConcurrency"]) == (10, 7, 3)
    runs = client.list_map_runs(executionArn=run)["mapRuns"]
    assert root["waitingFor"]["childArn"] == runs[0]["mapRunArn"], root
    deadline, listed = time.monotonic() + 20, set()
    while len(listed) < 3 and time.monotonic() < deadline:
        listed = {each["executionArn"] for each in client.list_executions(
            mapRunArn=runs[0]["mapRunArn"])["executions"]}
    assert {each["executionArn"] for each in children["branches"]} == listed, children
    inner = standing(server, sorted(listed)[0], waiting("timer"))
    assert inner["branches"][0]["state"] == "W", inner
    client.stop_execution(executionArn=run)


@check
def a_redrive(server, client):
    activity = client.create_activity(name="redriven")["activityArn"]
    arn = machine(client, "redriven", {"StartAt": "All", "States": {"All": {
        "Type": "Parallel", "End": True, "Branches": [
            {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": activity, "End": True}}},
            {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}]}}})
    run = started(client, arn, "r")
    task = client.get_activity_task(activityArn=activity)
    client.send_task_failure(taskToken=task["taskToken"], error="No")
    assert ended(client, run)["status"] == "FAILED"
    states = asked(server, "DescribeStateStatuses", run)["states"]
    assert [states[name]["status"] for name in ("All", "T", "P")] == [
        "failed", "failed", "succeeded"], states
    failed = described(server, run)["branches"][0]["children"]["branches"]
    assert [(each["path"], each["state"], each["status"], each["error"]) for each in failed] == [
        ("All[0]", "T", "failed", "No")], failed
    client.redrive_execution(executionArn=run)
    root = standing(server, run, lambda branch: branch.get("children", {}).get("running") == 1)
    assert root["redriveCount"] == 1 and root["branches"][0]["children"]["branches"][0][
        "waitingFor"]["kind"] == "activity", root
    states = asked(server, "DescribeStateStatuses", run)["states"]
    assert [states[name]["status"] for name in ("All", "T")] == ["running", "running"], states
    visits = asked(server, "ListStateVisits", run, state="T")["visits"]
    assert [visit["attempts"] for visit in visits] == [2], visits
    task = client.get_activity_task(activityArn=activity)
    client.send_task_success(taskToken=task["taskToken"], output="1")
    assert ended(client, run)["status"] == "SUCCEEDED"
    assert asked(server, "DescribeStateStatuses", run)["states"]["T"]["status"] == "succeeded"


@check
def killed_without_warning(server, client):
    with Server() as other:
        arn = machine(other.client(), "killed", NESTED)
        run = started(other.client(), arn, "k", {"items": [{"s": 3600}] * 40})
        seen = standing(other, run, lambda branch: branch.get("children", {}).get("running") == 2
                        and all(each.get("children", {}).get("succeeded") == 1
                                for each in branch["children"]["branches"]))
        other.kill()
        found = json.loads(tool("describe", run, "--data-dir", other.data, "--json"))
        assert found["branches"] == seen["branches"], (found, seen)
        other.start()
        assert asked(other, "DescribeExecutionState", run)["branches"] == seen["branches"]


@check
def thousands_of_iterations(server, client):
    """Bounded answers, soon: what was told is told on."""
    arn = machine(client, "wide", {"StartAt": "Each", "States": {"Each": {
        "Type": "Map", "End": True, "ItemProcessor": {"StartAt": "W", "States": {
            "W": {"Type": "Wait", "SecondsPath": "$", "End": True}}}}}})
    run = started(client, arn, "w", [0] * 4960 + [3600] * 40)
    standing(server, run, lambda branch: branch.get("children", {}).get("succeeded") == 4960
             and branch["children"]["running"] == 40, seconds=60)
    begin = time.monotonic()
    picture = asked(server, "DescribeExecutionState", run)
    states = asked(server, "DescribeStateStatuses", run)["states"]
    visits = asked(server, "ListStateVisits", run, state="W", index=4999)["visits"]
    took = time.monotonic() - begin
    children = picture["branches"][0]["children"]
    assert [each["index"] for each in children["branches"]] == list(range(4960, 5000))
    assert states["Each"]["children"] == {
        "count": 5000, "running": 40, "succeeded": 4960, "failed": 0}, states
    assert (states["W"]["running"], states["W"]["succeeded"]) == (40, 4960), states
    assert [visit["path"] for visit in visits] == ["Each[4999]"], visits
    cut = asked(server, "DescribeExecutionState", run, maxChildren=7)
    children = cut["branches"][0]["children"]
    assert (len(children["branches"]), children["next"]) == (7, 4966), children
    assert took < 10, f"{took} s"
    client.stop_execution(executionArn=run)


@check
def history_views(server, client):
    activity = client.create_activity(name="viewed")["activityArn"]
    arn = machine(client, "viewed", {"StartAt": "Each", "States": {
        "Each": {"Type": "Map", "ItemsPath": "$.items", "Next": "Long", "ItemProcessor": {
            "StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}},
        "Long": {"Type": "Task", "Resource": activity, "End": True, "Retry": [
            {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 1}]}}})
    run = started(client, arn, "v", {"items": [1, 2], "long": "x" * 400})
    task = client.get_activity_task(activityArn=activity)
    client.send_task_failure(taskToken=task["taskToken"], error="Once")
    client.get_activity_task(activityArn=activity)
    for source in (["--data-dir", server.data], ["--endpoint", server.endpoint]):
        lines = tool("history", run, *source).splitlines()
        assert all(TIME.search(line) for line in lines) and "…" not in "".join(lines), lines
        assert "error=Once" in next(line for line in lines if "ActivityFailed" in line)
        tree = tool("history", run, *source, "--tree").splitlines()
        depths = {kind: next(line for line in tree if kind in line).count("│")
                  for kind in ("MapStateEntered", "MapIterationStarted", "PassStateExited",
                               "MapStateSucceeded", "MapStateExited", "TaskStateEntered")}
        assert depths == {"MapStateEntered": 0, "MapIterationStarted": 1, "PassStateExited": 1,
                          "MapStateSucceeded": 0, "MapStateExited": 0, "TaskStateEntered": 0}, tree
        timeline = tool("history", run, *source, "--timeline").splitlines()
        assert "to now" in timeline[0] and TIME.search(timeline[0]), timeline
        rows = {line.split()[0]: line for line in timeline[1:]}
        assert "░" in rows["Long"] and "2 attempts" in rows["Long"], timeline
        assert rows["Long"].endswith("… 2 attempts") or "…" in rows["Long"], timeline
        assert timeline[2].startswith("  [0] P"), timeline
    client.stop_execution(executionArn=run)


@check
def histories_agree(server, client):
    done = subprocess.run([sfnctl(), "replay", "--all", "--verify", "--data-dir", server.data],
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def main() -> int:
    with Server() as server:
        return check.run(server, server.client)


if __name__ == "__main__":
    sys.exit(main())
