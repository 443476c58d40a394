#!/usr/bin/env python3
"""The requests of optimised integrations, compared with botocore's for the same parameters.

Every resource in each of its forms, by the services' model files and by what is built in: the call
itself, for `.sync` also the looks at the job and what stops it. Parameters are made up, every
member of them. And every resource is played by mocked responses. Prints `N passed, N failed`.

    service_requests.py                     # all of them
    service_requests.py ecs:runTask glue    # some
"""

import contextlib
import dataclasses
import itertools
import json
import os
import pathlib
import re
import sys
import tempfile
import time
import traceback
import typing
import urllib.parse

import botocore.exceptions
import botocore.session
from botocore.config import Config

from api_boto3 import ROLE, ended
from aws_requests import DATA, Sampler, model, parsed
from http_answers import Answers
from sfnctl_server import Server

ROOT = pathlib.Path(__file__).resolve().parents[2]
REASON = "The execution that waits for it was ended."
# What each side makes up itself when it is no parameter.
TOKENS = {"clientToken", "clientRequestToken", "idempotencyToken"}


@dataclasses.dataclass
class Job:
    """What follows a submission: answers of the service, and the calls that are expected."""

    answer: dict
    describe: str
    reference: typing.Callable[[dict], dict]
    # The answer to a look, by a status.
    shown: typing.Callable[[str], dict]
    done: str
    stop: str | None = None
    stop_reference: typing.Callable[[dict], dict] | None = None
    # Whether it has ended when it is not found.
    vanishes: bool = False


@dataclasses.dataclass
class Action:
    """An action of an integration."""

    name: str
    # What of the service is called, if not that.
    calls: str = ""
    service: str = ""
    # Members of the service's action that the integration does not take: younger ones than its
    # list, and those that Step Functions keeps for itself.
    without: tuple[str, ...] = ()
    job: Job | None = None
    callback: bool = False
    # Other parameters than those that are made up: botocore's and the task's.
    edit: typing.Callable[[dict, dict], tuple[dict, dict]] = lambda sent, given: (sent, given)
    # Botocore's parameters when the execution is known.
    late: typing.Callable[[dict, str], None] = lambda sent, execution: None
    # A call that comes first, with its parameters and its answer.
    before: tuple[str, dict, dict] | None = None


def cluster_job(done: str, reference) -> Job:
    """A cluster of EMR."""
    return Job({"JobFlowId": "j-1", "ClusterArn": "arn"}, "DescribeCluster", reference,
               lambda state: {"Cluster": {"Id": "j-1", "Status": {"State": state}}}, done)


def sagemaker_job(kind: str) -> Action:
    """The creation of one of SageMaker's jobs."""
    def name(given):
        return {kind + "Name": given[kind + "Name"]}
    return Action(f"Create{kind}", job=Job(
        {kind + "Arn": "arn"}, f"Describe{kind}", name,
        lambda state: {kind + "Status": state}, "Completed", f"Stop{kind}", name))


def eks(kind: str, answer: str, *without: str) -> list[Action]:
    """Creation and deletion of what EKS has."""
    def named(given):
        return {key: given[key] for key in ("clusterName", "nodegroupName", "fargateProfileName",
                                            "name") if key in given}
    return [
        Action(f"Create{kind}", without=without, job=Job(
            {answer: {"status": "CREATING"}}, f"Describe{kind}", named,
            lambda state: {answer: {"status": state}}, "ACTIVE")),
        Action(f"Delete{kind}", job=Job(
            {answer: {"status": "DELETING"}}, f"Describe{kind}", named,
            lambda state: {answer: {"status": state}}, "", vanishes=True))]


def application(name: str, done: str) -> Action:
    """A change of an application of EMR Serverless."""
    return Action(name, job=Job(
        {"applicationId": "a-1"}, "GetApplication",
        lambda given: {"applicationId": given.get("applicationId", "a-1")},
        lambda state: {"application": {"applicationId": "a-1", "state": state}}, done))


def build(name: str, answer: str, describe: str, listed: str, stop: str, **more) -> Action:
    """A build, or a batch of them."""
    return Action(name, **more, job=Job(
        {answer: {"id": "b-1"}}, describe, lambda _: {"ids": ["b-1"]},
        lambda state: {listed: [{"id": "b-1", answer + "Status": state}]}, "SUCCEEDED",
        stop, lambda _: {"id": "b-1"}))


def batch_build(name: str, **more) -> Action:
    """A batch of builds."""
    return build(name, "buildBatch", "BatchGetBuildBatches", "buildBatches", "StopBuildBatch",
                 **more)


def emr(name: str, calls: str, given: dict, sent: dict, **more) -> Action:
    """An action of EMR's that wraps one of its API; a step, fleet or group is made up."""
    def edit(made: dict, spelled: dict) -> tuple[dict, dict]:
        return tuple({key: value(side) if callable(value) else value
                      for key, value in chosen.items()}
                     for side, chosen in ((made, sent), (spelled, given)))
    return Action(name, calls, edit=edit, **more)


def first(member: str):
    """The first of a list that is made up."""
    return lambda side: side[member][0]


def json_body(sent: dict, given: dict) -> tuple[dict, dict]:
    """A model's body is JSON in the task."""
    body = {"prompt": "ü", "n": [1, 2.5]}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return {**sent, "body": text.encode()}, {**given, "Body": body}


def log_tail(sent: dict, given: dict) -> tuple[dict, dict]:
    """The end of the log is asked for: to ask for none is to say nothing."""
    return {**sent, "LogType": "Tail"}, {**given, "LogType": "Tail"}


def resources(sent: dict, execution: str) -> None:
    """Events name execution and state machine among their resources."""
    parts = execution.split(":")
    machine = ":".join([*parts[:5], "stateMachine", parts[6]])
    for entry in sent["Entries"]:
        entry["Resources"] = [*entry["Resources"], execution, machine]


SERVICES: dict[str, tuple[str, list[Action]]] = {
    "athena": ("athena", [
        Action("StartQueryExecution", job=Job(
            {"QueryExecutionId": "q-1"}, "GetQueryExecution", lambda _: {"QueryExecutionId": "q-1"},
            lambda state: {"QueryExecution": {"Status": {"State": state}}}, "SUCCEEDED",
            "StopQueryExecution", lambda _: {"QueryExecutionId": "q-1"})),
        Action("StopQueryExecution"), Action("GetQueryExecution"), Action("GetQueryResults")]),
    "batch": ("batch", [
        Action("SubmitJob", job=Job(
            {"jobId": "j-1", "jobName": "n"}, "DescribeJobs", lambda _: {"jobs": ["j-1"]},
            lambda state: {"jobs": [{"jobId": "j-1", "status": state}]}, "SUCCEEDED",
            "TerminateJob", lambda _: {"jobId": "j-1", "reason": REASON}))]),
    "bedrock": ("bedrock", [
        Action("InvokeModel", service="bedrock-runtime", callback=True, edit=json_body,
               without=("requestMetadata",)),
        Action("CreateModelCustomizationJob", job=Job(
            {"jobArn": "arn:j"}, "GetModelCustomizationJob", lambda _: {"jobIdentifier": "arn:j"},
            lambda state: {"jobArn": "arn:j", "status": state}, "Completed",
            "StopModelCustomizationJob", lambda _: {"jobIdentifier": "arn:j"}))]),
    "codebuild": ("codebuild", [
        build("StartBuild", "build", "BatchGetBuilds", "builds", "StopBuild",
              without=("hostKernelOverride",)),
        Action("StopBuild"), Action("BatchDeleteBuilds"), Action("BatchGetReports"),
        batch_build("StartBuildBatch"), Action("StopBuildBatch"), 
        batch_build("RetryBuildBatch", without=("idempotencyToken",)),
        Action("DeleteBuildBatch")]),
    "databrew": ("databrew", [
        Action("StartJobRun", job=Job(
            {"RunId": "r-1"}, "DescribeJobRun",
            lambda given: {"Name": given["Name"], "RunId": "r-1"},
            lambda state: {"JobName": "n", "State": state}, "SUCCEEDED",
            "StopJobRun", lambda given: {"Name": given["Name"], "RunId": "r-1"}))]),
    "dynamodb": ("dynamodb", [
        Action("GetItem"), Action("PutItem"), Action("UpdateItem"), Action("DeleteItem")]),
    "ecs": ("ecs", [
        Action("RunTask", callback=True, without=("clientToken", "count"), job=Job(
            {"tasks": [{"taskArn": "t-1", "clusterArn": "c-1"}], "failures": []}, "DescribeTasks",
            lambda _: {"cluster": "c-1", "tasks": ["t-1"]},
            lambda state: {"tasks": [{"taskArn": "t-1", "lastStatus": state, "containers": []}]},
            "STOPPED", "StopTask", lambda _: {"cluster": "c-1", "task": "t-1", "reason": REASON}))
    ]),
    "eks": ("eks", [*eks("Cluster", "cluster", "kubeApiServerConfig", "kubeSchedulerConfig",
                         "kubeControllerManagerConfig"), *eks("Nodegroup", "nodegroup"),
                    *eks("FargateProfile", "fargateProfile")]),
    "elasticmapreduce": ("emr", [
        Action("createCluster", "RunJobFlow", without=("SessionEnabled",),
               job=cluster_job("WAITING", lambda _: {"ClusterId": "j-1"})),
        emr("setClusterTerminationProtection", "SetTerminationProtection",
            {"ClusterId": "j-9", "TerminationProtected": True},
            {"JobFlowIds": ["j-9"], "TerminationProtected": True}),
        emr("terminateCluster", "TerminateJobFlows", {"ClusterId": "j-9"},
            {"JobFlowIds": ["j-9"]},
            job=cluster_job("TERMINATED", lambda _: {"ClusterId": "j-9"})),
        emr("addStep", "AddJobFlowSteps",
            {"ClusterId": "j-9", "Step": first("Steps"), "ExecutionRoleArn": ROLE},
            {"JobFlowId": "j-9", "Steps": lambda made: made["Steps"][:1],
             "ExecutionRoleArn": ROLE},
            job=Job({"StepIds": ["s-1"]}, "DescribeStep",
                    lambda _: {"ClusterId": "j-9", "StepId": "s-1"},
                    lambda state: {"Step": {"Id": "s-1", "Status": {"State": state}}},
                    "COMPLETED", "CancelSteps",
                    lambda _: {"ClusterId": "j-9", "StepIds": ["s-1"]})),
        emr("cancelStep", "CancelSteps",
            {"ClusterId": "j-9", "StepId": "s-9", "StepCancellationOption": "SEND_INTERRUPT"},
            {"ClusterId": "j-9", "StepIds": ["s-9"], "StepCancellationOption": "SEND_INTERRUPT"}),
        emr("modifyInstanceFleetByName", "ModifyInstanceFleet",
            {"ClusterId": "j-9", "InstanceFleetName": "f", "InstanceFleet": {
                "TargetOnDemandCapacity": 3}},
            {"ClusterId": "j-9", "InstanceFleet": {
                "InstanceFleetId": "if-1", "TargetOnDemandCapacity": 3}},
            before=("ListInstanceFleets", {"ClusterId": "j-9"},
                    {"InstanceFleets": [{"Id": "if-1", "Name": "f"}]})),
        emr("modifyInstanceGroupByName", "ModifyInstanceGroups",
            {"ClusterId": "j-9", "InstanceGroupName": "g", "InstanceGroup": {
                "InstanceCount": 3}},
            {"ClusterId": "j-9", "InstanceGroups": [
                {"InstanceGroupId": "ig-1", "InstanceCount": 3}]},
            before=("ListInstanceGroups", {"ClusterId": "j-9"},
                    {"InstanceGroups": [{"Id": "ig-1", "Name": "g"}]}))]),
    "emr-containers": ("emr-containers", [
        Action("CreateVirtualCluster", without=("sessionEnabled", "schedulerConfiguration")),
        Action("DeleteVirtualCluster", job=Job(
            {"id": "v-1"}, "DescribeVirtualCluster", lambda given: {"id": given["id"]},
            lambda state: {"virtualCluster": {"state": state}}, "TERMINATED")),
        Action("StartJobRun", job=Job(
            {"id": "r-1"}, "DescribeJobRun",
            lambda given: {"id": "r-1", "virtualClusterId": given["virtualClusterId"]},
            lambda state: {"jobRun": {"id": "r-1", "state": state}}, "COMPLETED", "CancelJobRun",
            lambda given: {"id": "r-1", "virtualClusterId": given["virtualClusterId"]}))]),
    "emr-serverless": ("emr-serverless", [
        application("CreateApplication", "CREATED"), application("StartApplication", "STARTED"),
        application("StopApplication", "STOPPED"), application("DeleteApplication", "TERMINATED"),
        Action("StartJobRun", job=Job(
            {"jobRunId": "r-1"}, "GetJobRun",
            lambda given: {"applicationId": given["applicationId"], "jobRunId": "r-1"},
            lambda state: {"jobRun": {"jobRunId": "r-1", "state": state}}, "SUCCESS",
            "CancelJobRun",
            lambda given: {"applicationId": given["applicationId"], "jobRunId": "r-1"})),
        Action("CancelJobRun", job=Job(
            {"jobRunId": "r-1"}, "GetJobRun",
            lambda given: {key: given[key] for key in ("applicationId", "jobRunId")},
            lambda state: {"jobRun": {"jobRunId": "r-1", "state": state}}, "CANCELLED"))]),
    "events": ("events", [Action("PutEvents", callback=True, late=resources)]),
    "glue": ("glue", [
        Action("StartJobRun", job=Job(
            {"JobRunId": "r-1"}, "GetJobRun",
            lambda given: {"JobName": given["JobName"], "RunId": "r-1"},
            lambda state: {"JobRun": {"Id": "r-1", "JobRunState": state}}, "SUCCEEDED",
            "BatchStopJobRun", lambda given: {
                "JobName": given["JobName"], "JobRunIds": ["r-1"]}))]),
    "lambda": ("lambda", [
        Action("Invoke", callback=True, edit=log_tail,
               without=("DurableExecutionName", "TenantId"))]),
    "mediaconvert": ("mediaconvert", [
        Action("CreateJob", job=Job(
            {"job": {"id": "m-1", "status": "SUBMITTED"}}, "GetJob", lambda _: {"Id": "m-1"},
            lambda state: {"job": {"id": "m-1", "status": state}}, "COMPLETE",
            "CancelJob", lambda _: {"Id": "m-1"}))]),
    "sagemaker": ("sagemaker", [
        *(sagemaker_job(kind) for kind in (
            "TrainingJob", "TransformJob", "ProcessingJob", "LabelingJob",
            "HyperParameterTuningJob")),
        Action("CreateModel"), Action("CreateEndpointConfig"), Action("CreateEndpoint"),
        Action("UpdateEndpoint")]),
    "sns": ("sns", [Action("Publish", callback=True)]),
    "sqs": ("sqs", [Action("SendMessage", callback=True)]),
}


class Service(Answers):
    """Notes what it is asked, and answers as it is told to for a request."""

    def __init__(self):
        super().__init__(self.take)
        self.requests, self.answers = [], lambda request: {}

    def forget(self, answers=lambda request: {}) -> None:
        """Begins anew, with other answers; None is what is not there."""
        self.requests, self.answers = [], answers

    def take(self, *request):
        """Answers a request."""
        answer = self.answers(request)
        self.requests.append(request)
        if answer is None:
            return 404, {"x-amzn-ErrorType": "ResourceNotFoundException"}, b"{}"
        if "urlencoded" in request[2].get("content-type", ""):
            return 200, {}, b"<R><PublishResult/></R>"
        return 200, {}, json.dumps(answer).encode()


def capital(name: str) -> str:
    """A member's name as optimised integrations have it: the API's, with a capital."""
    return name[:1].upper() + name[1:]


def kind(request) -> tuple:
    """What kind of request one is: where it goes."""
    method, target, headers, _ = request
    return method, urllib.parse.unquote(target.partition("?")[0]), headers.get("x-amz-target")


def without_made_up(body, sent: dict):
    """A body without the token that is no parameter."""
    if not isinstance(body, dict):
        return body
    names = {name[:1].lower() + name[1:] for name in sent}
    return {key: value for key, value in body.items()
            if (low := key[:1].lower() + key[1:]) not in TOKENS or low in names}


def differences(left, right, path: str = ""):
    """Where two values differ: botocore's and ours."""
    if isinstance(left, dict) and isinstance(right, dict):
        for key in sorted({*left, *right}):
            yield from differences(left.get(key), right.get(key), f"{path}.{key}")
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for index, (one, other) in enumerate(zip(left, right)):
            yield from differences(one, other, f"{path}[{index}]")
    elif left != right:
        yield f"  {path}: botocore {left!r:.300}, ours {right!r:.300}"


def reason(found: dict) -> str:
    """How an execution has ended."""
    return f"{found['status']} {found.get('error')}: {found.get('cause')}"


class Comparison:
    """Both sides."""

    def __init__(self, server: Server, service: Service):
        self.client, self.service, self.machines = server.client(), service, {}
        self.session, self.clients = botocore.session.get_session(), {}

    def expected(self, service: str, action: str, parameters: dict):
        """What botocore sends."""
        if service not in self.clients:
            self.clients[service] = self.session.create_client(
                service, region_name="us-east-1", endpoint_url=self.service.endpoint,
                aws_access_key_id="a", aws_secret_access_key="b",
                config=Config(retries={"total_max_attempts": 1}, inject_host_prefix=False))
        client = self.clients[service]
        method = next(key for key, value in client.meta.method_to_api_mapping.items()
                      if value == action)
        self.service.forget()
        with contextlib.suppress(botocore.exceptions.ClientError):
            getattr(client, method)(**parameters)
        return self.service.requests[-1]

    def start(self, resource: str, given: dict) -> str:
        """Starts an execution of one task with these parameters."""
        if resource not in self.machines:
            self.machines[resource] = self.client.create_state_machine(
                name=resource.replace(":", "-").replace(".", "-"), roleArn=ROLE,
                definition=json.dumps({"QueryLanguage": "JSONata", "StartAt": "T", "States": {
                    "T": {"Type": "Task", "Resource": f"arn:aws:states:::{resource}", "End": True,
                          "Arguments": "{% $states.input %}"}}}))["stateMachineArn"]
        return self.client.start_execution(
            stateMachineArn=self.machines[resource], input=json.dumps(given))["executionArn"]

    def parameters(self, service: str, action: Action) -> tuple[dict, dict]:
        """Parameters as botocore has them, and as the task does."""
        called = action.calls or action.name
        described = model(service)
        sent, given = Sampler(described, f"{service}.{called}", capital).value(
            described["operations"][called]["input"])
        for member in action.without:
            sent.pop(member)
            given.pop(capital(member))
        return action.edit(sent, given)

    def forms(self, name: str, service: str, action: Action):
        """Each form of a resource, and what compares it."""
        service = action.service or service
        yield name, lambda: self.request(name, service, action)
        if action.callback:
            form = name + ".waitForTaskToken"
            yield form, lambda: self.request(form, service, action)
        if action.job:
            form = name + ".sync"
            yield form, lambda: self.job(form, service, action)
            if action.job.stop:
                yield form + ", stopped", lambda: self.stopped(form, service, action)

    def request(self, resource: str, service: str, action: Action) -> None:
        """One call, or one after another that finds something out."""
        sent, given = self.parameters(service, action)
        calls = []
        answers = iter([])
        if action.before:
            name, parameters, answer = action.before
            calls.append((name, parameters))
            answers = iter([answer])
        self.service.forget(lambda _: next(answers, {}))
        execution = self.start(resource, given)
        self.until(lambda: len(self.service.requests) > len(calls), execution)
        action.late(sent, execution)
        actual = self.service.requests
        calls.append((action.calls or action.name, sent))
        for request, (name, parameters) in zip(actual, calls, strict=True):
            self.alike(name, service, self.expected(service, name, parameters), request, parameters)
        with contextlib.suppress(botocore.exceptions.ClientError):
            self.client.stop_execution(executionArn=execution)

    def submitted(self, resource: str, service: str, action: Action, statuses):
        """Starts a job that has statuses one after another.

        The execution, botocore's parameters, and its requests: submission, look and stop.
        """
        job = action.job
        sent, given = self.parameters(service, action)
        submit = self.expected(service, action.calls or action.name, sent)
        look = self.expected(service, job.describe, job.reference(sent))
        stop = job.stop and self.expected(service, job.stop, job.stop_reference(sent))

        def answer(request):
            if kind(request) == kind(submit):
                return job.answer
            if stop and kind(request) == kind(stop):
                return {}
            status = next(statuses)
            return None if status is None else job.shown(status)

        self.service.forget(answer)
        return self.start(resource, given), sent, (submit, look, stop)

    def job(self, resource: str, service: str, action: Action) -> None:
        """A job that runs when it is looked at first, and has ended then."""
        last = None if action.job.vanishes else action.job.done
        execution, sent, (submit, look, _) = self.submitted(
            resource, service, action, iter(["RUNNING", last]))
        found = ended(self.client, execution)
        assert found["status"] == "SUCCEEDED", reason(found)
        requests = self.service.requests
        assert len(requests) == 3, [kind(request) for request in requests]
        self.alike("the submission", service, submit, requests[0], sent)
        for request in requests[1:]:
            self.alike(action.job.describe, service, look, request, {})

    def stopped(self, resource: str, service: str, action: Action) -> None:
        """A job whose execution is stopped while it runs."""
        execution, _, (_, _, stop) = self.submitted(
            resource, service, action, itertools.repeat("RUNNING"))
        self.until(lambda: len(self.service.requests) > 1, execution)
        self.client.stop_execution(executionArn=execution)

        def found():
            return [each for each in self.service.requests if kind(each) == kind(stop)]

        self.until(found, execution)
        self.alike(action.job.stop, service, stop, found()[0], {})

    def until(self, holds, execution: str) -> None:
        """Waits for a request."""
        deadline = time.monotonic() + 20
        while not holds():
            found = self.client.describe_execution(executionArn=execution)
            if time.monotonic() > deadline or found["status"] == "FAILED" and not holds():
                raise AssertionError(f"nothing is sent: {reason(found)}")
            time.sleep(0.005)

    def alike(self, what: str, service: str, expected, actual, sent: dict) -> None:
        """Compares two requests."""
        protocol = model(service)["metadata"]["protocol"]
        left, right = parsed(expected, protocol), parsed(actual, protocol)
        for side in (left, right):
            side["body"] = without_made_up(side["body"], sent)
        wrong = list(differences(left, right))
        assert not wrong, "\n".join([f"{what} differs", *wrong[:10]])


def every_action_is_here() -> None:
    """The tables of the integrations have no action that is not compared."""
    tables = ROOT / "Sources" / "StepwellIntegrations" / "Services" / "Tables"
    text = "".join(path.read_text() for path in sorted(tables.glob("*.swift")))
    named = set(re.findall(r'(?:ServiceAction|change)\(\s*"(\w+)"', text))
    kinds = set(re.findall(r'\b(?:job|resource|created|deleted)\(\s*"(\w+)"', text))
    mine = {action.name for _, actions in SERVICES.values() for action in actions}
    assert named and not named - mine, named - mine
    assert kinds and not [kind for kind in kinds if not any(kind in name for name in mine)], kinds


def resources_of(wanted: list[str]):
    """The chosen resources with their service and action."""
    for kind_of, (service, actions) in SERVICES.items():
        for action in actions:
            resource = f"{kind_of}:{action.name[:1].lower()}{action.name[1:]}"
            if not wanted or {kind_of, resource} & set(wanted):
                yield resource, service, action


class Counts:
    """What passed and failed."""

    def __init__(self):
        self.passed = self.failed = 0

    def run(self, name: str, compare) -> None:
        """Runs a comparison."""
        try:
            compare()
            self.passed += 1
        except Exception as error:  # pylint: disable=broad-except
            self.failed += 1
            text = str(error) if isinstance(error, AssertionError) else traceback.format_exc()
            print(f"FAIL {name}\n{text:.4000}", flush=True)


def play(client, name: str, resource: str) -> None:
    """Plays a result and a failure of a mocked task, and looks at the events."""
    arn = client.create_state_machine(name=name, roleArn=ROLE, definition=json.dumps({
        "QueryLanguage": "JSONata", "StartAt": "T", "States": {"T": {
            "Type": "Task", "Resource": f"arn:aws:states:::{resource}", "End": True,
            "Arguments": {"Any": 1}}}}))["stateMachineArn"]
    service, _, rest = resource.partition(":")
    done = ["TaskSubmitted", "TaskSucceeded"] if "." in rest else ["TaskSucceeded"]
    for case, last, detail in (("Good", done, ("output", '{"Answer":1}')),
                               ("Bad", [*done[:-1], "TaskFailed"], ("error", "Busy"))):
        execution = client.start_execution(stateMachineArn=f"{arn}#{case}")["executionArn"]
        ended(client, execution)
        events = [each for each in client.get_execution_history(executionArn=execution)["events"]
                  if each["type"].startswith("Task") and "State" not in each["type"]]
        types = [each["type"] for each in events]
        assert types == ["TaskScheduled", "TaskStarted", *last], (case, types)
        for event in events:
            details = next(value for key, value in event.items() if key.endswith("EventDetails"))
            assert (details["resourceType"], details["resource"]) == (service, rest), details
        assert details[detail[0]] == detail[1], details


def playback(wanted: list[str], counts: Counts) -> None:
    """Every resource by mocked responses: the recorded cases have but a part of them."""
    forms = []
    for resource, _, action in resources_of(wanted):
        forms += [resource, *([resource + ".waitForTaskToken"] if action.callback else []),
                  *([resource + ".sync"] if action.job else [])]
    if not wanted:
        forms += ["apigateway:invoke", "apigateway:invoke.waitForTaskToken", "http:invoke"]
    names = {resource: re.sub(r"\W", "-", resource) for resource in forms}
    case = {"TestCases": {"Good": {"T": "Good"}, "Bad": {"T": "Bad"}}}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"StateMachines": {name: case for name in names.values()}, "MockedResponses": {
            "Good": {"0": {"Return": {"Answer": 1}}},
            "Bad": {"0": {"Throw": {"Error": "Busy", "Cause": "why"}}}}}, file)
        file.flush()
        with Server(None, "--mock", file.name) as server:
            client = server.client()
            for resource, name in names.items():
                counts.run(f"{resource} played", lambda: play(client, name, resource))


def main() -> int:
    """Compares by the model files and by what is built in, then plays mocked responses."""
    wanted = sys.argv[1:]
    every_action_is_here()
    counts = Counts()
    with Service() as service:
        compare(service, wanted, counts)
    playback(wanted, counts)
    print(f"{counts.passed} passed, {counts.failed} failed")
    return 1 if counts.failed else 0


def compare(service: Service, wanted: list[str], counts: Counts) -> None:
    """Compares by the model files, and by what is built in."""
    os.environ.update(AWS_ENDPOINT_URL=service.endpoint, AWS_ACCESS_KEY_ID="a",
                      AWS_REGION="us-east-1", AWS_SECRET_ACCESS_KEY="b", AWS_DATA_PATH=str(DATA))
    for models in ("files", "builtin"):
        if models == "builtin":
            os.environ["STEPWELL_AWS_MODELS"] = models
        with Server() as server:
            comparison = Comparison(server, service)
            for resource, name, action in resources_of(wanted):
                for form, run in comparison.forms(resource, name, action):
                    counts.run(f"{form} by {models}", run)


if __name__ == "__main__":
    sys.exit(main())
