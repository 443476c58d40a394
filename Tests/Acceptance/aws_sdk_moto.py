#!/usr/bin/env python3
"""Tasks with SDK integrations against a moto server: every protocol, results and errors.

Prints `N passed, N failed`.
"""

import base64
import json
import os
import pathlib
import re
import socket
import sys
import threading
import time

import botocore

from api_boto3 import ended, machine
from checks import Checks
from moto_server import Moto
from sfnctl_server import Server, free_port

check = Checks()
ROLE = "arn:aws:iam::123456789012:role/worker"
count = 0


def run(client, resource: str, parameters: dict, **state) -> dict:
    """The description of an execution whose one task calls an action."""
    global count
    count += 1
    arn = machine(client, f"sdk{count}", {"StartAt": "T", "States": {"T": {
        "Type": "Task", "Resource": f"arn:aws:states:::aws-sdk:{resource}",
        "Parameters": parameters, "End": True, **state}}})
    return ended(client, client.start_execution(stateMachineArn=arn)["executionArn"])


def output(client, resource: str, parameters: dict, **state) -> dict:
    """The output of a task that succeeds."""
    found = run(client, resource, parameters, **state)
    assert found["status"] == "SUCCEEDED", (resource, found.get("error"), found.get("cause"))
    return json.loads(found["output"])


def error(client, resource: str, parameters: dict, **state) -> tuple[str, str]:
    """Error and cause of a task that fails."""
    found = run(client, resource, parameters, **state)
    assert found["status"] == "FAILED", (resource, found)
    return found["error"], found.get("cause", "")


@check
def json_protocol(moto, client):
    url = output(client, "sqs:createQueue", {"QueueName": "q"})["QueueUrl"]
    sent = output(client, "sqs:sendMessage", {"QueueUrl": url, "MessageBody": {"a": [1]}})
    assert set(sent) >= {"MD5OfMessageBody", "MessageId"} or "Md5OfMessageBody" in sent, sent
    received = moto.client("sqs").receive_message(QueueUrl=url)["Messages"]
    assert json.loads(received[0]["Body"]) == {"a": [1]}, received
    name, cause = error(client, "sqs:getQueueUrl", {"QueueName": "none"})
    assert name == "Sqs.QueueDoesNotExistException", (name, cause)
    assert "(Service: Sqs, Status Code: 400, Request ID: " in cause, cause

    output(client, "dynamodb:createTable", {
        "TableName": "t", "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]})
    item = {"id": {"S": "1"}, "raw": {"B": base64.b64encode(b"\x00\xff").decode()},
            "n": {"N": 5}, "m": {"M": {"lower": {"BOOL": True}}}}
    assert output(client, "dynamodb:putItem", {"TableName": "t", "Item": item}) == {}
    got = output(client, "dynamodb:getItem", {"TableName": "t", "Key": {"id": {"S": "1"}}})
    assert got["Item"]["raw"] == item["raw"] and got["Item"]["n"] == {"N": "5"}, got
    stored = moto.client("dynamodb").get_item(TableName="t", Key={"id": {"S": "1"}})["Item"]
    assert stored["raw"]["B"] == b"\x00\xff" and stored["m"] == {"M": {"lower": {"BOOL": True}}}
    name, cause = error(client, "dynamodb:putItem", {
        "TableName": "t", "Item": item, "ConditionExpression": "attribute_not_exists(id)"})
    assert name == "DynamoDb.ConditionalCheckFailedException", (name, cause)
    name, cause = error(client, "dynamodb:getItem", {"TableName": "none", "Key": item})
    assert name == "DynamoDb.ResourceNotFoundException", (name, cause)
    assert re.search(r"\(Service: DynamoDb, Status Code: 400, Request ID: \S+\) "
                     r"\(SDK Attempt Count: 1\)$", cause), cause


@check
def secrets_keys_and_parameters(moto, client):
    assert output(client, "secretsmanager:listSecrets", {}) == {"SecretList": []}
    made = output(client, "secretsmanager:createSecret", {"Name": "s", "SecretString": {"a": 1}})
    got = output(client, "secretsmanager:getSecretValue", {"SecretId": made["Arn"]})
    assert got["SecretString"] == '{"a":1}', got
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", got["CreatedDate"]), got
    name, _ = error(client, "secretsmanager:getSecretValue", {"SecretId": "none"})
    assert name == "SecretsManager.ResourceNotFoundException", name

    key = output(client, "kms:createKey", {})["KeyMetadata"]["KeyId"]
    text = base64.b64encode(b"hidden").decode()
    packed = output(client, "kms:encrypt", {"KeyId": key, "Plaintext": text})["CiphertextBlob"]
    assert output(client, "kms:decrypt", {"CiphertextBlob": packed})["Plaintext"] == text

    output(client, "ssm:putParameter", {"Name": "/p", "Value": 5, "Type": "String"})
    assert output(client, "ssm:getParameter", {"Name": "/p"})["Parameter"]["Value"] == "5"
    name, _ = error(client, "ssm:getParameter", {"Name": "/none"})
    assert name == "Ssm.ParameterNotFoundException", name


@check
def query_protocol(moto, client):
    topic = output(client, "sns:createTopic", {"Name": "t"})["TopicArn"]
    sent = output(client, "sns:publish", {"TopicArn": topic, "Message": "m", "MessageAttributes": {
        "k": {"DataType": "String", "StringValue": "v"}}})
    assert re.fullmatch(r"[0-9a-f-]{36}", sent["MessageId"]), sent
    name, cause = error(client, "sns:publish", {"TopicArn": topic + "x", "Message": "m"})
    assert name == "Sns.NotFoundException" and "Status Code: 404" in cause, (name, cause)

    role = output(client, "iam:createRole", {
        "RoleName": "worker", "AssumeRolePolicyDocument": {"Version": "2012-10-17",
                                                           "Statement": []}})["Role"]
    assert role["Arn"].endswith(":role/worker") and role["CreateDate"].endswith("Z"), role
    assert "Path" in output(client, "iam:getRole", {"RoleName": "worker"})["Role"]
    name, _ = error(client, "iam:getRole", {"RoleName": "none"})
    assert name == "Iam.NoSuchEntityException", name
    name, _ = error(client, "rds:describeDBInstances", {"DbInstanceIdentifier": "none"})
    assert name == "Rds.DbInstanceNotFoundException", name
    assert output(client, "sts:getCallerIdentity", {})["Account"] == "123456789012"
    stacks = output(client, "cloudformation:listStacks", {})
    assert stacks == {"StackSummaries": []}, stacks


@check
def ec2_protocol(moto, client):
    vpc = output(client, "ec2:createVpc", {"CidrBlock": "10.7.0.0/16"})["Vpc"]
    assert vpc["CidrBlock"] == "10.7.0.0/16" and vpc["IsDefault"] is False, vpc
    found = output(client, "ec2:describeVpcs", {
        "Filters": [{"Name": "cidr", "Values": ["10.7.0.0/16"]}]})["Vpcs"]
    assert [each["VpcId"] for each in found] == [vpc["VpcId"]], found
    name, cause = error(client, "ec2:describeVpcs", {"VpcIds": ["vpc-none"]})
    assert name == "Ec2.Ec2Exception" and "Service: Ec2, Status Code: 400" in cause, (name, cause)


@check
def rest_xml_protocol(moto, client):
    output(client, "s3:createBucket", {"Bucket": "bucket-a"})
    put = output(client, "s3:putObject", {
        "Bucket": "bucket-a", "Key": "a b/ü+.json", "Body": {"v": [1, "x"]},
        "Metadata": {"who": "me"}, "ContentType": "application/json"})
    assert put["ETag"].startswith('"'), put
    stored = moto.client("s3").get_object(Bucket="bucket-a", Key="a b/ü+.json")
    assert json.loads(stored["Body"].read()) == {"v": [1, "x"]}
    got = output(client, "s3:getObject", {"Bucket": "bucket-a", "Key": "a b/ü+.json"})
    assert got["Body"] == '{"v":[1,"x"]}' and got["Metadata"] == {"who": "me"}, got
    assert got["ContentLength"] == 13 and got["LastModified"].endswith("Z"), got
    moto.client("s3").put_object(Bucket="bucket-a", Key="z", Body=b"")
    listed = output(client, "s3:listObjectsV2", {"Bucket": "bucket-a"})
    assert [each["Key"] for each in listed["Contents"]] == ["a b/ü+.json", "z"], listed
    assert listed["IsTruncated"] is False and listed["KeyCount"] == 2, listed
    deleted = output(client, "s3:deleteObjects", {
        "Bucket": "bucket-a", "Delete": {"Objects": [{"Key": "z"}]}})
    assert deleted["Deleted"] == [{"Key": "z"}], deleted
    name, cause = error(client, "s3:getObject", {"Bucket": "bucket-a", "Key": "none"})
    assert name == "S3.NoSuchKeyException" and "Service: S3, Status Code: 404" in cause, cause
    name, _ = error(client, "s3:headObject", {"Bucket": "bucket-a", "Key": "none"})
    assert name == "S3.NoSuchKeyException", name
    name, _ = error(client, "s3:listObjectsV2", {"Bucket": "bucket-none"})
    assert name == "S3.NoSuchBucketException", name
    zone = output(client, "route53:createHostedZone", {"Name": "x.test.", "CallerReference": "1"})
    assert zone["HostedZone"]["Name"] == "x.test.", zone
    assert len(output(client, "route53:listHostedZones", {})["HostedZones"]) == 1


@check
def rest_json_protocol(moto, client):
    api = output(client, "apigateway:createRestApi", {"Name": "n", "Tags": {"Team": "x"}})
    assert api["Name"] == "n" and api["Tags"] == {"Team": "x"}, api
    got = output(client, "apigateway:getRestApi", {"RestApiId": api["Id"]})
    assert got["Id"] == api["Id"], got
    name, _ = error(client, "apigateway:getRestApi", {"RestApiId": "none"})
    assert name == "ApiGateway.NotFoundException", name
    name, _ = error(client, "lambda:getFunction", {"FunctionName": "none"})
    assert name == "Lambda.ResourceNotFoundException", name
    assert output(client, "lambda:listFunctions", {}) == {"Functions": []}
    assert output(client, "batch:describeJobQueues", {})["JobQueues"] == []
    assert output(client, "eks:listClusters", {})["Clusters"] == []


@check
def more_services(moto, client):
    output(client, "cloudwatchlogs:createLogGroup", {"LogGroupName": "/g"})
    groups = output(client, "cloudwatchlogs:describeLogGroups", {})["LogGroups"]
    assert [each["LogGroupName"] for each in groups] == ["/g"], groups
    output(client, "cloudwatch:putMetricData", {"Namespace": "n", "MetricData": [
        {"MetricName": "m", "Value": 1.5, "Timestamp": "2026-01-01T00:00:00Z"}]})
    metrics = output(client, "cloudwatch:listMetrics", {"Namespace": "n"})["Metrics"]
    assert [each["MetricName"] for each in metrics] == ["m"], metrics
    rule = output(client, "eventbridge:putRule", {
        "Name": "r", "EventPattern": {"source": ["a"]}})["RuleArn"]
    assert output(client, "eventbridge:listRules", {})["Rules"][0]["Arn"] == rule
    output(client, "glue:createDatabase", {"DatabaseInput": {"Name": "d"}})
    assert output(client, "glue:getDatabase", {"Name": "d"})["Database"]["Name"] == "d"
    output(client, "ecs:createCluster", {"ClusterName": "c"})
    assert len(output(client, "ecs:listClusters", {})["ClusterArns"]) == 1
    output(client, "kinesis:createStream", {"StreamName": "k", "ShardCount": 1})
    put = output(client, "kinesis:putRecord", {
        "StreamName": "k", "PartitionKey": "p", "Data": base64.b64encode(b"d").decode()})
    assert put["ShardId"].startswith("shardId-"), put
    pool = output(client, "cognitoidentityprovider:createUserPool", {"PoolName": "p"})
    assert pool["UserPool"]["Name"] == "p", pool
    output(client, "elasticloadbalancingv2:describeLoadBalancers", {})


@check
def callback(moto, client):
    url = moto.client("sqs").create_queue(QueueName="callback")["QueueUrl"]
    arn = machine(client, "callback", {"StartAt": "T", "States": {"T": {
        "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": url, "MessageBody": {"token.$": "$$.Task.Token"}},
        "End": True}}})
    started = client.start_execution(stateMachineArn=arn)["executionArn"]
    messages = []
    deadline = time.monotonic() + 20
    while not messages and time.monotonic() < deadline:
        messages = moto.client("sqs").receive_message(QueueUrl=url).get("Messages", [])
    client.send_task_success(taskToken=json.loads(messages[0]["Body"])["token"], output='"done"')
    assert json.loads(ended(client, started)["output"]) == "done"
    kinds = [each["type"] for each in client.get_execution_history(executionArn=started)["events"]]
    assert "TaskSubmitted" in kinds, kinds


@check
def credentials(moto, client):
    found = output(client, "sts:getCallerIdentity", {}, Credentials={"RoleArn": ROLE})
    assert "assumed-role/worker/" in found["Arn"], found


@check
def faults(moto, client):
    caught = {"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "T"}]}
    name, cause = error(client, "sqs:sendMessage", {"QueueURL": "x"}, **caught)
    assert name == "States.Runtime", (name, cause)
    assert "could not be used to start the Task: [The field \"QueueURL\" is not supported by " \
           "Step Functions]" in cause, cause
    name, cause = error(client, "sqs:noSuchAction", {})
    assert name == "Stepwell.NoHandler" and "no action NoSuchAction" in cause, (name, cause)
    name, cause = error(client, "firehose:listDeliveryStreams", {})
    assert name == "Firehose.SdkClientException", (name, cause)
    assert "link-local" not in cause and "127.0.0.1" in cause, cause
    name, cause = error(client, "xray:getSamplingRules", {})
    assert name == "States.Permissions" and "link-local" in cause, (name, cause)
    name, cause = error(client, "s3:getObject", {"Bucket": "b"})
    assert "Parameter 'Key' must not be null" in cause, cause
    begin = time.monotonic()
    name, cause = error(client, "mq:listBrokers", {}, TimeoutSeconds=1)
    assert name == "States.Timeout", (name, cause)
    assert time.monotonic() - begin < 10


def hung() -> int:
    """The port of a listener that takes connections and says nothing."""
    listener = socket.create_server(("127.0.0.1", 0))
    held = []
    threading.Thread(target=lambda: [held.append(listener.accept()) for _ in range(99)],
                     daemon=True).start()
    return listener.getsockname()[1]


def main() -> int:
    """Runs the checks on one server and one moto."""
    with Moto() as moto:
        os.environ.update(
            AWS_ENDPOINT_URL=moto.endpoint, AWS_ACCESS_KEY_ID="test",
            AWS_SECRET_ACCESS_KEY="test", AWS_REGION="us-east-1",
            AWS_DATA_PATH=str(pathlib.Path(botocore.__file__).parent / "data"),
            AWS_ENDPOINT_URL_FIREHOSE=f"http://127.0.0.1:{free_port()}",
            AWS_ENDPOINT_URL_XRAY="http://169.254.169.254",
            AWS_ENDPOINT_URL_MQ=f"http://127.0.0.1:{hung()}")
        with Server() as server:
            return check.run(moto, server.client())


if __name__ == "__main__":
    sys.exit(main())
