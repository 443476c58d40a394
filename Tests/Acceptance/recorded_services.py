#!/usr/bin/env python3
"""What AWS recorded of tasks with services, asked of the services themselves: moto in their place.

Each recorded case of $STEPWELL_SHARED/conformance that needs queues, topics, tables, buckets,
events, secrets or functions is run for real, after the calls that prepared it, its tokens taken
from its queue, its functions in Python doing what the recording shows of them. The types of its
events have to be AWS's, the errors, and what executions come to unless that holds an answer of a
service. Prints `N passed, N failed, N skipped`.
"""

import argparse
import ast
import concurrent.futures
import contextlib
import importlib.util
import json
import os
import pathlib
import re
import sys
import tempfile
import threading
import time
import types

import botocore

os.environ["MOTO_ACCOUNT_ID"] = "000000000000"

# pylint: disable=wrong-import-position
from moto_server import Moto
from sfnctl_server import Server

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("STEPWELL_SHARED", ROOT.parent / "shared")) / "conformance"
NEEDS = {"lambda", "sqs", "sns", "dynamodb", "events", "s3", "states", "task-token-from-outside",
         "aws-sdk:sqs", "aws-sdk:dynamodb", "aws-sdk:s3", "aws-sdk:sfn", "aws-sdk:secretsmanager"}
SERVED_HERE = {"states", "aws-sdk:sfn"}
# Areas whose executions have nothing of a service's answer in their output.
WITHOUT_METADATA = {"callback", "scenarios", "assign", "timeouts"}
PREPARING = {
    "CreateBucket": "s3", "PutObject": "s3", "CreateQueue": "sqs", "CreateTable": "dynamodb",
    "PutRule": "events", "PutTargets": "events", "CreateTopic": "sns", "Subscribe": "sns"}
# Where moto answers otherwise than AWS, and a recording that is older than what AWS does today.
OTHERWISE = {
    "error_handling/aws_sdk/dynamodb_invalid_param": "moto fails at an item that is null",
    "error_handling/task_service_dynamodb/invalid_param": "moto fails at an item that is null",
    "error_handling/aws_sdk/invalid_secret_name": "moto takes any name of a secret",
    "services/events_task_service/put_events_malformed_detail": "moto fails at such a detail",
    "services/sns_task_service/fifo_message_attribute[input_params0-True]":
        "moto says MissingParameter, SNS InvalidParameter",
    "error_handling/task_service_lambda/no_such_function": "moto answers for any function",
    "error_handling/task_service_lambda/no_such_function_catch": "moto answers for any function",
    "scenarios/base_scenarios/map_item_reader_json_no_json_list_object":
        "objects can be iterated over since September 2025",
}


def conformance() -> types.ModuleType:
    """The runner of recorded cases."""
    described = importlib.util.spec_from_file_location("conformance_run", SHARED / "run.py")
    module = importlib.util.module_from_spec(described)
    described.loader.exec_module(module)
    return module


def plain(value):
    """A parameter of a call that prepares a case."""
    if isinstance(value, dict):
        if set(value) == {"$bytes"}:
            return value["$bytes"].encode()
        if set(value) == {"$repr"}:
            return bytes(ast.literal_eval(value["$repr"].removeprefix("bytearray")[1:-1]))
        return {key: plain(each) for key, each in value.items() if each != ""}
    return [plain(each) for each in value] if isinstance(value, list) else value


def errors(event: dict):
    """The error of an event that tells one."""
    details = next((value for key, value in event.items() if key.endswith("EventDetails")), {})
    return details.get("error")


def recorded_tasks(case: dict) -> list[dict]:
    """The tasks of a case, of all its executions."""
    tasks = case.get("tasks") or []
    return [each for task in tasks for each in task.get("tasks", [task])]


def payload(value):
    """What a function is given, or gives, of a recorded task."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return value
    return value["Payload"] if isinstance(value, dict) and "Payload" in value else value


def behaviour(tasks: list[dict]):
    """What the functions of a case do; None when the recording does not tell."""
    outcomes = {task.get("outcome") for task in tasks}
    if outcomes == {"succeeded"}:
        pairs = [(payload(task.get("parameters", task.get("input"))), payload(task["output"]))
                 for task in tasks]
        if all(left == right for left, right in pairs):
            return "echo", None
        return "return", pairs[0][1]
    if outcomes == {"timed_out"}:
        return "sleep", 60
    if outcomes != {"failed"} or len({task["error"] for task in tasks}) != 1:
        return None
    error, cause = tasks[0]["error"], tasks[0].get("cause")
    if error == "States.DataLimitExceeded":
        return "large", 300_000
    cause = json.loads(cause) if isinstance(cause, str) and cause.startswith("{") else cause
    message = cause.get("errorMessage", "") if isinstance(cause, dict) else ""
    return "raise", [error, message]


def functions(module, cases: list[dict], run_id: str) -> dict:
    """The functions of all cases, as the configuration has them."""
    found = {}
    for case in cases:
        does = behaviour(recorded_tasks(case)) if "lambda" in case["needs"] else None
        for name, number in re.findall(r"\b(?<!no_such_)((?:lambda_|fn-|function_)[\w-]*)"
                                       r"\$\{uid:(\d+)\}", json.dumps(case["steps"])):
            if does:
                found[name + module.uid_for(run_id, case["id"], int(number))] = {
                    "directory": str(ROOT / "Tests" / "WorkflowFunctions"),
                    "handler": "recorded.handler", "timeoutSeconds": 60,
                    "environment": {"BEHAVIOUR": json.dumps(does),
                                    "PYTHONDONTWRITEBYTECODE": "1"}}
    return found


def case_runner(base):
    """A runner of one case with services behind it."""

    class Case(base):
        """One case."""

        moto: Moto
        tokens: dict[str, str]

        def prepare(self) -> None:
            """Makes the calls that came before; steps that ran beside are started later."""
            for call in self.case.get("external_setup", []):
                if call["op"] in PREPARING:
                    client = self.moto.client(PREPARING[call["op"]])
                    getattr(client, botocore.xform_name(call["op"]))(
                        **plain(self.fill(call["params"])))
            steps = self.case["steps"]
            self.beside = [step for step in steps if step.get("thread")]
            self.skip_steps = {index for index, step in enumerate(steps) if step.get("thread")}
            self.starts = sum(step["op"] == "StartExecution" for step in steps)
            self.tokens = {}

        def call(self, op, params):
            response = super().call(op, params)
            if op == "StartExecution":
                self.starts -= 1
                if self.starts == 0 and self.beside:
                    threading.Thread(target=self.answer, daemon=True).start()
            return response

        def answer(self) -> None:
            """Makes the calls with tokens, in their order."""
            for step in self.beside:
                recorded = step["params"]["taskToken"]
                token = self.tokens.get(recorded) or self.next_token()
                self.tokens[recorded] = token
                filled = json.dumps(self.fill(step["params"])).replace(recorded, token)
                super().call(step["op"], json.loads(filled))

        def next_token(self) -> str:
            """The token in the next message of the case's queue."""
            queues = self.moto.client("sqs")
            url = queues.get_queue_url(QueueName=f"queue-{self.uid(3)}")["QueueUrl"]
            deadline = time.monotonic() + 20
            while not (found := queues.receive_message(QueueUrl=url).get("Messages")):
                assert time.monotonic() < deadline, "no message with a token"
                time.sleep(0.02)
            queues.delete_message(QueueUrl=url, ReceiptHandle=found[0]["ReceiptHandle"])
            return json.loads(found[0]["Body"])["TaskToken"]

        def compare(self) -> str | None:
            """How the histories differ from the recorded ones; None when they do not."""
            seen = False
            # A function's cause has a stack trace of its own.
            is_plain = self.case["area"] in WITHOUT_METADATA and "lambda" not in self.case["needs"]
            if is_plain and self.lv["a"]:
                return self.lv["a"]
            for index, step in enumerate(self.case["steps"]):
                for expected in step.get("expect", []):
                    events = expected.get("value") if expected.get("path") == [] else None
                    if step["op"] != "GetExecutionHistory" or not isinstance(events, dict):
                        continue
                    if index not in self.responses:
                        return f"no history: {self.lv['a']}"
                    wanted = [(event["type"], errors(event)) for event in events["events"]]
                    found = [(event["type"], errors(event))
                             for event in self.responses[index]["events"]]
                    if self.case.get("concurrent"):
                        wanted, found = sorted(wanted, key=str), sorted(found, key=str)
                    if found != wanted:
                        return f"recorded {wanted}\n     here     {found}"
                    seen = True
            return None if seen else "no history is recorded"

    return Case


def wanted_cases(module) -> list[dict]:
    """The cases that what is here can do."""
    cases = module.load([str(SHARED / "cases")])
    return [case for case in cases if case["kind"] == "execution"
            and ("lambda" not in case["needs"] or behaviour(recorded_tasks(case)))
            and set(case["needs"]) <= NEEDS and set(case["needs"]) - SERVED_HERE
            and not case["id"].startswith("local_mocking") and case["id"] not in OTHERWISE]


def main() -> int:
    if not (SHARED / "run.py").exists():
        print(f"SKIPPED: no conformance data at {SHARED}; set STEPWELL_SHARED")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    module = conformance()
    runner = case_runner(module.Runner)
    options = argparse.Namespace(
        run_id=f"{os.getpid()}", timeout=60, region="us-east-1", mock_plan={},
        name_executions=False, no_activity_worker=False, order=False, level="b", endpoint="")
    with contextlib.ExitStack() as stack:
        moto = stack.enter_context(Moto())
        os.environ.update(moto.environment())
        cases = wanted_cases(module)
        config = stack.enter_context(tempfile.NamedTemporaryFile("w", suffix=".json"))
        json.dump({"functions": functions(module, cases, options.run_id)}, config)
        config.flush()
        with Server(None, "--config", config.name) as server:
            client = server.client()

            def run(case: dict) -> str | None:
                one = runner(case, options, client)
                one.moto = moto
                one.prepare()
                one.run()
                return one.compare()

            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                results = list(zip(cases, pool.map(run, cases)))
    failed = [(case, text) for case, text in results if text]
    for case, text in failed:
        print(f"FAIL {case['id']}\n     {text}")
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
