#!/usr/bin/env python3
"""Optimised integrations against moto and a small HTTP server: every example of
`Sources/Examples/Services`, what fails, callbacks, and jobs over kill -9 and aborts. Prints
`N passed, N failed, N skipped`.
"""

import base64
import contextlib
import http.server
import json
import os
import pathlib
import re
import sys
import tempfile
import threading
import time
import urllib.parse

import boto3
from botocore.config import Config

from api_boto3 import ended, machine, wait_for_event
from checks import Checks
from moto_server import Moto
from sfnctl_server import Server

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "Sources" / "Examples" / "Services"
RESOURCE = "arn:aws:states:::"
ROLE = "arn:aws:iam::123456789012:role/any"

check = Checks()


class Stub:
    """An HTTP server that keeps requests and answers what the services do that moto lacks."""

    def __init__(self):
        self.requests = []
        stub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            """Answers by the path."""

            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self):
                """Keeps the request and answers it."""
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                stub.requests.append((self.command, self.path, dict(self.headers), body))
                target = self.headers.get("X-Amz-Target", "").split(".")[-1]
                if target:
                    status, answer, kind = 200, json.dumps(stub.emr(target)), self.headers[
                        "Content-Type"]
                else:
                    status, answer, kind = stub.answer(self.command, self.path, body)
                content = answer.encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = answer

        self.emr_calls = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}"

    def emr(self, action: str) -> dict:
        """What EMR says: moto's steps never end."""
        self.emr_calls.append(action)
        looks = self.emr_calls.count(action)
        cluster = ("TERMINATED" if "TerminateJobFlows" in self.emr_calls
                   else "WAITING" if looks > 1 else "STARTING")
        step = "COMPLETED" if looks > 1 else "RUNNING"
        return {
            "RunJobFlow": {"JobFlowId": "j-1", "ClusterArn": "arn:j-1"},
            "DescribeCluster": {"Cluster": {"Id": "j-1", "Status": {"State": cluster}}},
            "AddJobFlowSteps": {"StepIds": ["s-1"]},
            "DescribeStep": {"Step": {"Name": "count", "Status": {"State": step}}},
        }.get(action, {})

    def answer(self, method: str, path: str, body: str) -> tuple[int, str, str]:
        """Status, body and type of an answer."""
        place = urllib.parse.urlsplit(path).path
        known = {
            "/prod/bills": (200, {"bill": 1}), "/v1/charges": (201, {"id": "c-1"}),
            "/2017-08-29/jobs": (201, {"job": {"id": "1", "status": "SUBMITTED"}}),
            "/2017-08-29/jobs/1": (200, {"job": {"id": "1", "status": "COMPLETE"}}),
            "/jobs/profile/startJobRun": (200, {"RunId": "r-1"}),
            "/jobs/profile/jobRun/r-1": (200, {"JobName": "profile", "State": "SUCCEEDED"}),
            "/token": (200, {"access_token": "t-1", "expires_in": 3600}),
        }
        if place.startswith("/status/"):
            return int(place.removeprefix("/status/")), f"said {method}", "text/plain"
        if place.startswith("/model/") and place.endswith("/invoke"):
            return 200, json.dumps({"echo": json.loads(body)}), "application/json"
        status, answer = known.get(place, (404, {"message": "Not Found"}))
        return status, json.dumps(answer), "application/json"

    def __enter__(self) -> "Stub":
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.server.shutdown()
        self.server.server_close()


class World:
    """sfnctl with moto and the stub behind it; entered once for all checks."""

    def __init__(self, stack: contextlib.ExitStack, emulator):
        self.moto = stack.enter_context(emulator)
        self.stub = stack.enter_context(Stub())
        self.number = 0
        os.environ.update(self.moto.environment(), **{
            f"AWS_ENDPOINT_URL_{service}": self.stub.endpoint
            for service in ("MEDIACONVERT", "DATABREW", "EMR", "BEDROCK_RUNTIME")})
        os.environ.update(SHOP_PASSWORD="secret", SHOP_KEY="k-1", SHOP_SECRET="hush")
        self.folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        config = self.folder / "config.yaml"
        runners = (EXAMPLES / "local-runners.yaml").read_text()
        config.write_text(runners + CONFIGURATION.replace("STUB", self.stub.endpoint).replace(
            "EXAMPLES", str(EXAMPLES)))
        self.server = stack.enter_context(Server(None, "--config", str(config)))
        self.client = self.server.client()

    def start(self, definition: dict, given: dict | None = None) -> str:
        """Starts an execution of a definition; its ARN."""
        self.number += 1
        arn = machine(self.client, f"m{self.number}", definition)
        return self.client.start_execution(
            stateMachineArn=arn, input=json.dumps(given or {}))["executionArn"]

    def run(self, definition: dict, given: dict | None = None) -> dict:
        """The description of an execution that has ended."""
        return ended(self.client, self.start(definition, given))

    def task(self, resource: str, parameters: dict, **more) -> dict:
        """The description of an execution of one task that has ended."""
        return self.run(one(resource, parameters, **more))

    def start_example(self, name: str, **given) -> str:
        """Starts an example, with some of its input in place of what it has; the execution."""
        definition = json.loads((EXAMPLES / f"{name}.asl.json").read_text())
        values = json.loads((EXAMPLES / f"{name}.input.json").read_text()) | given
        return self.start(definition, values)

    def example(self, name: str, **given) -> dict:
        """The output of an example, with some of its input in place of what it has."""
        found = ended(self.client, self.start_example(name, **given))
        assert found["status"] == "SUCCEEDED", found
        return json.loads(found["output"])


CONFIGURATION = """
functions:
  ask:
    directory: EXAMPLES/lambda
    handler: app.ask
    environment: {PYTHONDONTWRITEBYTECODE: "1"}
connections:
  payments:
    basic: {username: shop, password: {env: SHOP_PASSWORD}}
    headers: {X-Shop: "7"}
  keyed:
    apiKey: {name: X-Key, value: {env: SHOP_KEY}}
  tokens:
    oauth: {endpoint: "STUB/token", method: POST, clientId: id, clientSecret: {env: SHOP_SECRET}}
"""


def one(resource: str, parameters: dict, **more) -> dict:
    """A definition of one task."""
    return {"StartAt": "T", "States": {"T": {
        "Type": "Task", "Resource": RESOURCE + resource, "Parameters": parameters, "End": True,
        **more}}}


def until(what: str, holds, seconds: float = 30):
    """Waits until something holds; what it gives."""
    deadline = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < deadline, what
        time.sleep(0.05)
    return found


def failed(found: dict, error: str, cause: str = "") -> None:
    """Checks how an execution has failed."""
    assert (found["status"], found.get("error")) == ("FAILED", error), found
    assert re.search(cause, found.get("cause", "")), found["cause"]


@check
def dynamodb(world):
    table = world.moto.client("dynamodb")
    table.create_table(
        TableName="orders", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST")
    output = world.example("dynamodb")
    assert output["read"] == {"Item": {"id": {"S": "o-1"}, "state": {"S": "paid"}}}, output
    assert output["refused"]["Error"] == "DynamoDB.ConditionalCheckFailedException", output
    assert "Item" not in table.get_item(TableName="orders", Key={"id": {"S": "o-1"}})
    found = world.task("dynamodb:putItem", {"TableName": "orders", "Item": {"id": {"S": "1"}}})
    output = json.loads(found["output"])
    assert output["SdkHttpMetadata"]["HttpStatusCode"] == 200, output
    assert output["SdkResponseMetadata"]["RequestId"], output
    failed(world.task("dynamodb:putItem", {"TableName": "none", "Item": {"id": {"S": "1"}}}),
           "DynamoDB.ResourceNotFoundException",
           r"\(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ResourceNotFoundException; "
           r"Request ID: [^;]+; Proxy: null\)$")
    failed(world.task("dynamodb:putItem", {"TableName": "orders", "Item": {"x": {"S": "1"}}}),
           "DynamoDB.AmazonDynamoDBException", "Error Code: ValidationException")


@check
def sqs(world):
    queues = world.moto.client("sqs")
    url = queues.create_queue(QueueName="orders")["QueueUrl"]
    output = world.example("sqs", queue=url)
    assert output["MessageId"] and output["MD5OfMessageBody"], output
    message = queues.receive_message(
        QueueUrl=url, MessageAttributeNames=["All"])["Messages"][0]
    assert json.loads(message["Body"]) == {"order": "o-1"}
    assert message["MessageAttributes"]["kind"]["StringValue"] == "order"
    missing = url.replace("orders", "none")
    failed(world.task("sqs:sendMessage", {"QueueUrl": missing, "MessageBody": "x"}),
           "SQS.QueueDoesNotExistException", "Service: AmazonSQS; Status Code: 400")


@check
def sqs_callback(world):
    queues = world.moto.client("sqs")
    url = queues.create_queue(QueueName="approvals")["QueueUrl"]
    definition = json.loads((EXAMPLES / "sqs-callback.asl.json").read_text())
    for answer in ("success", "failure", "restart"):
        arn = world.start(definition, {"queue": url, "order": answer})
        wait_for_event(world.client, arn, "TaskSubmitted")
        message = until("no message", lambda: queues.receive_message(QueueUrl=url).get("Messages"))
        queues.delete_message(QueueUrl=url, ReceiptHandle=message[0]["ReceiptHandle"])
        body = json.loads(message[0]["Body"])
        assert body["order"] == answer, body
        if answer == "restart":
            world.server.kill()
            world.server.start()
        if answer == "failure":
            world.client.send_task_failure(taskToken=body["token"], error="No", cause="why")
            failed(ended(world.client, arn), "No", "why")
        else:
            world.client.send_task_success(taskToken=body["token"], output='{"ok": true}')
            assert json.loads(ended(world.client, arn)["output"]) == {"ok": True}
    assert "Messages" not in queues.receive_message(QueueUrl=url), "sent twice"


def queue_arn(queues, url: str) -> str:
    """The ARN of a queue."""
    return queues.get_queue_attributes(
        QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


@check
def sns(world):
    topics, queues = world.moto.client("sns"), world.moto.client("sqs")
    topic = topics.create_topic(Name="orders")["TopicArn"]
    url = queues.create_queue(QueueName="published")["QueueUrl"]
    topics.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(queues, url))
    assert world.example("sns", topic=topic)["MessageId"]
    body = json.loads(queues.receive_message(QueueUrl=url)["Messages"][0]["Body"])
    assert json.loads(body["Message"]) == {"order": "o-1"}, body
    assert body["Subject"] == "Order", body
    failed(world.task("sns:publish", {"TopicArn": topic + "-none", "Message": "m"}),
           "SNS.NotFoundException", "Service: AmazonSNS; Status Code: 404; Error Code: NotFound")


@check
def eventbridge(world):
    events, queues = world.moto.client("events"), world.moto.client("sqs")
    url = queues.create_queue(QueueName="events")["QueueUrl"]
    events.put_rule(Name="all", EventPattern=json.dumps({"source": ["shop"]}))
    events.put_targets(Rule="all", Targets=[{"Id": "1", "Arn": queue_arn(queues, url)}])
    output = world.example("eventbridge")
    assert output["FailedEntryCount"] == 0 and output["Entries"][0]["EventId"], output
    event = json.loads(queues.receive_message(QueueUrl=url)["Messages"][0]["Body"])
    assert event["detail"] == {"order": "o-1"}, event
    assert [arn.split(":")[5] for arn in event["resources"]] == ["execution", "stateMachine"]


@check
def event_that_is_refused(world):
    failed(world.task("events:putEvents", {"Entries": [
        {"Detail": "no JSON", "DetailType": "d", "Source": "shop"}]}),
           "EventBridge.FailedEntry", '"FailedEntryCount":1')


@check
def ecs(world):
    network = world.moto.client("ec2")
    containers = world.moto.client("ecs")
    containers.create_cluster(clusterName="shop")
    image = network.describe_images()["Images"][0]["ImageId"]
    instance = network.run_instances(ImageId=image, MinCount=1, MaxCount=1)["Instances"][0]
    document = json.dumps({
        "accountId": "123456789012", "instanceId": instance["InstanceId"], "region": "us-east-1"})
    containers.register_container_instance(
        cluster="shop", instanceIdentityDocument=document)
    containers.register_task_definition(family="report", containerDefinitions=[
        {"name": "main", "image": "report", "cpu": 10, "memory": 10}])
    output = world.example("ecs")
    assert output["LastStatus"] == "STOPPED", output
    assert output["Containers"][0]["ExitCode"] == 0, output
    assert output["StartedBy"] == "AWS Step Functions", output
    assert output["Overrides"]["ContainerOverrides"][0]["Command"] == ["report", "--daily"], output
    found = world.task("ecs:runTask", {"Cluster": "shop", "TaskDefinition": "report"})
    assert len(json.loads(found["output"])["Tasks"]) == 1, found
    failed(world.task("ecs:runTask.sync", {"Cluster": "none", "TaskDefinition": "report"}),
           "ECS.ClusterNotFoundException")


def batch_queue(world) -> tuple[str, str]:
    """A queue and a job definition of AWS Batch; their ARNs."""
    jobs, network = world.moto.client("batch"), world.moto.client("ec2")
    group = network.describe_security_groups()["SecurityGroups"][0]["GroupId"]
    roles = world.moto.client("iam")
    name = f"b{world.number}"
    role = roles.create_role(RoleName=name, AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    subnet = network.describe_subnets()["Subnets"][0]["SubnetId"]
    environment = jobs.create_compute_environment(
        computeEnvironmentName=name + "-environment", type="MANAGED", state="ENABLED",
        serviceRole=role,
        computeResources={"type": "FARGATE", "maxvCpus": 1, "subnets": [subnet],
                          "securityGroupIds": [group]})["computeEnvironmentArn"]
    queue = jobs.create_job_queue(
        jobQueueName=name + "-queue", state="ENABLED", priority=1,
        computeEnvironmentOrder=[{"order": 1, "computeEnvironment": environment}])["jobQueueArn"]
    definition = jobs.register_job_definition(
        jobDefinitionName=name + "-job", type="container",
        containerProperties={"image": "i", "vcpus": 1, "memory": 128})["jobDefinitionArn"]
    return queue, definition


@check
def batch(world):
    queue, definition = batch_queue(world)
    output = world.example("batch", queue=queue, definition=definition)
    assert (output["Status"], output["JobName"]) == ("SUCCEEDED", "report"), output
    parameters = {"JobName": "j", "JobQueue": queue, "JobDefinition": definition}
    found = world.task("batch:submitJob", parameters)
    assert json.loads(found["output"])["JobId"], found
    failed(world.task("batch:submitJob.sync", {**parameters, "JobQueue": "none"}),
           "Batch.ClientException", "Service: AWSBatch; Status Code: 4")


@check
def glue(world):
    jobs = world.moto.client("glue")
    jobs.create_job(Name="clean", Role="r", Command={"Name": "glueetl"},
                    ExecutionProperty={"MaxConcurrentRuns": 5})
    output = world.example("glue")
    assert (output["JobName"], output["JobRunState"]) == ("clean", "SUCCEEDED"), output
    assert isinstance(output["StartedOn"], int), output
    failed(world.task("glue:startJobRun.sync", {"JobName": "none"}),
           "Glue.EntityNotFoundException", "Service: AWSGlue")


@check
def athena(world):
    output = world.example("athena")
    assert "ResultSet" in output, output
    found = world.task("athena:startQueryExecution.sync", {
        "QueryString": "SELECT 1", "ResultConfiguration": {"OutputLocation": "s3://b/"}})
    query = json.loads(found["output"])["QueryExecution"]
    assert query["Status"]["State"] == "SUCCEEDED", query


@check
def codebuild(world):
    builds = world.moto.client("codebuild")
    builds.create_project(
        name="site", source={"type": "S3", "location": "b/p"}, artifacts={"type": "NO_ARTIFACTS"},
        environment={"type": "LINUX_CONTAINER", "image": "i",
                     "computeType": "BUILD_GENERAL1_SMALL"},
        serviceRole="arn:aws:iam::123456789012:role/service-role/build")
    output = world.example("codebuild")
    assert output["Build"]["BuildStatus"] == "SUCCEEDED", output
    found = world.task("codebuild:startBuild", {"ProjectName": "site"})
    build = json.loads(found["output"])["Build"]
    found = world.task("codebuild:stopBuild", {"Id": build["Id"]})
    assert json.loads(found["output"])["Build"]["Id"] == build["Id"], found
    failed(world.task("codebuild:startBuild.sync", {"ProjectName": "none"}),
           "CodeBuild.ResourceNotFoundException")


@check
def sagemaker(world):
    output = world.example("sagemaker")
    assert output["training"]["TrainingJobStatus"] == "Completed", output
    assert output["model"]["ModelArn"].endswith("/model-1"), output
    failed(world.task("sagemaker:createEndpoint",
                      {"EndpointName": "e", "EndpointConfigName": "none"}),
           "SageMaker.AmazonSageMakerException", "Service: AmazonSageMaker")


@check
def emr(world):
    output = world.example("emr")
    assert output["cluster"]["ClusterId"] == "j-1", output
    assert output["cluster"]["Cluster"]["Status"]["State"] == "WAITING", output
    assert output["step"]["Step"]["Status"]["State"] == "COMPLETED", output
    sent = {headers["X-Amz-Target"].split(".")[1]: json.loads(body)
            for _, _, headers, body in world.stub.requests if "X-Amz-Target" in headers}
    assert sent["TerminateJobFlows"] == {"JobFlowIds": ["j-1"]}, sent
    assert sent["AddJobFlowSteps"]["Steps"][0]["Name"] == "count", sent


@check
def emr_containers(world):
    clusters, kubernetes = world.moto.client("emr-containers"), world.moto.client("eks")
    kubernetes.create_cluster(name="k", roleArn=ROLE, resourcesVpcConfig={"subnetIds": []})
    cluster = clusters.create_virtual_cluster(name="v", containerProvider={
        "type": "EKS", "id": "k", "info": {"eksInfo": {"namespace": "n"}}})["id"]
    arn = world.start(json.loads((EXAMPLES / "emr-containers.asl.json").read_text()),
                      {"cluster": cluster, "role": ROLE})
    wait_for_event(world.client, arn, "TaskSubmitted")
    # moto's job runs for ever: it is cancelled with its execution.
    world.client.stop_execution(executionArn=arn)
    until("the job run is not cancelled", lambda: [
        run for run in clusters.list_job_runs(virtualClusterId=cluster)["jobRuns"]
        if run["state"] == "CANCELLED"])


@check
def emr_serverless(world):
    output = world.example("emr-serverless")
    states = [output[name]["Application"]["State"]
              for name in ("created", "started", "stopped", "deleted")]
    assert states[1:] == ["STARTED", "STOPPED", "TERMINATED"], states


@check
def eks(world):
    output = world.example("eks")
    assert output["created"]["Cluster"]["Status"] == "ACTIVE", output
    assert output["deleted"]["Cluster"]["Name"] == "demo", output
    failed(world.task("eks:createNodegroup", {
        "ClusterName": "none", "NodegroupName": "n", "NodeRole": ROLE, "Subnets": ["s"]}),
           "EKS.ResourceNotFoundException")


@check
def databrew(world):
    output = world.example("databrew")
    assert output["State"] == "SUCCEEDED", output


@check
def bedrock(world):
    output = world.example("bedrock")
    assert output == {"echo": {"inputText": "What is durable execution?"}}, output


@check
def mediaconvert(world):
    output = world.example("mediaconvert")
    assert output["Job"]["Status"] == "COMPLETE", output
    sent = [json.loads(body) for _, path, _, body in world.stub.requests
            if path == "/2017-08-29/jobs"]
    assert sent[0]["settings"]["inputs"][0]["fileInput"] == "s3://videos/in.mp4", sent
    assert sent[0]["clientRequestToken"], sent


@check
def api_gateway(world):
    output = world.example("api-gateway", api=world.stub.endpoint)
    assert (output["StatusCode"], output["StatusText"]) == (200, "OK"), output
    assert output["ResponseBody"] == {"bill": 1}, output
    method, path, headers, body = world.stub.requests[-1]
    assert (method, path, json.loads(body)) == (
        "POST", "/prod/bills?order=o-1", {"order": "o-1"}), (method, path, body)
    assert "Authorization" not in headers
    signed = {"ApiEndpoint": world.stub.endpoint, "Method": "GET", "Stage": "prod",
              "Path": "bills", "AuthType": "IAM_ROLE"}
    assert world.task("apigateway:invoke", signed)["status"] == "SUCCEEDED"
    assert "/us-east-1/execute-api/aws4_request" in world.stub.requests[-1][2]["Authorization"]
    failed(world.task("apigateway:invoke", {
        "ApiEndpoint": world.stub.endpoint, "Method": "GET", "Path": "status/403"}),
           "ApiGateway.403", "^said GET$")


def connection(name: str) -> dict:
    """The authentication by a connection."""
    return {"ConnectionArn": f"arn:aws:events:us-east-1:000000000000:connection/{name}/1"}


@check
def http_task(world):
    output = world.example("http-task", api=world.stub.endpoint + "/v1/charges")
    assert (output["StatusCode"], output["ResponseBody"]) == (201, {"id": "c-1"}), output
    _, _, headers, body = world.stub.requests[-1]
    # What is given as it is comes first, then what paths lead to.
    assert body == "currency=eur&amount=1250", body
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"shop:secret").decode(), headers
    assert headers["X-Shop"] == "7", headers
    for name, header, value in (("keyed", "X-Key", "k-1"),
                                ("tokens", "Authorization", "Bearer t-1")):
        found = world.task("http:invoke", {
            "ApiEndpoint": world.stub.endpoint + "/v1/charges", "Method": "GET",
            "Authentication": connection(name)})
        assert found["status"] == "SUCCEEDED", found
        assert world.stub.requests[-1][2][header] == value
    for status in (404, 429, 500, 302):
        failed(world.task("http:invoke", {
            "ApiEndpoint": f"{world.stub.endpoint}/status/{status}", "Method": "GET",
            "Authentication": connection("keyed")}),
               f"States.Http.StatusCode.{status}", "^said GET$")
    failed(world.task("http:invoke", {
        "ApiEndpoint": "http://127.0.0.1:1/", "Method": "GET",
        "Authentication": connection("keyed")}), "States.Http.Socket")
    failed(world.task("http:invoke", {
        "ApiEndpoint": world.stub.endpoint, "Method": "GET",
        "Authentication": connection("none")}), "Events.ConnectionResource.ResourceNotFound")


@check
def http_task_in_test_state(world):
    state = {"Type": "Task", "Resource": RESOURCE + "http:invoke", "End": True, "Parameters": {
        "ApiEndpoint": world.stub.endpoint + "/v1/charges", "Method": "POST",
        "Authentication": connection("payments"), "RequestBody": {"a": 1}}}
    client = boto3.client(
        "stepfunctions", endpoint_url=world.server.endpoint, region_name="us-east-1",
        config=Config(inject_host_prefix=False, retries={"total_max_attempts": 1}),
        aws_access_key_id="local", aws_secret_access_key="local")
    for level, reveals in (("DEBUG", False), ("TRACE", False), ("TRACE", True)):
        found = client.test_state(
            definition=json.dumps(state), roleArn=ROLE, inspectionLevel=level,
            revealSecrets=reveals)
        assert found["status"] == "SUCCEEDED", found
        data = found["inspectionData"]
        if level == "DEBUG":
            assert "request" not in data, data
            continue
        assert data["request"]["method"] == "POST", data
        assert data["request"]["body"] == '{"a":1}', data
        assert ("c2hvcDpzZWNyZXQ" in data["request"]["headers"]) == reveals, data
        assert data["response"]["statusCode"] == "201", data
        assert json.loads(data["response"]["body"]) == {"id": "c-1"}, data


@check
def jobs_over_kill(world):
    """`kill -9` while jobs run: each is submitted once, and its end found."""
    jobs = world.moto.client("glue")
    jobs.create_job(Name="long", Role="r", Command={"Name": "glueetl"},
                    ExecutionProperty={"MaxConcurrentRuns": 50})
    world.moto.post("/moto-api/state-manager/set-transition", {
        "model_name": "glue::job_run", "transition": {"progression": "manual", "times": 200}})
    try:
        definition = one("glue:startJobRun.sync", {"JobName": "long"})
        arns = [world.start(definition) for _ in range(10)]
        for arn in arns:
            wait_for_event(world.client, arn, "TaskSubmitted")
        for _ in range(2):
            world.server.kill()
            world.server.start()
        world.moto.post("/moto-api/state-manager/set-transition", {
            "model_name": "glue::job_run", "transition": {"progression": "immediate"}})
        for arn in arns:
            assert ended(world.client, arn)["status"] == "SUCCEEDED"
        assert len(jobs.get_job_runs(JobName="long")["JobRuns"]) == len(arns)
    finally:
        world.moto.post("/moto-api/state-manager/unset-transition", {
            "model_name": "glue::job_run"})


@check
def jobs_of_aborted_executions(world):
    """Stopped with their execution, also when the server dies right behind the answer."""
    containers = world.moto.client("ecs")
    world.moto.post("/moto-api/state-manager/set-transition", {
        "model_name": "ecs::task", "transition": {"progression": "manual", "times": 10_000}})
    try:
        def running() -> set[str]:
            return set(containers.list_tasks(
                cluster="shop", desiredStatus="RUNNING")["taskArns"])

        others = running()
        task = one("ecs:runTask.sync", {"Cluster": "shop", "TaskDefinition": "report"})
        for how in ("stop", "kill", "timeout"):
            if how == "timeout":
                task["States"]["T"]["TimeoutSeconds"] = 1
            arns = [world.start(task) for _ in range(5)]
            for arn in arns:
                wait_for_event(world.client, arn, "TaskSubmitted")
            for arn in arns if how != "timeout" else []:
                world.client.stop_execution(executionArn=arn)
            if how == "kill":
                world.server.kill()
                world.server.start()
            until("jobs run on", lambda: running() == others)
    finally:
        world.moto.post("/moto-api/state-manager/unset-transition", {"model_name": "ecs::task"})


@check
def ecs_here(world):
    assert world.example("ecs-local") == {"exitCode": 0}
    failed(ended(world.client, world.start_example("ecs-local", who="")),
           "States.TaskFailed", '"ExitCode":1')


@check
def batch_here(world):
    shares = world.folder / "shares"
    output = world.example("batch-local", file=str(shares))
    assert output["status"] == "SUCCEEDED" and len(output["after"]) == 1, output
    assert sorted(shares.read_text().splitlines()) == [
        f"share {number} of 4" for number in range(4)], shares.read_text()


@check
def nested(world):
    execution = world.start_example("nested")
    found = ended(world.client, execution)
    assert json.loads(found["output"]) == {"factorial": 120}, found
    runs = world.client.list_executions(stateMachineArn=found["stateMachineArn"])["executions"]
    assert len(runs) == 5, runs


@check
def activity(world):
    arn = world.client.create_activity(name="pack")["activityArn"]
    for answer in ("success", "failure"):
        execution = world.start_example("activity")
        task = world.client.get_activity_task(activityArn=arn, workerName="w")
        assert json.loads(task["input"]) == {"order": "o-1", "items": 3}, task
        world.client.send_task_heartbeat(taskToken=task["taskToken"])
        if answer == "success":
            world.client.send_task_success(taskToken=task["taskToken"], output='{"parcel": 1}')
            wanted = {"parcel": 1}
        else:
            world.client.send_task_failure(taskToken=task["taskToken"], error="Broken")
            wanted = {"parcel": "a new one"}
        assert json.loads(ended(world.client, execution)["output"]) == wanted


@check
def lambda_callback(world):
    execution = world.start_example("lambda-callback", order="o-7")
    log = pathlib.Path(world.server.scratch.name, "output")
    token = until("the function says nothing", lambda: re.search(
        r"answer order o-7 with ([\w+/=-]+)", log.read_text()))[1]
    world.client.send_task_success(taskToken=token, output='"yes"')
    assert ended(world.client, execution)["output"] == '"yes"'


@check
def aws_sdk(world):
    output = world.example("aws-sdk")
    assert output["read"] == {"value": "250"}, output
    assert output["gone"]["Error"] == "Ssm.ParameterNotFoundException", output


@check
def refusals(world):
    """What no integration does fails by name."""
    for resource in ("eks:runJob.sync", "eks:call", "bedrockagentcore:invokeHarness"):
        failed(world.task(resource, {}), "Stepwell.NoHandler", resource)
    failed(world.task("sqs:sendMessage", {"Body": "x"}), "States.Runtime",
           "The field 'Body' is not supported by Step Functions")


@check
def every_example_is_run(_):
    text = pathlib.Path(__file__).read_text()
    readme = (EXAMPLES / "README.md").read_text()
    for path in EXAMPLES.glob("*.asl.json"):
        name = path.name.removesuffix(".asl.json")
        assert f"| `{name}` |" in readme, name
        assert path.with_suffix("").with_suffix(".input.json").exists(), name
    mine = set(re.findall(r"^\| `([a-z-]+)` \|", readme, re.MULTILINE))
    # Other scripts run these.
    others = {"lambda", "map-over-csv"}
    missing = [name for name in mine - others if f'"{name}' not in text]
    assert not missing, missing


def main() -> int:
    with contextlib.ExitStack() as stack:
        return check.run(World(stack, Moto()))


if __name__ == "__main__":
    sys.exit(main())
