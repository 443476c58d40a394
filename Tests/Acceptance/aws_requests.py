#!/usr/bin/env python3
"""The requests of SDK integrations, compared with botocore's for the same parameters.

Parameters are made up from the service models, every member of them; both sides send them to a
server that notes what comes. Prints `N passed, N failed`.

    aws_requests.py                 # a sample of services and the actions that are built in
    aws_requests.py --each 3        # three actions of every service
    aws_requests.py sqs ec2         # all actions of some services
"""

import argparse
import base64
import datetime
import gzip
import http.server
import json
import os
import pathlib
import random
import re
import sys
import threading
import urllib.parse
import xml.etree.ElementTree

import botocore
import botocore.session
from botocore.config import Config

from api_boto3 import ended, machine
from sfnctl_server import Server

DATA = pathlib.Path(botocore.__file__).parent / "data"
TIME = datetime.datetime(2021, 3, 4, 5, 6, 7, tzinfo=datetime.timezone.utc)
SAMPLE = ["sqs", "sns", "ec2", "s3", "dynamodb", "lambda", "batch", "ecs", "cloudwatch", "route53",
          "iam", "sts", "events", "glue", "kms", "secretsmanager", "rds", "cloudfront", "kinesis",
          "logs", "ssm", "apigateway", "autoscaling", "iot-data", "medialive", "connect", "eks",
          "sagemaker", "athena", "codebuild", "bedrock-runtime", "cognito-idp", "firehose"]
# The actions whose members are built in, and some of those whose members pass as they are; the
# others are those of service_requests.py.
BUILT_IN = {
    "sqs": ["SendMessage", "ReceiveMessage"], "sns": ["Publish"],
    "dynamodb": ["GetItem", "PutItem", "Query"], "events": ["PutEvents"],
    "ecs": ["RunTask", "StopTask"],
    "batch": ["SubmitJob", "DescribeJobs"], "glue": ["StartJobRun"], "emr": ["AddJobFlowSteps"],
    "athena": ["StartQueryExecution"], "codebuild": ["StartBuild"],
    "sagemaker": ["CreateTrainingJob"], "emr-containers": ["StartJobRun", "DescribeJobRun"],
    "emr-serverless": ["StartJobRun", "CancelJobRun"],
    "eks": ["CreateCluster", "DescribeNodegroup"],
    "bedrock": ["CreateModelCustomizationJob"], "bedrock-runtime": ["InvokeModel"],
    "bedrock-agentcore": ["InvokeAgentRuntime"],
    "mediaconvert": ["GetJob"], "databrew": ["StartJobRun"],
    "s3": ["GetObject", "HeadObject", "PutObject", "DeleteObject", "ListObjectsV2",
           "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload",
           "AbortMultipartUpload"],
    "sts": ["AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity"],
}
# What botocore sends of its own accord, or HTTP clients do.
IGNORED = {
    "user-agent", "x-amz-user-agent", "x-amz-date", "authorization", "amz-sdk-invocation-id",
    "amz-sdk-request", "host", "connection", "accept-encoding", "content-length", "expect",
    "x-amz-content-sha256", "x-amz-security-token", "x-amz-checksum-mode", "accept", "date",
    "x-amz-trace-id", "transfer-encoding",
}
# Members that are not given: botocore makes hosts, dates and the length of a body of them.
LEFT_OUT = {"ContentLength", "EndpointId", "Expires"}
# Actions to which botocore has handlers that change what the parameters say.
CHANGED = {
    "apigateway.GetExport", "apigateway.GetSdk", "cloudfront.CreateDistributionWithTags",
    "ec2.CopySnapshot", "ec2.RunInstances", "rds.CopyDBSnapshot", "rds.CreateDBInstanceReadReplica",
    "lambda.Invoke", "s3.WriteGetObjectResponse", "s3.GetBucketLocation",
    "sts.GetDelegatedAccessToken",
}


class Notes(http.server.ThreadingHTTPServer):
    """A server that notes requests and answers with nothing much."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests = []
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def take(self):
        """The last request, and forgets it."""
        taken, self.requests = self.requests, []
        return taken[-1] if taken else None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        if self.headers.get("Expect") == "100-continue":
            pass
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.requests.append((self.command, self.path, dict(
            (name.lower(), value) for name, value in self.headers.items()), body))
        kind = self.headers.get("Content-Type", "")
        text = b"<R></R>" if "urlencoded" in kind or "xml" in kind else b"{}"
        if self.headers.get("smithy-protocol"):
            text = b"\xa0"
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        if self.headers.get("smithy-protocol"):
            self.send_header("smithy-protocol", "rpc-v2-cbor")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = answer

    def log_message(self, *_):
        pass


def spelled(name: str) -> str:
    """A member's name as SDK integrations have it: Java's field, then a capital."""
    match = re.match(r"[A-Z]+(?![a-z])", name)
    if match and len(match.group()) > 1:
        name = match.group()[0] + match.group()[1:].lower() + name[match.end():]
    return name[:1].upper() + name[1:]


class Sampler:
    """Makes up values of shapes: for botocore, and as a task's parameters have them."""

    def __init__(self, model: dict, seed: str, spell=spelled):
        self.spell = spell
        self.shapes, self.random = model["shapes"], random.Random(seed)
        self.is_plain = False

    def value(self, reference: dict, depth: int = 0, payload: bool = False):
        shape = {**self.shapes[reference["shape"]], **reference}
        kind = shape["type"]
        if kind == "structure":
            return self.structure(shape, depth)
        if kind == "list":
            pairs = [self.value(shape["member"], depth + 1)
                     for _ in range(max(shape.get("min", 0), 2 if depth < 4 else 1))]
            return [left for left, _ in pairs], [right for _, right in pairs]
        if kind == "map":
            self.is_plain = shape.get("location") == "headers"
            key = self.value(shape["key"], depth + 1)[0]
            left, right = self.value(shape["value"], depth + 1)
            self.is_plain = False
            if shape.get("location") == "headers":
                key = "key"
            return {key: left}, {key: right}
        if kind == "blob":
            data = b"\x00bytes\xff" if not payload else b'{"body":1}'
            return data, {"body": 1} if payload else base64.b64encode(data).decode()
        value = self.scalar(shape, kind)
        if kind == "timestamp":
            return TIME, TIME.strftime("%Y-%m-%dT%H:%M:%SZ")
        if shape.get("jsonvalue"):
            return {"j": 1}, {"j": 1}
        return value, value

    def scalar(self, shape: dict, kind: str):
        if kind in ("integer", "long", "short", "byte"):
            return max(shape.get("min", 0), 7) if shape.get("max", 99) >= 7 else shape["max"]
        if kind in ("float", "double"):
            return 1.5
        if kind == "boolean":
            return True
        if "enum" in shape:
            return shape["enum"][0]
        if shape.get("hostLabel"):
            return "label-1"
        texts = ["Ab1", "a b&c/d", "<x>'\"", "k=v+1"]
        if shape.get("location") not in ("header", "headers") and not self.is_plain:
            texts.append("ü")
        text = self.random.choice(texts)
        return text + "x" * max(0, shape.get("min", 0) - len(text))

    def structure(self, shape: dict, depth: int):
        if shape.get("document"):
            return {"any": [1, "x"]}, {"any": [1, "x"]}
        left, right = {}, {}
        names = list(shape.get("members", {}))
        if shape.get("union"):
            names = names[:1]
        for name in names:
            member = shape["members"][name]
            target = self.shapes[member["shape"]]
            if depth > 5 and name not in shape.get("required", []):
                continue
            # What botocore needs more for than it has, or reads anew.
            if target.get("eventstream") or name in LEFT_OUT:
                continue
            if {**target, **member}.get("location") == "uri":
                value = ("Label-1", "Label-1") if target["type"] == "string" else \
                    self.value(member, depth + 1)
            else:
                value = self.value(member, depth + 1, payload=shape.get("payload") == name)
            # DynamoDB's own JSON keeps its names.
            is_own = "BOOL" in shape["members"]
            left[name], right[name if is_own else self.spell(name)] = value
        return left, right


def model(service: str) -> dict:
    """The newest model of a service."""
    path = sorted((DATA / service).glob("*/service-2.json*"))[-1]
    data = path.read_bytes()
    return json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)


def resource_name(service: str, described: dict) -> str:
    """The service in resources, by the rules of the SDK for Java."""
    words = re.sub(r"[^A-Za-z0-9]+", " ", described["metadata"]["serviceId"]).split()
    name = "".join(words).lower()
    return re.sub("service$", "", re.sub("^(amazon|aws)", "", name))


def parsed(request, protocol: str):
    """What of a request counts."""
    method, target, headers, body = request
    path, _, query = target.partition("?")
    kept = {name: value for name, value in headers.items() if name not in IGNORED}
    if "content-type" in kept:
        kept["content-type"] = kept["content-type"].split(";")[0]
    # The SDKs say of XML that it is XML; botocore does not.
    if not body or protocol == "rest-xml":
        kept.pop("content-type", None)
    pairs = sorted(urllib.parse.parse_qsl(query, keep_blank_values=True))
    return {"method": method, "path": urllib.parse.unquote(path), "query": pairs, "headers": kept,
            "body": parsed_body(body, headers.get("content-type", ""), protocol)}


def parsed_body(body: bytes, kind: str, protocol: str):
    """A body by what it means."""
    if not body:
        return None
    if protocol in ("query", "ec2"):
        return sorted(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
    try:
        return json.loads(body)
    except ValueError:
        pass
    try:
        return plain(xml.etree.ElementTree.fromstring(body))
    except xml.etree.ElementTree.ParseError:
        return body


def plain(node):
    """An XML element as lists."""
    return [node.tag, sorted(node.attrib.items()), node.text or "", [plain(each) for each in node]]


class Comparison:
    """Both sides, and what came of it."""

    def __init__(self, server: Server, notes: Notes):
        self.client, self.notes, self.server = server.client(), notes, server
        self.session = botocore.session.get_session()
        self.passed, self.failed, self.clients = 0, 0, {}

    def botocore(self, service: str):
        if service not in self.clients:
            self.clients[service] = self.session.create_client(
                service, region_name="us-east-1", endpoint_url=self.notes.url,
                aws_access_key_id="a", aws_secret_access_key="b",
                config=Config(retries={"total_max_attempts": 1}, inject_host_prefix=False,
                              s3={"addressing_style": "path"}))
        return self.clients[service]

    def compare(self, service: str, described: dict, action: str) -> None:
        """Sends one action from both sides."""
        name = f"{service}.{action}"
        operation = described["operations"][action]
        left, right = ({}, {}) if "input" not in operation else \
            Sampler(described, name).value(operation["input"])
        protocol = described["metadata"]["protocol"]
        try:
            client = self.botocore(service)
            method = next(key for key, value in client.meta.method_to_api_mapping.items()
                          if value == action)
            self.notes.take()
            try:
                getattr(client, method)(**left)
            except botocore.exceptions.ClientError:
                pass
            except Exception as error:  # pylint: disable=broad-except
                if not self.notes.requests:
                    return self.skip(name, f"botocore: {error!r:.150}")
            expected = self.notes.take()
        except StopIteration:
            return self.skip(name, "botocore has no such method")
        arn = machine(self.client, f"c{self.passed + self.failed}-{os.urandom(4).hex()}", {
            "StartAt": "T", "States": {"T": {
                "Type": "Task", "End": True, "QueryLanguage": "JSONPath",
                "Resource": f"arn:aws:states:::aws-sdk:{resource_name(service, described)}:"
                            f"{action[:1].lower()}{action[1:]}",
                "InputPath": "$"}}})
        run = self.client.start_execution(stateMachineArn=arn, input=json.dumps(right))
        found = ended(self.client, run["executionArn"])
        actual = self.notes.take()
        if actual is None:
            return self.fail(name, f"nothing was sent: {found.get('error')}: "
                                   f"{found.get('cause', '')[-300:]}")
        before, after = parsed(expected, protocol), parsed(actual, protocol)
        wrong = [key for key in before if before[key] != after[key]]
        if wrong:
            return self.fail(name, "\n".join(
                f"  {key}: botocore {before[key]!r:.1200}\n  {' ' * len(key)}      ours "
                f"{after[key]!r:.1200}" for key in wrong))
        self.passed += 1
        return None

    def fail(self, name: str, text: str) -> None:
        self.failed += 1
        print(f"FAIL {name}\n{text}", flush=True)

    def skip(self, name: str, text: str) -> None:
        print(f"     {name}: {text}", flush=True)


def chosen(services: list[str], each: int | None, built_in: bool):
    """The services, their models and the actions to compare."""
    for service in services:
        described = model(service)
        names = sorted(
            name for name, operation in described["operations"].items()
            if f"{service}.{name}" not in CHANGED and not streams(described, operation))
        if built_in:
            names = BUILT_IN[service]
        elif each is not None:
            names = random.Random(service).sample(names, min(each, len(names)))
        for name in names:
            yield service, described, name


def streams(described: dict, operation: dict) -> bool:
    """Whether an action has a stream of events, which is refused."""
    for side in ("input", "output"):
        shape = described["shapes"].get(operation.get(side, {}).get("shape"), {})
        if any(described["shapes"][member["shape"]].get("eventstream")
               for member in shape.get("members", {}).values()):
            return True
    return False


def main() -> int:
    """Runs the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("services", nargs="*")
    parser.add_argument("--each", type=int, help="so many actions of every service")
    options = parser.parse_args()
    notes = Notes()
    os.environ.update(AWS_ENDPOINT_URL=notes.url, AWS_ACCESS_KEY_ID="a", AWS_REGION="us-east-1",
                      AWS_SECRET_ACCESS_KEY="b", AWS_DATA_PATH=str(DATA))
    passed = failed = 0
    rounds = [(options.services or SAMPLE, None if options.services else 4, False)]
    if options.each:
        rounds = [(sorted(path.name for path in DATA.iterdir() if path.is_dir() and
                          list(path.glob("*/service-2.json*"))), options.each, False)]
    elif not options.services:
        rounds.append((sorted(BUILT_IN), None, True))
    for services, each, built_in in rounds:
        if built_in:
            os.environ["STEPWELL_AWS_MODELS"] = "builtin"
        with Server() as server:
            comparison = Comparison(server, notes)
            for service, described, action in chosen(services, each, built_in):
                comparison.compare(service, described, action)
            passed, failed = passed + comparison.passed, failed + comparison.failed
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
