#!/usr/bin/env python3
"""boto3's `events` client against `sfnctl serve`: rules, patterns, what they start, and kills.

Event patterns are compared case by case with moto's, where moto knows what they say.
Prints `N passed, N failed`.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from moto.events.models import EventPattern

from api_boto3 import PASS, ROLE
from checks import Checks
from moto_server import Moto
from sfnctl_server import Server, sfnctl

EVENT = {"id": "1", "account": "000000000000", "source": "shop", "time": "2026-11-29T00:00:00Z",
         "region": "us-east-1", "resources": [], "detail-type": "Order"}
FAIL = {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "Bad"}}}
check = Checks()


def events(server: Server):
    """An EventBridge client that does not retry."""
    return boto3.client(
        "events", endpoint_url=server.endpoint, region_name="us-east-1",
        config=Config(retries={"total_max_attempts": 1}),
        aws_access_key_id="local", aws_secret_access_key="local")


def machine(server: Server, name: str, definition: dict = PASS, **more) -> str:
    """A state machine."""
    return server.client().create_state_machine(
        name=name, roleArn=ROLE, definition=json.dumps(definition), **more)["stateMachineArn"]


def entry(detail: dict, **more) -> dict:
    """An entry of PutEvents."""
    return {"Source": "shop", "DetailType": "Order", "Detail": json.dumps(detail), **more}


def executions(server: Server, arn: str, count: int, seconds: float = 10) -> list[dict]:
    """The executions of a state machine, when there are so many."""
    client, deadline = server.client(), time.monotonic() + seconds
    while True:
        found = [item for page in client.get_paginator("list_executions").paginate(
            stateMachineArn=arn) for item in page["executions"]]
        if len(found) >= count or time.monotonic() > deadline:
            return found
        time.sleep(0.05)


def refused(code: str, call, *words: str, **arguments) -> None:
    """That a call is refused with a code, in some words."""
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        assert all(word in error.response["Error"]["Message"] for word in words), error
        return
    raise AssertionError(f"not refused: {arguments}")


def rule(server: Server, name: str, arn: str, pattern: dict, bus="default", **target) -> None:
    """A rule that starts a state machine."""
    client = events(server)
    client.put_rule(Name=name, EventPattern=json.dumps(pattern), EventBusName=bus)
    client.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": "1", "Arn": arn, **target}])


@check
def events_start_executions_with_what_the_target_is_given(server: Server) -> None:
    """The whole event, a constant, a part, and a template with AWS's rules of quoting."""
    client = events(server)
    arn = machine(server, "given")
    pattern = {"source": ["shop"], "detail": {"total": [{"numeric": [">", 10]}]}}
    client.put_rule(Name="given", EventPattern=json.dumps(pattern))
    client.put_targets(Rule="given", Targets=[
        {"Id": "event", "Arn": arn}, {"Id": "constant", "Arn": arn, "Input": '{"a": 1}'},
        {"Id": "path", "Arn": arn, "InputPath": "$.detail.item"},
        {"Id": "template", "Arn": arn, "InputTransformer": {
            "InputPathsMap": {"item": "$.detail.item", "total": "$.detail.total",
                              "note": "$.detail.note", "none": "$.detail.none"},
            "InputTemplate": '{"i": <item>, "t": <total>, "text": "item <item> for <total>", '
                             '"n": <note>, "q": "note: <note>", "none": "<none>", '
                             '"rule": "<aws.events.rule-name>"}'}}])
    answer = client.put_events(Entries=[
        entry({"total": 12, "item": {"sku": "x"}, "note": 'say "hi"'}), entry({"total": 1})])
    assert answer["FailedEntryCount"] == 0 and len(answer["Entries"]) == 2
    inputs = {}
    for item in executions(server, arn, 4):
        text = server.client().describe_execution(executionArn=item["executionArn"])["input"]
        assert item["name"].startswith(answer["Entries"][0]["EventId"] + "_")
        inputs[text] = json.loads(text)
    values = list(inputs.values())
    assert {"a": 1} in values and {"sku": "x"} in values
    event = next(value for value in values if "detail-type" in value)
    assert event["id"] == answer["Entries"][0]["EventId"] and event["detail"]["total"] == 12
    assert {"i": {"sku": "x"}, "t": 12, "text": "item {sku:x} for 12", "n": 'say "hi"',
            "q": 'note: say "hi"', "none": "", "rule": "given"} in values, values
    assert len(executions(server, arn, 5, 0.3)) == 4


@check
def entries_that_cannot_be_taken_are_told_one_by_one(server: Server) -> None:
    """PutEvents' results, and its limits."""
    client = events(server)
    bad = [entry({}, Source=""), {"Source": "a", "DetailType": "b"}, entry({}, Detail="[1]"),
           entry({}, Source="aws.x"), entry({}, EventBusName="nowhere"), entry({})]
    bad[2]["Detail"] = "[1]"
    answer = client.put_events(Entries=bad)
    codes = [each.get("ErrorCode") for each in answer["Entries"]]
    assert codes == ["InvalidArgument", "InvalidArgument", "MalformedDetail",
                     "NotAuthorizedForSourceException", "ResourceNotFoundException", None]
    assert answer["FailedEntryCount"] == 5 and answer["Entries"][5]["EventId"]
    assert answer["Entries"][0]["ErrorMessage"] == (
        "Parameter Source is not valid. Reason: Source is a required argument.")
    refused("ValidationException", client.put_events, "'entries'", "equal to 10",
            Entries=[entry({})] * 11)
    refused("ValidationException", client.put_events, "Total size",
            Entries=[entry({"x": "y" * 530_000})] * 2)


@check
def rules_targets_buses_and_tags_are_managed(server: Server) -> None:
    """What the operations answer, and what they refuse."""
    client = events(server)
    arn = machine(server, "managed")
    bus = client.create_event_bus(Name="orders", Tags=[{"Key": "a", "Value": "1"}])["EventBusArn"]
    assert bus == "arn:aws:events:us-east-1:000000000000:event-bus/orders"
    refused("ResourceAlreadyExistsException", client.create_event_bus, Name="orders")
    names = [each["Name"] for each in client.list_event_buses()["EventBuses"]]
    assert names == ["default", "orders"]
    pattern = json.dumps({"source": ["shop"]})
    for name in ("r2", "r1", "r3"):
        made = client.put_rule(Name=name, EventBusName=bus, EventPattern=pattern)["RuleArn"]
        assert made == f"arn:aws:events:us-east-1:000000000000:rule/orders/{name}"
    page = client.list_rules(EventBusName="orders", Limit=2)
    assert [each["Name"] for each in page["Rules"]] == ["r1", "r2"]
    rest = client.list_rules(EventBusName="orders", Limit=2, NextToken=page["NextToken"])
    assert [each["Name"] for each in rest["Rules"]] == ["r3"] and "NextToken" not in rest
    client.put_targets(Rule="r1", EventBusName=bus, Targets=[
        {"Id": "b", "Arn": arn, "RetryPolicy": {"MaximumRetryAttempts": 0}},
        {"Id": "a", "Arn": arn, "RoleArn": ROLE}])
    targets = client.list_targets_by_rule(Rule="r1", EventBusName=bus)["Targets"]
    assert [each["Id"] for each in targets] == ["a", "b"] and targets[0]["RoleArn"] == ROLE
    assert targets[1]["RetryPolicy"]["MaximumRetryAttempts"] == 0
    assert client.list_rule_names_by_target(TargetArn=arn, EventBusName=bus)["RuleNames"] == ["r1"]
    refused("ValidationException", client.delete_rule, "has targets", Name="r1", EventBusName=bus)
    refused("ValidationException", client.delete_event_bus, "has rules", Name="orders")
    gone = client.remove_targets(Rule="r1", EventBusName=bus, Ids=["a", "b", "c"])
    assert gone["FailedEntryCount"] == 1 and gone["FailedEntries"][0]["TargetId"] == "c"
    client.disable_rule(Name="r1", EventBusName=bus)
    assert client.describe_rule(Name="r1", EventBusName=bus)["State"] == "DISABLED"
    client.enable_rule(Name="r1", EventBusName=bus)
    assert client.describe_rule(Name="r1", EventBusName=bus)["State"] == "ENABLED"
    client.tag_resource(ResourceARN=bus, Tags=[{"Key": "b", "Value": "2"}])
    client.untag_resource(ResourceARN=bus, TagKeys=["a"])
    assert client.list_tags_for_resource(ResourceARN=bus)["Tags"] == [{"Key": "b", "Value": "2"}]
    for name in ("r1", "r2", "r3"):
        client.delete_rule(Name=name, EventBusName=bus)
    client.delete_event_bus(Name="orders")
    refused("ResourceNotFoundException", client.describe_event_bus,
            "Event bus orders does not exist.", Name="orders")
    refused("ResourceNotFoundException", client.describe_rule,
            "Rule r1 does not exist on EventBus default.", Name="r1")
    refused("ValidationException", client.put_rule, "must be specified", Name="r1")
    refused("ValidationException", client.put_targets, "own state machines", Rule="r1",
            Targets=[{"Id": "x", "Arn": "arn:aws:kinesis:us-east-1:000000000000:stream/s"}])
    refused("ValidationException", client.delete_event_bus, "default", Name="default")
    refused("UnknownOperationException", client.list_archives, "ListArchives")


@check
def patterns_are_judged_as_eventbridge_judges_them(server: Server) -> None:
    """Each case by TestEventPattern and by moto; the last ones moto does not know."""
    client = events(server)
    shared = [
        ({"x": ["a"]}, {"x": "a"}), ({"x": ["a"]}, {"x": "b"}), ({"x": [1]}, {"x": 1.0}),
        ({"x": [None]}, {"x": None}), ({"x": [{"exists": False}]}, {}),
        ({"x": [{"exists": True}]}, {"x": 1}), ({"x": [{"prefix": "a"}]}, {"x": "ab"}),
        ({"x": [{"suffix": "b"}]}, {"x": "ab"}), ({"x": [{"suffix": "a"}]}, {"x": "ab"}),
        ({"x": [{"equals-ignore-case": "AB"}]}, {"x": "ab"}),
        ({"x": [{"prefix": {"equals-ignore-case": "A"}}]}, {"x": "ab"}),
        ({"x": [{"numeric": [">", 0, "<=", 5]}]}, {"x": 5}),
        ({"x": [{"numeric": [">", 0, "<=", 5]}]}, {"x": 0}),
        ({"x": [{"anything-but": ["a", "b"]}]}, {"x": "c"}),
        ({"x": [{"anything-but": ["a", "b"]}]}, {"x": "a"}),
        ({"x": [{"anything-but": {"prefix": "a"}}]}, {"x": "ba"}),
        ({"x": [{"cidr": "10.0.0.0/24"}]}, {"x": "10.0.0.9"}),
        ({"x": [{"cidr": "10.0.0.0/24"}]}, {"x": "10.0.1.9"}),
        ({"x": [{"wildcard": "a*c"}]}, {"x": "abc"}), ({"x": ["a"]}, {"x": ["b", "a"]}),
        ({"$or": [{"x": ["a"]}, {"y": ["b"]}]}, {"y": "b"}),
        ({"$or": [{"x": ["a"]}, {"y": ["b"]}]}, {"y": "a"})]
    for pattern, detail in shared:
        event = {**EVENT, "detail": detail}
        ours = client.test_event_pattern(
            EventPattern=json.dumps({"detail": pattern}), Event=json.dumps(event))["Result"]
        theirs = EventPattern(None, {"detail": pattern}).matches_event(event)
        assert ours == theirs, (pattern, detail, ours)
    refused("InvalidEventPatternException", client.test_event_pattern,
            "Event pattern is not valid. Reason: Unrecognized match type EXISTS\n at [Source: "
            "(String)\"{\"my_key\": [{\"EXISTS\": true}]}\"; line: 1, column: 28]",
            EventPattern='{"my_key": [{"EXISTS": true}]}', Event=json.dumps(EVENT))
    refused("ValidationException", client.test_event_pattern, "Parameter Event is not valid.",
            EventPattern='{"a": ["b"]}', Event="a text")
    refused("InvalidEventPatternException", client.put_rule, "must be an object or an array",
            Name="bad", EventPattern='{"source": "shop"}')


@check
def an_express_workflow_and_another_bus_are_reached(server: Server) -> None:
    """By way of a second bus, which does not send on to a third."""
    client = events(server)
    arn = machine(server, "quick", type="EXPRESS")
    for name in ("second", "third"):
        client.create_event_bus(Name=name)
    buses = "arn:aws:events:us-east-1:000000000000:event-bus/"
    rule(server, "on", f"{buses}second", {"source": ["chain"]})
    rule(server, "on", f"{buses}third", {"source": ["chain"]}, bus="second")
    slow = machine(server, "chained")
    rule(server, "start", slow, {"source": ["chain"]}, bus="second")
    rule(server, "start", slow, {"source": ["chain"]}, bus="third")
    rule(server, "quick", arn, {"source": ["chain"]})
    client.put_events(Entries=[entry({}, Source="chain")])
    assert len(executions(server, slow, 1)) == 1
    assert len(executions(server, slow, 2, 0.5)) == 1


@check
def changes_of_our_own_executions_are_events(server: Server) -> None:
    """A failure starts another state machine, with AWS's event as its input."""
    failing, watcher = machine(server, "failing", FAIL), machine(server, "watcher")
    server.client().start_execution(stateMachineArn=failing, name="before")
    time.sleep(0.2)
    rule(server, "failures", watcher, {
        "source": ["aws.states"], "detail-type": ["Step Functions Execution Status Change"],
        "detail": {"stateMachineArn": [failing], "status": ["FAILED"]}})
    server.client().start_execution(stateMachineArn=failing, name="after", input='{"n": 1}')
    found = executions(server, watcher, 1)
    given = json.loads(server.client().describe_execution(
        executionArn=found[0]["executionArn"])["input"])
    assert given["detail"]["name"] == "after" and given["detail"]["error"] == "Bad"
    assert given["detail"]["input"] == '{"n": 1}' and given["id"] in found[0]["name"]
    assert len(executions(server, watcher, 2, 0.3)) == 1


@check
def a_rule_is_due_by_the_clock(server: Server) -> None:
    """A schedule expression, on a server whose minutes are short."""
    with Server(None, "--time-scale", "0.01") as quick:
        arn = machine(quick, "ticking")
        client = events(quick)
        client.put_rule(Name="tick", ScheduleExpression="rate(1 minute)")
        client.put_targets(Rule="tick", Targets=[{"Id": "1", "Arn": arn}])
        found = executions(quick, arn, 2, 20)
        given = json.loads(quick.client().describe_execution(
            executionArn=found[0]["executionArn"])["input"])
        assert given["source"] == "aws.events" and given["detail-type"] == "Scheduled Event"
        refused("ValidationException", client.put_rule, "not valid", Name="x",
                ScheduleExpression="rate(1 minutes)")
        refused("ValidationException", client.put_rule, "default event bus", Name="x",
                EventBusName="default2", ScheduleExpression="rate(1 minute)")


@check
def each_event_starts_once_across_kills(_: Server) -> None:
    """The process is killed again and again while events come, Standard and Express."""
    server = Server()
    server.start()
    try:
        arn = machine(server, "counted")
        rule(server, "counted", arn, {"source": ["shop"]})
        sent = []
        for round_number in range(5):
            client = events(server)
            deadline = time.monotonic() + 0.3 + 0.1 * round_number
            while time.monotonic() < deadline:
                answer = client.put_events(
                    Entries=[entry({"n": len(sent) + each}) for each in range(5)])
                sent += [each["EventId"] for each in answer["Entries"]]
            server.kill()
            server.start()
        found = executions(server, arn, len(sent), 30)
        started = sorted(each["name"].split("_")[0] for each in found)
        assert started == sorted(sent), (len(started), len(sent))
        print(f"     {len(sent)} events, 5 kills, {len(found)} executions")
    finally:
        server.__exit__()


@check
def each_change_of_status_counts_once_across_kills(_: Server) -> None:
    """What changed while the process was killed is told after, once."""
    server = Server()
    server.start()
    try:
        source, watcher = machine(server, "source"), machine(server, "watched")
        rule(server, "ends", watcher, {"source": ["aws.states"], "detail": {
            "stateMachineArn": [source], "status": ["SUCCEEDED"]}})
        names = []
        for _round in range(4):
            for _each in range(20):
                names.append(uuid.uuid4().hex)
                server.client().start_execution(stateMachineArn=source, name=names[-1])
            server.kill()
            server.start()
        found = executions(server, watcher, len(names), 30)
        told = sorted(json.loads(server.client().describe_execution(
            executionArn=each["executionArn"])["input"])["detail"]["name"] for each in found)
        assert told == sorted(names), (len(told), len(names))
    finally:
        server.__exit__()


@check
def what_cannot_be_delivered_is_kept(server: Server) -> None:
    """A target that is not there; the letter is redriven when it is."""
    client = events(server)
    arn = "arn:aws:states:us-east-1:000000000000:stateMachine:later"
    rule(server, "later", arn, {"source": ["later"]})
    client.put_events(Entries=[entry({"n": 1}, Source="later")])
    deadline = time.monotonic() + 5
    while not (letters := call(server, "ListDeadLetters")["deadLetters"]):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert letters[0]["errorCode"] == "StateMachineDoesNotExist"
    assert letters[0]["targetArn"] == arn and letters[0]["condition"] == "NotRetryable"
    machine(server, "later")
    call(server, "RedriveDeadLetter", id=letters[0]["id"])
    assert len(executions(server, arn, 1)) == 1
    assert call(server, "ListDeadLetters")["deadLetters"] == []


FILE = """
triggers:
  eventBuses: {orders: {description: of the shop}}
  rules:
    large:
      eventBus: orders
      pattern: {source: [shop], detail: {total: [{numeric: [">", 100]}]}}
      targets: {review: {stateMachine: review, inputPath: $.detail}}
"""


@check
def a_configuration_file_defines_rules(_: Server) -> None:
    """Applied at the start and at SIGHUP, changed nowhere else, judged by `config check`."""
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory) / "stepwell.yaml"
        path.write_text(FILE, encoding="utf-8")
        with Server(None, "--config", str(path)) as server:
            client = events(server)
            arn = machine(server, "review")
            client.put_events(Entries=[entry({"total": 101}, EventBusName="orders")])
            found = executions(server, arn, 1)
            given = server.client().describe_execution(executionArn=found[0]["executionArn"])
            assert json.loads(given["input"]) == {"total": 101}
            assert client.describe_event_bus(Name="orders")["Description"] == "of the shop"
            refused("ManagedRuleException", client.disable_rule, "configuration file",
                    Name="large", EventBusName="orders")
            client.put_rule(Name="mine", EventPattern='{"source": ["x"]}')
            path.write_text(FILE.replace("100", "50"), encoding="utf-8")
            server.process.send_signal(signal.SIGHUP)
            deadline = time.monotonic() + 10
            while "50" not in client.describe_rule(
                    Name="large", EventBusName="orders")["EventPattern"]:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            path.write_text("triggers: {}\n", encoding="utf-8")
            server.process.send_signal(signal.SIGHUP)
            while len(client.list_event_buses()["EventBuses"]) > 1:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            assert [each["Name"] for each in client.list_rules()["Rules"]] == ["mine"]
        path.write_text(FILE.replace('[{numeric: [">", 100]}]', "100"), encoding="utf-8")
        checked = command("config", "check", str(path))
        assert checked.returncode == 65 and ":5:" in checked.stderr, checked.stderr
        assert '"total" must be an object or an array' in checked.stderr, checked.stderr


@check
def the_command_line_sends_lists_and_tries(server: Server) -> None:
    """`sfnctl triggers` and its exit statuses."""
    at = ["--endpoint", server.endpoint]
    arn = machine(server, "typed")
    rule(server, "typed", arn, {"source": ["typed"]})
    sent = command("triggers", "put-events", "--source", "typed", "--detail-type", "T",
                   "--detail", '{"n": 1}', *at)
    assert sent.returncode == 0, sent.stderr
    assert executions(server, arn, 1)[0]["name"].startswith(sent.stdout.strip() + "_")
    bad = command("triggers", "put-events", "--entries", '[{"Source": "aws.x"}]', *at)
    assert bad.returncode == 1 and "InvalidArgument" in bad.stderr, bad.stderr
    listed = json.loads(command("triggers", "list", "--json", *at).stdout)
    assert "typed" in [each["Name"] for each in listed["rules"]]
    shown = json.loads(command("triggers", "show", "typed", "--json", *at).stdout)
    assert shown["Targets"] == [{"Id": "1", "Arn": arn}]
    letters = command("triggers", "dead-letters", "list", *at)
    assert letters.returncode == 0 and letters.stdout == "no dead letters\n", letters.stdout
    for event, status in (('{"a": 1}', 0), ('{"a": 2}', 1)):
        tried = command("triggers", "test-pattern", '{"a": [1]}', "--event", event)
        assert tried.returncode == status, tried.stderr
    wrong = command("triggers", "test-pattern", '{"a": 1}', "--event", "{}")
    assert wrong.returncode == 65 and "must be an object or an array" in wrong.stderr


@check
def the_command_line_changes_triggers(server: Server) -> None:
    """`sfnctl triggers show`, `put`, `delete` and `keys`: rules, schedules and routes."""
    at = ["--endpoint", server.endpoint]

    def done(*words: str, status: int = 0) -> str:
        ended = command("triggers", *words, *at)
        assert ended.returncode == status, (words, ended)
        return ended.stdout + ended.stderr

    arn = machine(server, "kept")
    pattern = '{"source": ["kept"]}'
    assert done("put", "kept", "--pattern", pattern, "--start", "kept") == "put rule kept\n"
    done("put", "kept", "--schedule", "rate(1 day)", "--zone", "Europe/Berlin", "--start", "kept",
         "--input", '{"n": 1}')
    done("put", "hook", "--route", "POST /kept/{id}", "--start", arn)
    assert "'kept' is a rule and a schedule" in done("show", "kept", status=1)
    assert "there is no rule, schedule or route" in done("show", "nothing", status=1)
    shown = json.loads(done("show", "kept", "--kind", "schedule", "--json"))
    assert shown["ScheduleExpressionTimezone"] == "Europe/Berlin", shown
    assert shown["Target"]["Arn"] == arn and shown["Target"]["Input"] == '{"n": 1}', shown
    assert json.loads(done("show", "hook", "--json"))["Route"] == "POST /kept/{id}"
    rule_shown = json.loads(done("show", "kept", "--kind", "rule", "--json"))
    rule_shown["Targets"] = [{"Id": "other", "Arn": arn, "Input": '"x"'}]
    for shown, kind in ((shown, "schedule"), (rule_shown, "rule")):
        shown["Description"] = "changed"
        done("put", "kept", "--definition", json.dumps(shown))
        again = json.loads(done("show", "kept", "--kind", kind, "--json"))
        times = ("LastModificationDate", "NextInvocationDate")
        assert all(again[key] == shown[key] for key in shown if key not in times), again
    done("put", "kept", "--schedule", "never", "--start", "kept", status=1)
    done("put", "kept", "--schedule", "rate(1 day)", status=64)
    done("put", "kept", "--definition", '{"Name": "kept"}', status=65)
    assert "is not a route" in done("put", "hook", "--route", "kept", "--start", "kept", status=1)
    assert done("delete", "kept", "--kind", "rule") == "deleted rule kept\n"
    assert done("delete", "kept") == "deleted schedule kept\n"
    assert done("delete", "hook") == "deleted route hook\n"
    done("delete", "hook", status=1)
    key = done("keys", "create", "mine", "--rate", "5").strip()
    assert key.startswith("swk_") and done("keys", "list") == "mine\n", key
    assert done("keys", "delete", "mine") == "deleted key mine\n"
    assert done("keys", "list") == "no keys\n"


@check
def many_rules_are_listed_by_pages(server: Server) -> None:
    """In order of name, each once, also while they change; and those of a prefix alone."""
    client = events(server)
    client.create_event_bus(Name="many")
    names = [f"{letter}{number}" for letter in "ba" for number in range(12)]
    for name in names:
        client.put_rule(Name=name, EventBusName="many", EventPattern='{"source": ["x"]}')
    for prefix in ("", "a", "b1", "c"):
        arguments = {"NamePrefix": prefix} if prefix else {}
        found, token = [], {}
        while True:
            page = client.list_rules(EventBusName="many", Limit=5, **arguments, **token)
            found += [each["Name"] for each in page["Rules"]]
            if "NextToken" not in page:
                break
            token = {"NextToken": page["NextToken"]}
        assert found == sorted(name for name in names if name.startswith(prefix)), found
    page = client.list_rules(EventBusName="many", Limit=5)
    client.delete_rule(Name=page["Rules"][-1]["Name"], EventBusName="many")
    rest = client.list_rules(EventBusName="many", Limit=1, NextToken=page["NextToken"])
    assert rest["Rules"][0]["Name"] == sorted(names)[5], rest


@check
def events_are_as_large_as_may_be(server: Server) -> None:
    """A mebibyte is counted without the escapes that JSON needs for it."""
    client, arn = events(server), machine(server, "large")
    rule(server, "large", arn, {"source": ["large"]}, Input="{}")
    detail = json.dumps({"t": '"' * 500_000})
    full = {"Source": "large", "DetailType": "x", "Detail": detail}
    assert client.put_events(Entries=[full])["FailedEntryCount"] == 0
    assert executions(server, arn, 1)
    refused("ValidationException", client.put_events, "over the limit",
            Entries=[full, {**full, "Detail": json.dumps({"t": "x" * 50_000})}])


@check
def queues_get_what_is_for_them_and_what_nobody_could_have(_: Server) -> None:
    """SQS queues (moto's) as a target and for dead letters, with EventBridge's attributes."""
    with Moto() as moto:
        variables = {name: os.environ.get(name) for name in moto.environment()}
        os.environ.update(moto.environment())
        try:
            with Server() as server:
                sqs = moto.client("sqs")
                made = [sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("own", "dead")]
                queue = "arn:aws:sqs:us-east-1:123456789012:"
                rule(server, "own", f"{queue}own", {"source": ["queued"]},
                     InputPath="$.detail")
                rule(server, "dead", "arn:aws:states:us-east-1:000000000000:stateMachine:none",
                     {"source": ["queued"]}, DeadLetterConfig={"Arn": f"{queue}dead"})
                events(server).put_events(Entries=[entry({"n": 1}, Source="queued")])
                told = [received(sqs, url) for url in made]
        finally:
            for name, value in variables.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
        assert json.loads(told[0]["Body"]) == {"n": 1}
        assert json.loads(told[1]["Body"])["source"] == "queued"
        attributes = {name: each["StringValue"]
                      for name, each in told[1]["MessageAttributes"].items()}
        assert attributes["ERROR_CODE"] == "StateMachineDoesNotExist"
        assert attributes["RULE_ARN"].endswith(":rule/dead")
        assert attributes["EXHAUSTED_RETRY_CONDITION"] == "NotRetryable"


def received(sqs, url: str) -> dict:
    """The next message of a queue."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        found = sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"])
        if found.get("Messages"):
            return found["Messages"][0]
        time.sleep(0.05)
    raise AssertionError(f"nothing came to {url}")


@check
def who_changed_what_is_known(_: Server) -> None:
    """Signatures for `events`, the audit log, and what is counted."""
    with tempfile.TemporaryDirectory() as directory:
        keys = pathlib.Path(directory) / "keys"
        keys.write_text("[local]\naws_access_key_id = local\naws_secret_access_key = local\n",
                        encoding="utf-8")
        keys.chmod(0o600)
        audit = pathlib.Path(directory) / "audit"
        with Server(None, "--credentials", str(keys), "--audit", str(audit)) as server:
            client = events(server)
            arn = machine(server, "audited")
            rule(server, "audited", arn, {"source": ["shop"]})
            client.put_events(Entries=[entry({"secret": "x"})])
            executions(server, arn, 1)
            stranger = boto3.client(
                "events", endpoint_url=server.endpoint, region_name="us-east-1",
                aws_access_key_id="local", aws_secret_access_key="other")
            refused("InvalidSignatureException", stranger.list_rules)
            with urllib.request.urlopen(f"{server.endpoint}/metrics", timeout=10) as answer:
                text = answer.read().decode()
            assert "stepwell_trigger_events 1" in text, text
            assert 'stepwell_trigger_deliveries{outcome="delivered"} 1' in text, text
        records = [json.loads(line) for line in audit.read_text(encoding="utf-8").splitlines()]
        told = [(each["eventSource"], each["eventName"]) for each in records]
        for name in ("PutRule", "PutTargets", "PutEvents"):
            assert ("events.amazonaws.com", name) in told, told
        assert all(each["userIdentity"].get("accessKeyId") == "local" for each in records
                   if each["eventName"] != "ListRules"), records
        assert '"x"' not in audit.read_text(encoding="utf-8")


def command(*arguments: str) -> subprocess.CompletedProcess:
    """A run of sfnctl."""
    return subprocess.run([sfnctl(), *arguments], capture_output=True, text=True, timeout=30,
                          check=False)


def call(server: Server, operation: str, **members) -> dict:
    """An operation on dead letters."""
    request = urllib.request.Request(server.endpoint, json.dumps(members).encode(), {
        "X-Amz-Target": f"StepwellTriggers.{operation}",
        "Content-Type": "application/x-amz-json-1.0"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


if __name__ == "__main__":
    with Server() as shared_server:
        sys.exit(check.run(shared_server))
