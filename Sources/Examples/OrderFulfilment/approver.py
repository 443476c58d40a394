#!/usr/bin/env python3
"""The person who approves large orders, played by a program.

    approver.py ENDPOINT ACTIVITY-ARN LOGS DESK

Takes every request with its task token, keeps it alive with heartbeats, and sends the token back
with a decision once the file DESK exists: a token may wait as long as a person does, over restarts
of the server. A decision is one synced line in LOGS/effects-request-approval.log before it is sent;
an order of 4000 or more is denied (see expectations.py).
"""

import json
import os
import pathlib
import sys
import threading
import time

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from expectations import DENIED_FROM


def connect(endpoint: str):
    """A client that does not retry by itself: this program does."""
    config = Config(read_timeout=70, retries={"total_max_attempts": 1})
    return boto3.client(
        "stepfunctions", endpoint_url=endpoint, region_name="us-east-1", config=config,
        aws_access_key_id="local", aws_secret_access_key="local")


class Approver:
    """The requests that wait for a decision."""

    def __init__(self, endpoint: str, activity: str, logs: pathlib.Path):
        self.endpoint, self.activity = endpoint, activity
        self.decisions = open(logs / "effects-request-approval.log", "a")
        self.waiting: dict[str, dict] = {}
        self.decided: set[str] = set()

    def receive(self) -> None:
        """Takes requests for ever."""
        client = connect(self.endpoint)
        while True:
            try:
                task = client.get_activity_task(activityArn=self.activity, workerName="approver")
                if task.get("taskToken"):
                    self.waiting[task["taskToken"]] = json.loads(task["input"])
            except (BotoCoreError, ClientError):
                time.sleep(0.2)

    def decide(self, client, token: str, request: dict) -> None:
        """Sends the token back; the decision is written down once per order."""
        approved = request["total"] < DENIED_FROM
        if request["key"] not in self.decided:
            self.decided.add(request["key"])
            line = {"key": request["key"], "result": {"approved": approved}}
            self.decisions.write(json.dumps(line) + "\n")
            self.decisions.flush()
            os.fsync(self.decisions.fileno())
        if approved:
            client.send_task_success(taskToken=token, output=json.dumps({"approved": True}))
        else:
            client.send_task_failure(
                taskToken=token, error="ApprovalDenied", cause="too large for one customer")

    def serve(self, desk: pathlib.Path) -> None:
        """Keeps requests alive, and decides on them once somebody is at the desk."""
        client = connect(self.endpoint)
        while True:
            for token, request in list(self.waiting.items()):
                try:
                    if desk.exists():
                        self.decide(client, token, request)
                        del self.waiting[token]
                    else:
                        client.send_task_heartbeat(taskToken=token)
                except ClientError as error:
                    # The task is no longer waiting for this token: it timed out or was decided.
                    if error.response["Error"]["Code"] in ("TaskTimedOut", "InvalidToken"):
                        del self.waiting[token]
                except BotoCoreError:
                    pass  # The server is away; the token stays good.
            time.sleep(0.5)


def main() -> int:
    if len(sys.argv) != 5:
        print(__doc__, file=sys.stderr)
        return 64
    endpoint, activity, logs, desk = sys.argv[1:]
    approver = Approver(endpoint, activity, pathlib.Path(logs))
    threading.Thread(target=approver.receive, daemon=True).start()
    approver.serve(pathlib.Path(desk))
    return 0


if __name__ == "__main__":
    sys.exit(main())
