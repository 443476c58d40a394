"""Functions that talk to the services and to the engine with boto3."""

import functools
import json
import os

import boto3


@functools.cache
def client(service: str):
    """A client at the endpoint of the service."""
    endpoint = os.environ["ENGINE" if service == "stepfunctions" else "SERVICES"]
    return boto3.client(service, endpoint_url=endpoint, region_name="us-east-1",
                        aws_access_key_id="test", aws_secret_access_key="test")


def ask_approver(event, _context):
    """Sends the letter that an approver answers."""
    client("sqs").send_message(QueueUrl=os.environ["LETTERS"], MessageBody=json.dumps(event))
    return "sent"


def read_queue(_event, _context):
    """The messages of the queue that the workflow empties."""
    found = client("sqs").receive_message(
        QueueUrl=os.environ["INBOX"], MaxNumberOfMessages=10).get("Messages", [])
    return [{key: each[key] for key in ("MessageId", "Body", "ReceiptHandle")}
            for each in found] or "No messages"


def delete_message(event, _context):
    """Takes a message out of that queue."""
    client("sqs").delete_message(
        QueueUrl=os.environ["INBOX"], ReceiptHandle=event["ReceiptHandle"])


def call_back(event, _context):
    """Ends the task that waits for a token."""
    client("stepfunctions").send_task_success(
        taskToken=event["TaskToken"], output=json.dumps({"said": event["Message"]}))
