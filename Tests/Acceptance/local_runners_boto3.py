#!/usr/bin/env python3
"""ECS tasks and Batch jobs that local commands do, through boto3. Prints `N passed, N failed`."""

import json
import os
import pathlib
import signal
import stat
import sys
import time

from checks import Checks, empty_directory
from sfnctl_server import Server

ROLE = "arn:aws:iam::000000000000:role/any"
SH = "[/bin/sh, -c]"
check = Checks()


def configuration(directory: pathlib.Path) -> str:
    """Runners for a few definitions; the file's path."""
    docker = directory / "docker"
    docker.write_text("#!/bin/sh\n"
                      'if [ "$1" = run ]; then echo "docker $*"; env | grep ^GREETING; fi\n'
                      f'echo "$*" >> {directory}/docker.calls\n'
                      'case "$*" in *alpine:3?wait) exec sleep 300;; esac\n')
    docker.chmod(docker.stat().st_mode | stat.S_IXUSR)
    file = directory / "stepwell.yaml"
    file.write_text(f"""
runners:
  ecs:
    render:
      container: main
      entryPoint: {SH}
      command: ['echo "rendered $WHAT in $PWD"; echo $WHAT >> done.txt; exit ${{CODE:-0}}']
      environment: {{WHAT: nothing}}
    slow: {{entryPoint: {SH}, command: ['sleep 300 & sleep 300']}}
    again: {{entryPoint: {SH}, command: ['echo run >> again.txt; sleep 2'], rerun: true}}
    boxed:
      image: alpine:3
      docker: [{docker}]
      environment: {{GREETING: hello}}
      command: [echo, hi]
    kept: {{image: "alpine:3", docker: [{docker}], command: [wait]}}
    ghost: {{command: [no-such-program]}}
  batch:
    etl:
      entryPoint: {SH}
      command: ['echo "$AWS_BATCH_JOB_ATTEMPT $AWS_BATCH_JOB_ARRAY_INDEX" >> etl.txt']
    flaky: {{entryPoint: {SH}, command: ['test "$AWS_BATCH_JOB_ATTEMPT" -ge 3']}}
    say: {{command: [echo, 'Ref::word']}}
""")
    return str(file)


def run(client, resource: str, parameters: dict, **fields) -> str:
    """Starts an execution of one Task; its ARN."""
    name = f"m{time.monotonic_ns()}"
    task = {"Type": "Task", "Resource": resource, "Parameters": parameters, "End": True, **fields}
    arn = client.create_state_machine(name=name, roleArn=ROLE, definition=json.dumps(
        {"StartAt": "T", "States": {"T": task}}))["stateMachineArn"]
    return client.start_execution(stateMachineArn=arn)["executionArn"]


def end(client, execution: str, seconds: float = 30) -> dict:
    """Waits for the end of an execution."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = client.describe_execution(executionArn=execution)
        if found["status"] != "RUNNING":
            return found
        time.sleep(0.02)
    raise AssertionError("it does not end")


def done(client, resource: str, parameters: dict, **fields) -> dict:
    """The output of an execution of one Task."""
    found = end(client, run(client, resource, parameters, **fields))
    assert found["status"] == "SUCCEEDED", found
    return json.loads(found["output"])


def eventually(condition, what: str, seconds: float = 10) -> None:
    """Waits for a condition."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def sleepers() -> int:
    """How many of the processes of the slow runner there are."""
    count = 0
    for place in pathlib.Path("/proc").iterdir():
        try:
            count += place.name.isdigit() and b"sleep\x00300" in (place / "cmdline").read_bytes()
        except OSError:
            continue
    return count


ECS = "arn:aws:states:::ecs:runTask"
BATCH = "arn:aws:states:::batch:submitJob"


@check
def a_task_runs_and_is_described_as_ecs_does(directory):
    with Server(None, "--config", configuration(directory)) as server:
        client = server.client()
        task = done(client, ECS + ".sync", {
            "Cluster": "c", "TaskDefinition": "render:7", "Overrides": {"ContainerOverrides": [{
                "Name": "main", "Environment": [{"Name": "WHAT", "Value": "a film"}]}]}})
        assert task["LastStatus"] == "STOPPED" and task["StopCode"] == "EssentialContainerExited"
        assert task["Containers"][0]["ExitCode"] == 0 and task["Containers"][0]["Name"] == "main"
        assert task["TaskDefinitionArn"].endswith(":task-definition/render:7"), task
        assert isinstance(task["StoppedAt"], int), task
        assert (directory / "done.txt").read_text() == "a film\n"
        log = pathlib.Path(server.scratch.name, "output").read_text()
        assert f"rendered a film in {directory}" in log, log


@check
def what_fails_fails_with_the_description(directory):
    with Server(None, "--config", configuration(directory)) as server:
        client = server.client()
        overrides = {"ContainerOverrides": [{
            "Name": "main", "Environment": [{"Name": "CODE", "Value": "3"}]}]}
        found = end(client, run(client, ECS + ".sync", {
            "TaskDefinition": "render", "Overrides": overrides}))
        assert found["error"] == "States.TaskFailed", found
        assert json.loads(found["cause"])["Containers"][0]["ExitCode"] == 3, found
        found = end(client, run(client, ECS + ".sync", {"TaskDefinition": "ghost"}))
        assert found["error"] == "States.TaskFailed", found
        assert "no-such-program" in json.loads(found["cause"])["StoppedReason"], found
        overrides["ContainerOverrides"][0]["Name"] = "other"
        found = end(client, run(client, ECS + ".sync", {
            "TaskDefinition": "render", "Overrides": overrides}))
        assert found["error"] == "ECS.InvalidParameterException", found
        assert "Override for container named other" in found["cause"], found


@check
def a_given_up_task_is_stopped_with_all_it_started(directory):
    with Server(None, "--config", configuration(directory)) as server:
        client = server.client()
        execution = run(client, ECS + ".sync", {"TaskDefinition": "slow"})
        eventually(lambda: sleepers() == 2, "it does not run")
        client.stop_execution(executionArn=execution)
        eventually(lambda: sleepers() == 0, "it is not stopped")
        found = end(client, run(client, ECS + ".sync", {"TaskDefinition": "slow"},
                                TimeoutSeconds=1))
        assert found["error"] == "States.Timeout", found
        eventually(lambda: sleepers() == 0, "it is not stopped after its timeout")
        run(client, ECS + ".sync", {"TaskDefinition": "slow"})
        eventually(lambda: sleepers() == 2, "it does not run")
        server.kill()
        eventually(lambda: sleepers() == 0, "it outlives the server")


@check
def after_a_kill_a_job_fails_by_name_or_runs_again(directory):
    file = configuration(directory)
    server = Server(str(directory / "data"), "--config", file)
    with server:
        client = server.client()
        lost = run(client, ECS + ".sync", {"TaskDefinition": "slow"})
        again = run(client, ECS + ".sync", {"TaskDefinition": "again"})
        eventually(lambda: sleepers() == 2 and (directory / "again.txt").exists(), "nothing runs")
        eventually(lambda: all(
            any(event["type"] == "TaskSubmitted" for event in client.get_execution_history(
                executionArn=each)["events"]) for each in (lost, again)), "not submitted")
        server.kill()
    server = Server(str(directory / "data"), "--config", file)
    with server:
        client = server.client()
        found = end(client, lost)
        assert found["error"] == "Stepwell.JobLost", found
        found = end(client, again)
        assert found["status"] == "SUCCEEDED", found
        assert (directory / "again.txt").read_text() == "run\nrun\n"


@check
def a_container_gets_its_command_and_variables(directory):
    with Server(None, "--config", configuration(directory)) as server:
        task = done(server.client(), ECS + ".sync", {"TaskDefinition": "boxed"})
        assert task["Containers"][0]["Image"] == "alpine:3", task
        log = pathlib.Path(server.scratch.name, "output").read_text()
        assert "--env GREETING alpine:3 echo hi" in log and "GREETING=hello" in log, log
        assert "GREETING=hello alpine" not in log, log


@check
def a_container_ends_with_its_task_and_its_server(directory):
    calls = directory / "docker.calls"
    for ending in ("stop", "kill"):
        calls.write_text("")
        with Server(None, "--config", configuration(directory)) as server:
            client = server.client()
            execution = run(client, ECS + ".sync", {"TaskDefinition": "kept"})
            eventually(lambda: "run --rm" in calls.read_text(), "it does not run")
            name = calls.read_text().split("--name ")[1].split()[0]
            if ending == "stop":
                client.stop_execution(executionArn=execution)
            else:
                server.kill()
            eventually(lambda: f"rm --force {name}\n" in calls.read_text(), f"left by {ending}")


@check
def jobs_have_arrays_and_dependencies(directory):
    with Server(None, "--config", configuration(directory)) as server:
        client = server.client()
        job = done(client, BATCH + ".sync", {
            "JobName": "j", "JobDefinition": "etl", "JobQueue": "q",
            "ArrayProperties": {"Size": 5}, "DependsOn": [{"Type": "SEQUENTIAL"}]})
        assert job["Status"] == "SUCCEEDED", job
        assert job["ArrayProperties"]["StatusSummary"]["SUCCEEDED"] == 5, job
        assert (directory / "etl.txt").read_text() == "1 0\n1 1\n1 2\n1 3\n1 4\n"
        first = done(client, BATCH, {"JobName": "a", "JobDefinition": "etl", "JobQueue": "q"})
        job = done(client, BATCH + ".sync", {
            "JobName": "b", "JobDefinition": "etl", "JobQueue": "q",
            "DependsOn": [{"JobId": first["JobId"]}]})
        assert job["DependsOn"] == [{"JobId": first["JobId"]}], job
        found = end(client, run(client, BATCH + ".sync", {
            "JobName": "b", "JobDefinition": "etl", "JobQueue": "q",
            "DependsOn": [{"JobId": "nobody"}]}))
        assert found["error"] == "Batch.ClientException", found


@check
def jobs_are_tried_again(directory):
    with Server(None, "--config", configuration(directory)) as server:
        client = server.client()
        parameters = {"JobName": "f", "JobDefinition": "flaky", "JobQueue": "q"}
        job = done(client, BATCH + ".sync", {**parameters, "RetryStrategy": {"Attempts": 3}})
        codes = [each["Container"]["ExitCode"] for each in job["Attempts"]]
        assert codes == [1, 1, 0], job
        found = end(client, run(client, BATCH + ".sync", {
            **parameters, "RetryStrategy": {"Attempts": 3, "EvaluateOnExit": [
                {"OnExitCode": "1", "Action": "EXIT"}]}}))
        assert found["error"] == "States.TaskFailed", found
        cause = json.loads(found["cause"])
        assert cause["Status"] == "FAILED" and len(cause["Attempts"]) == 1, cause
        job = done(client, BATCH + ".sync", {
            "JobName": "s", "JobDefinition": "say", "JobQueue": "q", "Parameters": {"word": "hi"}})
        assert job["Container"]["Command"] == ["echo", "hi"], job


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(check.run(empty_directory))
