#!/usr/bin/env python3
"""Optimised integrations against a second emulator of AWS, ministack: what it has of the checks of
`services_boto3.py`. Prints `N passed, N failed, N skipped`.
"""

import contextlib
import importlib.util
import json
import sys

import services_boto3
from checks import Checks
from moto_server import Ministack
from services_boto3 import World

check = Checks()
for same in (services_boto3.dynamodb, services_boto3.sqs, services_boto3.sqs_callback,
             services_boto3.sns, services_boto3.eventbridge):
    check(same)


@check
def glue(world):
    world.moto.client("glue").create_job(Name="clean", Role="r", Command={"Name": "glueetl"})
    output = world.example("glue")
    assert (output["JobName"], output["JobRunState"]) == ("clean", "SUCCEEDED"), output


@check
def batch(world):
    jobs = world.moto.client("batch")
    environment = jobs.create_compute_environment(
        computeEnvironmentName="one", type="MANAGED", state="ENABLED",
        computeResources={"type": "FARGATE", "maxvCpus": 1, "subnets": ["s"],
                          "securityGroupIds": ["sg"]})["computeEnvironmentArn"]
    queue = jobs.create_job_queue(
        jobQueueName="reports", state="ENABLED", priority=1,
        computeEnvironmentOrder=[{"order": 1, "computeEnvironment": environment}])["jobQueueArn"]
    definition = jobs.register_job_definition(
        jobDefinitionName="report", type="container",
        containerProperties={"image": "i", "vcpus": 1, "memory": 128})["jobDefinitionArn"]
    output = world.example("batch", queue=queue, definition=definition)
    assert output["Status"] == "SUCCEEDED", output


@check
def codebuild(world):
    world.moto.client("codebuild").create_project(
        name="site", source={"type": "S3", "location": "b/p"}, artifacts={"type": "NO_ARTIFACTS"},
        environment={"type": "LINUX_CONTAINER", "image": "i",
                     "computeType": "BUILD_GENERAL1_SMALL"},
        serviceRole="arn:aws:iam::123456789012:role/service-role/build")
    assert world.example("codebuild")["Build"]["BuildStatus"] == "SUCCEEDED"


@check
def athena_failure(world):
    """The bucket for the result is missing, so the query fails and with it the task."""
    found = world.task("athena:startQueryExecution.sync", {
        "QueryString": "SELECT 1", "ResultConfiguration": {"OutputLocation": "s3://none/"}})
    assert (found["status"], found["error"]) == ("FAILED", "States.TaskFailed"), found
    query = json.loads(found["cause"])["QueryExecution"]
    assert query["Status"]["State"] == "FAILED", query


def main() -> int:
    if importlib.util.find_spec("ministack") is None:
        print("SKIPPED ministack is not installed: pip install ministack")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    with contextlib.ExitStack() as stack:
        return check.run(World(stack, Ministack()))


if __name__ == "__main__":
    sys.exit(main())
