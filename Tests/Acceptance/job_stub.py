"""A stub of the services that run jobs: it keeps every request, and can hold its answers back.

Names of jobs are `kN-Mx`, by the number of their kind, and what a service calls a job holds its
name: `kN-Mx-jL`. So a request says what it is about, whatever its shape.
"""

import dataclasses
import http.server
import json
import re
import threading
import time
import urllib.parse

import botocore.session


@dataclasses.dataclass
class Kind:
    """How a service begins, describes and stops jobs of a kind."""

    resource: str
    # The parameters of the task; NAME stands for the job's name.
    parameters: dict
    service: str
    submit: str
    describe: str | None
    stop: str | None
    # The answers, by the job's id and, of the description, whether it runs: None for not found.
    submitted: object
    described: object = None
    # The member that the service compares, so that what is submitted again is one job.
    token: str | None = None
    # Whether the job has the name that the definition gives, and is one by that.
    is_named: bool = False
    # Whether the job deletes what is there before.
    deletes: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the service knows what was submitted before."""
        return bool(self.token) or self.is_named

    def task(self, name: str) -> dict:
        """The parameters of the task of a job."""
        return json.loads(json.dumps(self.parameters).replace("NAME", name))


@dataclasses.dataclass
class Job:
    """A job as its service has it."""

    id: str
    is_stopped: bool = False
    is_done: bool = False


@dataclasses.dataclass
class Call:
    """A request that was made."""

    part: str
    name: str
    token: str | None
    text: str


class JobStub:
    """The services of some kinds, each at an endpoint of its own."""

    def __init__(self, kinds: list[Kind]):
        self.kinds = kinds
        self.calls: list[Call] = []
        self.jobs: dict[str, list[Job]] = {}
        self.tokens: dict[str, Job] = {}
        self.held: set[str] = set()
        self.failing: set[str] = set()
        self.changed = threading.Condition()
        session = botocore.session.get_session()
        self.models = {kind.service: session.get_service_model(kind.service) for kind in kinds}
        stub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            """Answers a request."""

            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self):
                """Reads, keeps and answers it."""
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                status, answer = stub.answer(self, body)
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = answer

        class Listener(http.server.ThreadingHTTPServer):
            """With room for many at once, and no word of those who went away."""

            request_queue_size = 128
            daemon_threads = True

            def handle_error(self, request, client_address):
                pass

        self.listeners = {service: Listener(("127.0.0.1", 0), Handler) for service in self.models}

    def __enter__(self) -> "JobStub":
        for listener in self.listeners.values():
            threading.Thread(target=listener.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.release()
        for listener in self.listeners.values():
            listener.shutdown()
            listener.server_close()

    @property
    def environment(self) -> dict[str, str]:
        """What has the services called here."""
        return {f"AWS_ENDPOINT_URL_{self.models[service].service_id.replace(' ', '_').upper()}":
                f"http://127.0.0.1:{listener.server_port}"
                for service, listener in self.listeners.items()}

    def hold(self, part: str) -> None:
        """Keeps the answers of a part (`submit`, `describe`, `stop`) back until `release`."""
        with self.changed:
            self.held.add(part)

    def release(self) -> None:
        """Gives the answers that are held."""
        with self.changed:
            self.held.clear()
            self.changed.notify_all()

    def count(self, part: str, name: str) -> int:
        """How many requests of a part there were about a name."""
        with self.changed:
            return sum(call.part == part and call.name == name for call in self.calls)

    def tokens_of(self, name: str) -> set:
        """The tokens that a name's submissions had."""
        with self.changed:
            return {call.token for call in self.calls
                    if call.part == "submit" and call.name == name}

    def texts_of(self, name: str) -> list[str]:
        """Paths and bodies of a name's submissions."""
        with self.changed:
            return [call.text for call in self.calls
                    if call.part == "submit" and call.name == name]

    def jobs_of(self, name: str) -> list[Job]:
        """The jobs of a name."""
        with self.changed:
            return list(self.jobs.get(name, []))

    def finish(self, *names: str) -> None:
        """Ends jobs as they should."""
        with self.changed:
            for name in names:
                for job in self.jobs[name]:
                    job.is_done = True

    def until(self, what: str, holds, seconds: float = 30) -> None:
        """Waits until something holds."""
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, what
            with self.changed:
                self.changed.wait(0.02)

    def answer(self, request, body: str) -> tuple[int, dict]:
        """Status and body of the answer to a request."""
        text = urllib.parse.unquote(request.path) + " " + body
        name, number = re.findall(r"(k(\d+)-\d+x)", text)[0]
        kind = self.kinds[int(number)]
        operation = self.operation(kind, request)
        part = {kind.submit: "submit", kind.describe: "describe", kind.stop: "stop"}[operation]
        token = json.loads(body).get(kind.token) if part == "submit" and kind.token else None
        with self.changed:
            self.calls.append(Call(part, name, token, text))
            status, answer = self.effect(kind, part, name, token, text)
            self.changed.notify_all()
            while part in self.held:
                self.changed.wait()
        return status, answer

    def operation(self, kind: Kind, request) -> str:
        """The operation of a request."""
        target = request.headers.get("X-Amz-Target")
        if target:
            return target.split(".")[-1]
        path = urllib.parse.urlsplit(request.path).path.rstrip("/")
        model = self.models[kind.service]
        for name in (kind.submit, kind.describe, kind.stop):
            route = model.operation_model(name).http if name else {}
            template = re.split(r"\{[^}]*\}", route.get("requestUri", "").split("?")[0])
            pattern = "[^/]+".join(map(re.escape, template)).rstrip("/")
            if route.get("method") == request.command and re.fullmatch(pattern, path):
                return name
        raise ValueError(f"{request.command} {path} is none of {kind.resource}")

    def effect(self, kind: Kind, part: str, name: str, token, text: str) -> tuple[int, dict]:
        """What a request does, and its answer."""
        jobs = self.jobs.setdefault(name, [])
        gone = 404, {"__type": "ResourceNotFoundException", "message": f"no {name}"}
        if part in self.failing:
            return 503, {"__type": "ServiceUnavailable", "message": "not now"}
        if part == "submit":
            if kind.deletes and jobs and jobs[0].is_done:
                return gone
            if token in self.tokens:
                return 200, kind.submitted(self.tokens[token].id)
            if kind.is_named and jobs and not kind.deletes:
                return 400, {"__type": "ResourceInUse", "message": f"{name} exists"}
            if not jobs or not kind.deletes:
                job = Job(name if kind.is_named or kind.deletes else f"{name}-j{len(jobs)}")
                jobs.append(job)
                if token:
                    self.tokens[token] = job
            return 200, kind.submitted(jobs[-1].id)
        job = next((job for job in reversed(jobs) if job.id in text), None)
        if job is None:
            return gone
        if part == "stop":
            job.is_stopped = True
            return 200, {}
        shown = kind.described(job.id, not job.is_done)
        return gone if shown is None else (200, shown)


ROLE = "arn:aws:iam::123456789012:role/any"


def ecs_task(job: str, runs: bool = True) -> dict:
    """A task as Amazon ECS describes it."""
    place = "arn:aws:ecs:us-east-1:123456789012"
    return {"failures": [], "tasks": [{
        "taskArn": f"{place}:task/c/{job}", "clusterArn": f"{place}:cluster/c",
        "lastStatus": "RUNNING" if runs else "STOPPED", "stopCode": "EssentialContainerExited",
        "containers": [] if runs else [{"exitCode": 0}]}]}


def either(key: str, running: str, done: str, *path: str):
    """A description with a status: `key` of an object at the end of a path of members."""
    def described(job: str, runs: bool) -> dict:
        shown = {key: running if runs else done, "id": job}
        for member in reversed(path):
            shown = {member.removesuffix("[]"): [shown] if member.endswith("[]") else shown}
        return shown
    return described


KINDS = [
    Kind("ecs:runTask.sync", {"Cluster": "c", "TaskDefinition": "NAME"}, "ecs", "RunTask",
         "DescribeTasks", "StopTask", ecs_task, ecs_task, token="clientToken"),
    Kind("batch:submitJob.sync",
         {"JobName": "NAME", "JobQueue": "q", "JobDefinition": "d"}, "batch", "SubmitJob",
         "DescribeJobs", "TerminateJob", lambda job: {"jobId": job, "jobName": job},
         either("status", "RUNNING", "SUCCEEDED", "jobs[]")),
    Kind("glue:startJobRun.sync", {"JobName": "NAME"}, "glue", "StartJobRun", "GetJobRun",
         "BatchStopJobRun", lambda job: {"JobRunId": job},
         either("JobRunState", "RUNNING", "SUCCEEDED", "JobRun")),
    Kind("databrew:startJobRun.sync", {"Name": "NAME"}, "databrew", "StartJobRun",
         "DescribeJobRun", "StopJobRun", lambda job: {"RunId": job},
         either("State", "RUNNING", "SUCCEEDED")),
    Kind("athena:startQueryExecution.sync", {"QueryString": "SELECT 'NAME'"}, "athena",
         "StartQueryExecution", "GetQueryExecution", "StopQueryExecution",
         lambda job: {"QueryExecutionId": job},
         either("State", "RUNNING", "SUCCEEDED", "QueryExecution", "Status"),
         token="ClientRequestToken"),
    Kind("codebuild:startBuild.sync", {"ProjectName": "NAME"}, "codebuild", "StartBuild",
         "BatchGetBuilds", "StopBuild", lambda job: {"build": {"id": job}},
         either("buildStatus", "IN_PROGRESS", "SUCCEEDED", "builds[]"), token="idempotencyToken"),
    Kind("codebuild:startBuildBatch.sync", {"ProjectName": "NAME"}, "codebuild",
         "StartBuildBatch", "BatchGetBuildBatches", "StopBuildBatch",
         lambda job: {"buildBatch": {"id": job}},
         either("buildBatchStatus", "IN_PROGRESS", "SUCCEEDED", "buildBatches[]"),
         token="idempotencyToken"),
    Kind("sagemaker:createTrainingJob.sync", {
        "TrainingJobName": "NAME", "RoleArn": ROLE, "OutputDataConfig": {"S3OutputPath": "s3://b"},
        "StoppingCondition": {"MaxRuntimeInSeconds": 60},
        "AlgorithmSpecification": {"TrainingInputMode": "File", "TrainingImage": "i"},
        "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.large",
                           "VolumeSizeInGB": 1}},
         "sagemaker", "CreateTrainingJob", "DescribeTrainingJob", "StopTrainingJob",
         lambda job: {"TrainingJobArn": f"arn:aws:sagemaker:us-east-1:1:training-job/{job}"},
         either("TrainingJobStatus", "InProgress", "Completed"), is_named=True),
    Kind("elasticmapreduce:createCluster.sync",
         {"Name": "NAME", "Instances": {"KeepJobFlowAliveWhenNoSteps": True}}, "emr",
         "RunJobFlow", "DescribeCluster", None, lambda job: {"JobFlowId": job},
         either("State", "STARTING", "WAITING", "Cluster", "Status")),
    Kind("elasticmapreduce:addStep.sync",
         {"ClusterId": "c-1", "Step": {"Name": "NAME", "HadoopJarStep": {"Jar": "j"}}}, "emr",
         "AddJobFlowSteps", "DescribeStep", "CancelSteps", lambda job: {"StepIds": [job]},
         either("State", "RUNNING", "COMPLETED", "Step", "Status")),
    Kind("emr-containers:startJobRun.sync", {
        "Name": "NAME", "VirtualClusterId": "v-1", "ExecutionRoleArn": ROLE,
        "ReleaseLabel": "emr-6", "JobDriver": {"SparkSubmitJobDriver": {"EntryPoint": "s3://b/e"}}},
         "emr-containers", "StartJobRun", "DescribeJobRun", "CancelJobRun",
         lambda job: {"id": job}, either("state", "RUNNING", "COMPLETED", "jobRun"),
         token="clientToken"),
    Kind("emr-serverless:startJobRun.sync", {
        "Name": "NAME", "ApplicationId": "a-1", "ExecutionRoleArn": ROLE,
        "JobDriver": {"SparkSubmit": {"EntryPoint": "s3://b/e"}}},
         "emr-serverless", "StartJobRun", "GetJobRun", "CancelJobRun",
         lambda job: {"applicationId": "a-1", "jobRunId": job, "arn": job},
         either("state", "RUNNING", "SUCCESS", "jobRun"), token="clientToken"),
    Kind("emr-serverless:createApplication.sync",
         {"Name": "NAME", "ReleaseLabel": "emr-6", "Type": "SPARK"}, "emr-serverless",
         "CreateApplication", "GetApplication", None,
         lambda job: {"applicationId": job, "arn": job},
         either("state", "CREATING", "CREATED", "application"), token="clientToken"),
    Kind("eks:createCluster.sync",
         {"Name": "NAME", "RoleArn": ROLE, "ResourcesVpcConfig": {"SubnetIds": ["s-1"]}}, "eks",
         "CreateCluster", "DescribeCluster", None, lambda job: {"cluster": {"name": job}},
         either("status", "CREATING", "ACTIVE", "cluster"), token="clientRequestToken",
         is_named=True),
    Kind("eks:deleteCluster.sync", {"Name": "NAME"}, "eks", "DeleteCluster", "DescribeCluster",
         None, lambda job: {"cluster": {"name": job, "status": "DELETING"}},
         lambda job, runs: {"cluster": {"name": job, "status": "DELETING"}} if runs else None,
         deletes=True),
    Kind("mediaconvert:createJob.sync", {
        "Role": ROLE, "Settings": {"Inputs": []}, "UserMetadata": {"name": "NAME"}},
         "mediaconvert", "CreateJob", "GetJob", "CancelJob",
         lambda job: {"job": {"id": job, "status": "SUBMITTED"}},
         either("status", "PROGRESSING", "COMPLETE", "job"), token="clientRequestToken"),
    Kind("bedrock:createModelCustomizationJob.sync", {
        "JobName": "NAME", "CustomModelName": "m", "RoleArn": ROLE, "BaseModelIdentifier": "b",
        "TrainingDataConfig": {"S3Uri": "s3://b/t"}, "OutputDataConfig": {"S3Uri": "s3://b/o"},
        "HyperParameters": {}},
         "bedrock", "CreateModelCustomizationJob", "GetModelCustomizationJob",
         "StopModelCustomizationJob", lambda job: {"jobArn": job},
         either("status", "InProgress", "Completed"), token="clientRequestToken"),
]

# What hands a token on; TOKEN stands for it.
CALLBACKS = [
    Kind("sqs:sendMessage.waitForTaskToken",
         {"QueueUrl": "http://q/1/NAME", "MessageBody": {"token": "TOKEN"}}, "sqs",
         "SendMessage", None, None, lambda job: {"MessageId": job}),
    Kind("events:putEvents.waitForTaskToken", {"Entries": [
        {"Source": "NAME", "DetailType": "t", "Detail": {"token": "TOKEN"}}]}, "events",
         "PutEvents", None, None,
         lambda job: {"FailedEntryCount": 0, "Entries": [{"EventId": job}]}),
    Kind("ecs:runTask.waitForTaskToken", {
        "Cluster": "c", "TaskDefinition": "NAME", "Overrides": {"ContainerOverrides": [
            {"Name": "m", "Environment": [{"Name": "token", "Value": "TOKEN"}]}]}},
         "ecs", "RunTask", None, None, ecs_task, token="clientToken"),
    Kind("lambda:invoke.waitForTaskToken",
         {"FunctionName": "NAME", "Payload": {"token": "TOKEN"}}, "lambda", "Invoke", None, None,
         lambda job: {"done": job}),
]
