#!/usr/bin/env python3
"""`kill -9` in the middle of every kind of `.sync` job, callback and nested execution.

Nothing is submitted twice where the service can know, nothing is lost, and a stop is asked for
until it is obeyed. All kinds of a check run at once, against a stub that can hold its answers.
Prints `N passed, N failed`.
"""

import collections
import contextlib
import itertools
import json
import os
import re
import subprocess
import sys
import threading
import time

from botocore.exceptions import BotoCoreError, ClientError

from api_boto3 import ended, machine, wait_for_event
from checks import Checks
from job_stub import CALLBACKS, KINDS, JobStub
from sfnctl_server import Server, sfnctl

check = Checks()
ALL = [*KINDS, *CALLBACKS]
JOBS = range(len(KINDS))
STOPPED = [number for number, kind in enumerate(KINDS) if kind.stop]


class World:
    """A server whose services are the stub's; entered once for all checks."""

    def __init__(self, stack: contextlib.ExitStack):
        self.stub = stack.enter_context(JobStub(ALL))
        os.environ.update({
            **self.stub.environment, "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1",
            "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull})
        self.server = stack.enter_context(Server())
        self.client = self.server.client()
        self.machines = [self.machine(number) for number in range(len(ALL))]
        self.round = 0

    def machine(self, number: int) -> str:
        """The state machine of a kind: its input are the parameters."""
        kind = ALL[number]
        task = {"Type": "Task", "Resource": f"arn:aws:states:::{kind.resource}", "End": True,
                "Arguments": "{% $states.input %}"}
        if kind in CALLBACKS:
            task["Arguments"] = ("{% $parse($replace($string($states.input), 'TOKEN\"', "
                                 "$states.context.Task.Token & '\"')) %}")
        return machine(self.client, f"kind-{number}", {
            "QueryLanguage": "JSONata", "StartAt": "T", "States": {"T": task}})

    def start(self, numbers) -> dict[str, str]:
        """Starts an execution of each kind; the ARNs by the names of the jobs."""
        self.round += 1
        names = {f"k{number}-{self.round}x": number for number in numbers}
        return {name: self.client.start_execution(
            stateMachineArn=self.machines[number],
            input=json.dumps(ALL[number].task(name)))["executionArn"]
            for name, number in names.items()}

    def restart(self) -> None:
        """`kill -9`, and another life."""
        self.server.kill()
        self.stub.release()
        self.server.start()

    def reach(self, part: str, names, count: int = 1) -> None:
        """Waits until there were so many requests of a part about each name."""
        for name in names:
            self.stub.until(f"{part} of {kind_of(name).resource}",
                            lambda name=name: self.stub.count(part, name) >= count)

    def submitted(self, arns) -> None:
        """Waits until each submission is recorded."""
        for arn in arns:
            wait_for_event(self.client, arn, "TaskSubmitted")

    def succeed(self, begun: dict[str, str]) -> None:
        """Ends the jobs, and waits for their executions."""
        self.stub.finish(*begun)
        for name, arn in begun.items():
            found = ended(self.client, arn, 40)
            assert found["status"] == "SUCCEEDED", (kind_of(name).resource, found)


def kind_of(name: str):
    """The kind of a job's name."""
    return ALL[int(name[1:].split("-")[0])]


def submitted_once(world, names, at_most: int = 1) -> None:
    """Whether each name has one job, as far as its service can know."""
    for name in names:
        kind = kind_of(name)
        jobs = world.stub.jobs_of(name)
        known = kind.is_known or kind.deletes
        assert 1 <= len(jobs) <= (1 if known else at_most), (kind.resource, jobs)
        if kind.token:
            tokens = world.stub.tokens_of(name)
            assert len(tokens) == 1 and None not in tokens, (kind.resource, tokens)


@check
def before_the_submission_is_recorded(world):
    """The service has begun the job, and its answer never comes."""
    world.stub.hold("submit")
    begun = world.start(JOBS)
    world.reach("submit", begun)
    world.restart()
    world.submitted(begun.values())
    submitted_once(world, begun, at_most=2)
    world.succeed(begun)


@check
def while_a_job_is_looked_at(world):
    """The job is found again, and nothing is submitted again; some end while nobody looks."""
    begun = world.start(JOBS)
    world.submitted(begun.values())
    world.stub.hold("describe")
    world.reach("describe", begun)
    world.server.kill()
    early = [name for place, name in enumerate(begun) if place % 2]
    world.stub.finish(*early)
    world.stub.release()
    world.server.start()
    world.succeed(begun)
    for name in begun:
        assert world.stub.count("submit", name) == 1, kind_of(name).resource
        assert not any(job.is_stopped for job in world.stub.jobs_of(name)), name


@check
def a_deletion_whose_end_nobody_saw(world):
    """What was deleted before the restart is gone, which is what the task wants."""
    numbers = [number for number, kind in enumerate(KINDS) if kind.deletes]
    begun = world.start(numbers)
    world.submitted(begun.values())
    world.stub.hold("submit")
    more = world.start(numbers)
    world.reach("submit", more)
    world.stub.finish(*begun, *more)
    world.restart()
    world.succeed({**begun, **more})


@check
def while_a_job_is_stopped(world):
    """The stop is asked for again, until the service says that it is done."""
    begun = world.start(STOPPED)
    world.submitted(begun.values())
    world.stub.hold("stop")
    world.stub.failing = {"stop"}
    for arn in begun.values():
        world.client.stop_execution(executionArn=arn)
    world.stub.until("no stop", lambda: any(world.stub.count("stop", name) for name in begun))
    world.server.kill()
    world.stub.failing = set()
    world.stub.release()
    world.server.start()
    all_stopped(world, begun)
    for name, arn in begun.items():
        assert world.client.describe_execution(executionArn=arn)["status"] == "ABORTED", name


def all_stopped(world, names) -> None:
    """Waits until the jobs are stopped."""
    for name in names:
        world.stub.until(f"{kind_of(name).resource} runs on", lambda name=name: (
            jobs := world.stub.jobs_of(name)) and all(job.is_stopped for job in jobs))


@check
def right_behind_the_answer_to_a_stop(world):
    """The execution is stopped durably, and the server dies before it can do more."""
    begun = world.start(STOPPED)
    world.submitted(begun.values())
    for arn in begun.values():
        world.client.stop_execution(executionArn=arn)
    world.restart()
    all_stopped(world, begun)


@check
def stopped_before_the_submission_is_recorded(world):
    """Whoever is stopped while its job is being submitted has it stopped, in the next life too."""
    for dies in (False, True):
        world.stub.hold("submit")
        begun = world.start([number for number in STOPPED if KINDS[number].is_known])
        world.reach("submit", begun)
        for arn in begun.values():
            world.client.stop_execution(executionArn=arn)
        if dies:
            world.restart()
        else:
            world.stub.release()
        all_stopped(world, begun)
        submitted_once(world, begun)


@check
def a_time_that_runs_out_while_the_server_is_down(world):
    """The job of a task that times out meanwhile is stopped."""
    numbers = STOPPED[:4]
    world.round += 1
    begun = {}
    for number in numbers:
        kind, name = KINDS[number], f"k{number}-{world.round}x"
        arn = machine(world.client, f"timed-{number}", {"StartAt": "T", "States": {"T": {
            "Type": "Task", "Resource": f"arn:aws:states:::{kind.resource}", "End": True,
            "TimeoutSeconds": 1, "Parameters": kind.task(name)}}})
        begun[name] = world.client.start_execution(stateMachineArn=arn)["executionArn"]
    world.submitted(begun.values())
    world.restart()
    for arn in begun.values():
        found = ended(world.client, arn)
        assert (found["status"], found["error"]) == ("FAILED", "States.Timeout"), found
    all_stopped(world, begun)


def token_of(world, name: str) -> str:
    """The task token that the submissions of a name have, one and the same."""
    tokens = {token for text in world.stub.texts_of(name)
              for token in re.findall(r'oken\W+(?:Value\W+|value\W+)?([\w+/=-]{40,})', text)}
    assert len(tokens) == 1, (kind_of(name).resource, tokens)
    return tokens.pop()


@check
def callbacks(world):
    """A token is good whenever the server died, and hands the result on that it was given."""
    numbers = range(len(KINDS), len(ALL))
    world.stub.hold("submit")
    begun = world.start(numbers)
    world.reach("submit", begun)
    world.restart()
    world.submitted(begun.values())
    before = {name: world.stub.count("submit", name) for name in begun}
    submitted_once(world, begun, at_most=2)
    world.restart()
    finished(world, begun, {name: token_of(world, name) for name in begun})
    assert before == {name: world.stub.count("submit", name) for name in begun}
    # The result comes before the answer, which never comes.
    world.stub.hold("submit")
    begun = world.start(numbers)
    world.reach("submit", begun)
    tokens = {name: token_of(world, name) for name in begun}
    for token in tokens.values():
        world.client.send_task_success(taskToken=token, output='{"early": true}')
    world.restart()
    for name, arn in begun.items():
        found = ended(world.client, arn)
        assert found.get("output") == '{"early": true}', (kind_of(name).resource, found)


def finished(world, begun: dict[str, str], tokens: dict[str, str]) -> None:
    """Gives the tasks their results."""
    for name, arn in begun.items():
        world.client.send_task_success(taskToken=tokens[name], output=json.dumps(name))
        found = ended(world.client, arn)
        assert found.get("output") == json.dumps(name), (kind_of(name).resource, found)


@check
def nested_executions(world):
    """Each parent has one child, whenever the server dies between a start and its record."""
    client = world.client
    child = machine(client, "child", {
        "StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}})
    parents = {}
    starts = ["states:startExecution", "states:startExecution.sync",
              "states:startExecution.sync:2", "aws-sdk:sfn:startExecution"]
    for (number, start), named in itertools.product(enumerate(starts), (False, True)):
        parameters = {"StateMachineArn": child, "Input": {"parent.$": "$$.Execution.Name"}}
        if number == 3:
            parameters["Input.$"] = "States.Format('\\{\"parent\":\"{}\"\\}', $$.Execution.Name)"
            del parameters["Input"]
        if named:
            parameters["Name.$"] = "States.Format('of-{}', $$.Execution.Name)"
        name = f"parent-{number}{'-named' * named}"
        parents[name] = machine(client, name, {"StartAt": "N", "States": {"N": {
            "Type": "Task", "Resource": f"arn:aws:states:::{start}", "Parameters": parameters,
            "End": True}}})
    begun = []
    for life in range(6):
        client = world.client
        threads = [threading.Thread(target=begin_some, args=(client, begun, life, *each))
                   for each in parents.items()]
        for thread in threads:
            thread.start()
        time.sleep(0.05 + 0.03 * life)
        world.server.kill()
        for thread in threads:
            thread.join()
        world.server.start()
    for arn in begun:
        found = ended(world.client, arn)
        assert found["status"] == "SUCCEEDED", found
    pages = world.client.get_paginator("list_executions").paginate(stateMachineArn=child)
    children = [each["executionArn"] for page in pages for each in page["executions"]]
    inputs = collections.Counter(
        json.loads(world.client.describe_execution(executionArn=arn)["input"])["parent"]
        for arn in children)
    names = {arn.split(":")[-1] for arn in begun}
    assert names <= set(inputs) and set(inputs.values()) == {1}, inputs
    print(f"     {len(begun)} parents were acknowledged, {len(children)} children")


def begin_some(client, begun: list[str], life: int, name: str, arn: str) -> None:
    """Starts parents until the server is gone."""
    for number in range(1_000):
        try:
            begun.append(client.start_execution(
                stateMachineArn=arn, name=f"{name}-{life}-{number}")["executionArn"])
        except (BotoCoreError, ClientError):
            return


@check
def replayed(world):
    """The last check: what the others left replays."""
    world.server.stop()
    done = subprocess.run([sfnctl(), "replay", "--all", "--verify", "--data-dir",
                           world.server.data], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr


def main() -> int:
    with contextlib.ExitStack() as stack:
        return check.run(World(stack))


if __name__ == "__main__":
    sys.exit(main())
