#!/usr/bin/env python3
"""Schedules through boto3's `scheduler` client: what its operations answer and refuse, that targets
are started at their times and once, across `kill -9`, and that many are no burden.
"""

import concurrent.futures
import datetime
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from checks import Checks
from process import PASS, ROLE
from sfnctl_server import Server, sfnctl

check = Checks()
OFF = {"Mode": "OFF"}


def scheduler(server: Server):
    """A client of EventBridge Scheduler that does not retry."""
    config = Config(retries={"total_max_attempts": 1}, max_pool_connections=20)
    return boto3.client(
        "scheduler", endpoint_url=server.endpoint, region_name="us-east-1", config=config,
        aws_access_key_id="local", aws_secret_access_key="local")


def refused(code: str, part: str, call, **members) -> None:
    """Asserts that a call is refused by a code, in words that have a part."""
    try:
        call(**members)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        assert part in error.response["Error"]["Message"], error
    else:
        raise AssertionError(f"not refused: {members}")


def machine(server: Server, name: str = "m", **members) -> str:
    """A state machine's ARN."""
    return server.client().create_state_machine(
        name=name, definition=PASS, roleArn=ROLE, **members)["stateMachineArn"]


def target(arn: str, **members) -> dict:
    """A target."""
    return {"Arn": arn, "RoleArn": ROLE, **members}


def executions(server: Server, arn: str) -> list:
    """Every execution of a state machine."""
    pages = server.client().get_paginator("list_executions").paginate(stateMachineArn=arn)
    return [each for page in pages for each in page["executions"]]


def at(seconds: float) -> tuple[str, datetime.datetime]:
    """An expression for a time so many seconds from now, and the time."""
    when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return f"at({when.strftime('%Y-%m-%dT%H:%M:%S')})", when


def until(condition, seconds: float = 20):
    """Waits until a condition holds; gives what it gave."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found or time.monotonic() > end:
            assert found, "it did not come to be in time"
            return found
        time.sleep(0.05)


@check
def a_schedule_is_what_was_said_of_it(server: Server) -> None:
    """Create, Get, Update, List and Delete."""
    client, arn = scheduler(server), machine(server)
    start = datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc)
    said = {
        "ScheduleExpression": "cron(30 2 ? * 2#1 *)", "ScheduleExpressionTimezone": "Europe/Berlin",
        "FlexibleTimeWindow": {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15},
        "StartDate": start, "EndDate": start + datetime.timedelta(days=365),
        "Description": "the first Monday", "State": "ENABLED", "ActionAfterCompletion": "DELETE",
        "Target": target(arn, Input='{"a": 1}', RetryPolicy={
            "MaximumEventAgeInSeconds": 3600, "MaximumRetryAttempts": 7})}
    created = client.create_schedule(Name="s", **said)
    assert created["ScheduleArn"] == "arn:aws:scheduler:us-east-1:000000000000:schedule/default/s"
    found = client.get_schedule(Name="s")
    assert {name: found[name] for name in said} == said, found
    assert found["GroupName"] == "default" and found["Arn"] == created["ScheduleArn"]
    client.update_schedule(Name="s", ScheduleExpression="rate(1 hour)", FlexibleTimeWindow=OFF,
                           State="DISABLED", Target=target(arn))
    found = client.get_schedule(Name="s")
    # What an update does not say is as it would be in a new one.
    assert found["ScheduleExpression"] == "rate(1 hour)" and found["State"] == "DISABLED"
    assert found["ScheduleExpressionTimezone"] == "UTC" and "Description" not in found
    assert found["Target"]["RetryPolicy"] == {
        "MaximumEventAgeInSeconds": 86400, "MaximumRetryAttempts": 185}
    listed = client.list_schedules(State="DISABLED")["Schedules"]
    assert [each["Name"] for each in listed] == ["s"]
    assert client.list_schedules(State="ENABLED")["Schedules"] == []
    client.delete_schedule(Name="s")
    refused("ResourceNotFoundException", "Schedule s does not exist", client.get_schedule, Name="s")
    refused("ResourceNotFoundException", "does not exist", client.delete_schedule, Name="s")


@check
def what_is_not_valid_is_refused(server: Server) -> None:
    """The service model's constraints, and what expressions, zones and targets may be."""
    client, arn = scheduler(server), machine(server)
    good = {"Name": "s", "ScheduleExpression": "rate(1 hour)", "FlexibleTimeWindow": OFF,
            "Target": target(arn), "State": "DISABLED"}
    client.create_schedule(**good)
    refused("ConflictException", "already exists", client.create_schedule, **good)
    for members, part in [
            ({"ScheduleExpression": "cron(0 10 * * * *)"}, "Invalid Schedule Expression cron(0 10"),
            ({"ScheduleExpression": "rate(0 minutes)"}, "Invalid Schedule Expression"),
            ({"ScheduleExpression": "at(2030-02-30T00:00:00)"}, "Invalid Schedule Expression"),
            ({"ScheduleExpressionTimezone": "Mars/Olympus"}, "time zone"),
            ({"Name": "a b"}, "regular expression"),
            ({"FlexibleTimeWindow": {"Mode": "FLEXIBLE"}}, "MaximumWindowInMinutes"),
            ({"Target": target("arn:aws:lambda:us-east-1:000000000000:function:f")}, "supported"),
            ({"Target": target(arn, Input="{")}, "not JSON"),
            ({"KmsKeyArn": "arn:aws:kms:us-east-1:000000000000:key/k"}, "KmsKeyArn"),
            ({"Target": target(arn, SqsParameters={"MessageGroupId": "g"})}, "SqsParameters"),
            ({"StartDate": datetime.datetime(2020, 1, 1)}, "5 minutes ago")]:
        refused("ValidationException", part, client.create_schedule,
                **{**good, "Name": "t", **members})
    refused("ResourceNotFoundException", "Schedule group g", client.create_schedule,
            **{**good, "GroupName": "g"})
    token = {**good, "Name": "t", "ClientToken": "once"}
    first, again = client.create_schedule(**token), client.create_schedule(**token)
    assert first["ScheduleArn"] == again["ScheduleArn"]
    refused("ConflictException", "token", client.create_schedule,
            **{**token, "ScheduleExpression": "rate(2 hours)"})


@check
def groups_have_schedules_and_tags(server: Server) -> None:
    """Groups, their pages, tags, and that their schedules go with them."""
    client, arn = scheduler(server), machine(server)
    group = client.create_schedule_group(
        Name="g", Tags=[{"Key": "team", "Value": "ops"}])["ScheduleGroupArn"]
    refused("ConflictException", "already exists", client.create_schedule_group, Name="g")
    client.tag_resource(ResourceArn=group, Tags=[{"Key": "cost", "Value": "7"}])
    client.untag_resource(ResourceArn=group, TagKeys=["team"])
    tags = client.list_tags_for_resource(ResourceArn=group)["Tags"]
    assert tags == [{"Key": "cost", "Value": "7"}], tags
    names = [group["Name"] for group in client.list_schedule_groups()["ScheduleGroups"]]
    assert names == ["default", "g"] and client.get_schedule_group(Name="g")["State"] == "ACTIVE"
    for index in range(25):
        client.create_schedule(
            Name=f"s{index:02}", GroupName="g", ScheduleExpression="rate(1 day)",
            FlexibleTimeWindow=OFF, Target=target(arn), State="DISABLED")
    pages = list(client.get_paginator("list_schedules").paginate(
        GroupName="g", NamePrefix="s1", PaginationConfig={"PageSize": 4}))
    assert [len(page["Schedules"]) for page in pages] == [4, 4, 2]
    refused("ValidationException", "NextToken", client.list_schedules, NextToken="made-up")
    client.delete_schedule_group(Name="g")
    until(lambda: "g" not in [each["Name"] for each in
                              client.list_schedule_groups()["ScheduleGroups"]])
    assert client.list_schedules()["Schedules"] == []
    refused("ResourceNotFoundException", "g", client.get_schedule_group, Name="g")


@check
def targets_are_started_at_their_times(server: Server) -> None:
    """A rate, a time of one day with what stands for it in its input, and a schedule that goes."""
    client, arn = scheduler(server), machine(server)
    expression, when = at(2)
    text = '{"at": "<aws.scheduler.scheduled-time>", "by": "<aws.scheduler.schedule-arn>"}'
    client.create_schedule(Name="once", ScheduleExpression=expression, FlexibleTimeWindow=OFF,
                           ActionAfterCompletion="DELETE", Target=target(arn, Input=text))
    client.create_schedule(Name="rate", ScheduleExpression="rate(1 minute)",
                           FlexibleTimeWindow=OFF, Target=target(arn))
    found = until(lambda: len(executions(server, arn)) == 2 and executions(server, arn))
    assert datetime.datetime.now(datetime.timezone.utc) >= when.replace(microsecond=0)
    inputs = [json.loads(server.client().describe_execution(
        executionArn=each["executionArn"])["input"]) for each in found]
    once = next(each for each in inputs if "at" in each)
    assert once["at"] == when.strftime("%Y-%m-%dT%H:%M:%SZ") and once["by"].endswith("/once")
    notice = next(each for each in inputs if "detail-type" in each)
    assert notice["detail-type"] == "Scheduled Event"
    assert notice["resources"][0].endswith("schedule/default/rate")
    left = [each["Name"] for each in client.list_schedules()["Schedules"]]
    assert left == ["rate"], left


@check
def each_time_is_started_once_across_kill_9(server: Server) -> None:
    """Forty schedules in five seconds, the server killed and started again all the while."""
    client, arn = scheduler(server), machine(server)
    for index in range(40):
        expression, _ = at(2 + index % 6)
        client.create_schedule(
            Name=f"s{index}", ScheduleExpression=expression, FlexibleTimeWindow=OFF,
            Target=target(arn, Input=json.dumps({"n": index})))
    for _ in range(8):
        time.sleep(0.7)
        server.kill()
        server.start()
    until(lambda: len(executions(server, arn)) >= 40)
    time.sleep(1)
    found = executions(server, arn)
    numbers = sorted(json.loads(server.client().describe_execution(
        executionArn=each["executionArn"])["input"])["n"] for each in found)
    assert numbers == list(range(40)), numbers


@check
def what_came_while_nothing_ran_is_made_up_for(server: Server) -> None:
    """A time that passed while the server was down is late, and not lost."""
    client, arn = scheduler(server), machine(server)
    expression, _ = at(1)
    client.create_schedule(Name="s", ScheduleExpression=expression, FlexibleTimeWindow=OFF,
                           Target=target(arn))
    server.kill()
    time.sleep(2)
    server.start()
    until(lambda: len(executions(server, arn)) == 1)


@check
def a_configuration_file_defines_schedules(_: Server) -> None:
    """Checked with their places, applied at the start and at SIGHUP, read-only elsewhere."""
    with tempfile.TemporaryDirectory() as name:
        file = pathlib.Path(name) / "stepwell.yaml"
        file.write_text(
            "triggers:\n  schedules:\n    night:\n      expression: cron(30 2 * * * *)\n"
            "      stateMachine: m\n    day:\n      expression: rate(1 day)\n"
            "      stateMachine: m\n      timezone: Mars/X\n")
        checked = subprocess.run([sfnctl(), "config", "check", str(file)], capture_output=True,
                                 text=True, check=False, timeout=20)
        assert checked.returncode == 65, checked
        for part in ["yaml:3:5: Invalid", "yaml:6:5: Invalid", "must be '?'", "Mars/X"]:
            assert part in checked.stderr, checked.stderr
        file.write_text("triggers: {schedules: {night: {expression: rate(1 hour), "
                        "stateMachine: m, input: {by: file}}}}\n")
        with Server(None, "--config", str(file)) as server:
            client, arn = scheduler(server), machine(server)
            found = client.get_schedule(Name="night")
            assert found["Target"]["Arn"] == arn and found["ScheduleExpression"] == "rate(1 hour)"
            refused("ConflictException", "configuration file", client.delete_schedule, Name="night")
            file.write_text(
                "triggers: {schedules: {day: {expression: rate(1 day), stateMachine: m}}}\n")
            server.process.send_signal(signal.SIGHUP)
            until(lambda: ["day"] == [each["Name"] for each in
                                      client.list_schedules()["Schedules"]])


@check
def next_times_are_shown(_: Server) -> None:
    """`sfnctl triggers next`, over a night in which clocks are set."""
    def shown(*arguments: str) -> tuple[int, str, str]:
        run = subprocess.run([sfnctl(), "triggers", "next", *arguments], capture_output=True,
                             text=True, check=False, timeout=20)
        return run.returncode, run.stdout, run.stderr
    berlin = ["cron(30 2 * * ? *)", "--zone", "Europe/Berlin", "--from", "2026-03-28T00:00:00Z"]
    assert shown(*berlin, "--count", "2") == (
        0, "2026-03-28T01:30:00Z  2026-03-28 02:30:00 Europe/Berlin\n"
        "2026-03-30T00:30:00Z  2026-03-30 02:30:00 Europe/Berlin\n", "")
    found = json.loads(shown(*berlin, "--count", "1", "--json")[1])
    assert found["times"] == [{"time": "2026-03-28T01:30:00Z", "local": "2026-03-28T02:30:00"}]
    assert shown("rate(12 hours)", "--from", "2026-03-28T06:00:00Z", "--count", "1") == (
        0, "2026-03-28T18:00:00Z\n", "")
    assert shown("cron(0 0 31 2 ? *)")[0] == 1
    status, _, text = shown("cron(0 0 * * * *)")
    assert status == 65 and "must be '?'" in text, text
    assert shown("rate(1 day)", "--zone", "Mars/Olympus")[0] == 65
    assert shown("rate(1 day)", "--count", "0")[0] == 64


@check
def many_at_one_time(server: Server) -> None:
    """Many schedules (five hundred, or as many as the script's argument says) are due in a second:
    the server opens as fast as without, and all have started within a minute."""
    client, arn = scheduler(server), machine(server)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    expression, when = at(5 + count / 100)
    when = when.replace(microsecond=0)

    def create(index: int) -> None:
        client.create_schedule(Name=f"s{index}", ScheduleExpression=expression,
                               FlexibleTimeWindow=OFF, Target=target(arn, Input="{}"))
    begin = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        list(pool.map(create, range(count)))
    created = time.monotonic() - begin
    server.stop()
    begin = time.monotonic()
    server.start()
    opened = time.monotonic() - begin
    late = max(0, (datetime.datetime.now(datetime.timezone.utc) - when).total_seconds())
    until(lambda: len(executions(server, arn)) >= count, 180)
    done = (datetime.datetime.now(datetime.timezone.utc) - when).total_seconds()
    assert len(executions(server, arn)) == count
    print(f"     {count} schedules: created in {created:.1f} s, opened in {opened:.2f} s, started "
          f"within {done:.1f} s of their time ({late:.1f} s of it before the server was there)")
    assert done - late < 60


if __name__ == "__main__":
    sys.exit(check.run(Server))
