#!/usr/bin/env python3
"""Every operation of botocore's `stepfunctions` model, with good and bad values of each member.

The model says what is asked: each operation is called through boto3 with what it needs, with each
optional member, with each value of each enumeration, and with everything; each answer may only have
the members of its shape, of their types, and has to have the required ones. Then each constraint of
each member, at any depth, is broken once (missing, too short, too long, no such enumeration value,
pattern, range, another type, a member that is not in the model), past botocore's own checks. Prints
`N passed, N failed`.
"""

import copy
import http.client
import itertools
import json
import sys
import time
import traceback

from botocore.config import Config
import boto3
from botocore.exceptions import ClientError

from api_boto3 import PREFIX, ROLE, SLEEP, ended, machine
from sfnctl_server import Server

ITEMS = {"StartAt": "M", "States": {"M": {
    "Type": "Map", "Label": "Items", "ItemsPath": "$.items", "End": True, "ItemProcessor": {
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 600, "End": True}}}}}}
# The kinds of events that need nothing outside: branches, iterations, failures, variables.
RICH = {"QueryLanguage": "JSONPath", "StartAt": "P", "States": {
    "P": {"Type": "Parallel", "Next": "M", "ResultPath": "$.p", "Branches": [
        {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 0, "End": True}}},
        {"StartAt": "X", "States": {"X": {"Type": "Pass", "Assign": {"v": 1}, "End": True}}}]},
    "M": {"Type": "Map", "ItemsPath": "$.items", "ResultPath": "$.m", "Next": "T",
          "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": True}}}},
    "T": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:none",
          "ResultPath": "$.t", "Next": "F", "Catch": [
              {"ErrorEquals": ["States.ALL"], "Next": "C", "ResultPath": "$.error"}]},
    "C": {"Type": "Choice", "Default": "F", "Choices": [
        {"Variable": "$.items", "IsPresent": False, "Next": "F"}]},
    "F": {"Type": "Fail", "Error": "Wanted", "Cause": "by the test"}}}
# Operations that are not there yet; nothing else may be missing.
LATER = set()
# Members that go together with others, and those that exclude others.
NEEDS = {
    ("CreateStateMachine", "versionDescription"): ["publish"],
    ("UpdateStateMachine", "versionDescription"): ["publish"],
    ("UpdateStateMachine", "publish"): ["definition"],
    ("UpdateStateMachine", None): ["definition"],
    ("UpdateStateMachineAlias", None): ["description"],
    ("TestState", "context"): ["mock"],
    ("TestState", "stateConfiguration"): ["mock"],
    ("TestState", None): ["mock"],
    ("UpdateMapRun", None): ["maxConcurrency"],
    ("ListExecutions", None): ["stateMachineArn"],
}
WITHOUT = {
    ("ListExecutions", "mapRunArn"): ["stateMachineArn", "redriveFilter"],
    ("ListExecutions", "redriveFilter"): ["stateMachineArn"],
}
TASK = {"StartAt": "T", "States": {"T": {
    "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    "TimeoutSeconds": 600, "Parameters": {"MessageBody": "x", "QueueUrl": "y"}, "End": True}}}
# Calls whose members go together in a way of their own.
EXTRA = {"TestState": [{
    "definition": lambda: json.dumps(RICH), "stateName": lambda: "C",
    "input": lambda: '{"items": []}', "inspectionLevel": lambda: "TRACE"}]}


class World:
    """What the calls are about; everything that a call uses up is made anew for it."""

    def __init__(self, client):
        self.client = client
        self.numbers = itertools.count()
        self.activity = client.create_activity(name="worked-on")["activityArn"]
        self.machine = machine(client, "standing", RICH)
        self.run = client.start_execution(
            stateMachineArn=self.machine, input='{"items": [1, 2]}')["executionArn"]
        ended(client, self.run)
        self.sleeper = machine(client, "sleeper", SLEEP)
        self.tasks = machine(client, "tasks", {"StartAt": "T", "States": {"T": {
            "Type": "Task", "Resource": self.activity, "HeartbeatSeconds": 600, "End": True}}})
        mapped = machine(client, "mapped", ITEMS)
        self.parent = client.start_execution(
            stateMachineArn=mapped, input='{"items": [1, 2]}')["executionArn"]
        deadline = time.monotonic() + 30
        while not (runs := client.list_map_runs(executionArn=self.parent)["mapRuns"]):
            assert time.monotonic() < deadline, "no Map Run"
            time.sleep(0.05)
        self.map_run = runs[0]["mapRunArn"]
        self.known_routes = self.routes()
        self.known_alias = client.create_state_machine_alias(
            name="known", routingConfiguration=self.known_routes)["stateMachineAliasArn"]
        for _ in range(3):
            self.running()

    def name(self) -> str:
        return f"n{next(self.numbers)}"

    def fresh(self) -> str:
        return machine(self.client, self.name(), SLEEP)

    def fresh_activity(self) -> str:
        return self.client.create_activity(name=self.name())["activityArn"]

    def versioned(self) -> str:
        return self.client.create_state_machine(
            name=self.name(), roleArn=ROLE, definition=json.dumps(SLEEP), publish=True,
        )["stateMachineVersionArn"]

    def alias(self) -> str:
        route = [{"stateMachineVersionArn": self.versioned(), "weight": 100}]
        return self.client.create_state_machine_alias(
            name="alias", routingConfiguration=route)["stateMachineAliasArn"]

    def running(self) -> str:
        return self.client.start_execution(stateMachineArn=self.sleeper)["executionArn"]

    def failed(self) -> str:
        run = self.client.start_execution(
            stateMachineArn=self.machine, input='{"items": []}')["executionArn"]
        ended(self.client, run)
        return run

    def token(self) -> str:
        self.client.start_execution(stateMachineArn=self.tasks)
        return self.client.get_activity_task(activityArn=self.activity)["taskToken"]

    def routes(self) -> list:
        first = self.versioned()
        base = first.rsplit(":", 1)[0]
        self.client.update_state_machine(
            stateMachineArn=base, definition=json.dumps(RICH), publish=True)
        return [{"stateMachineVersionArn": first, "weight": 30},
                {"stateMachineVersionArn": base + ":2", "weight": 70}]

    def page(self, operation: str, method: str, **arguments) -> str:
        return getattr(self.client, method)(maxResults=1, **arguments)["nextToken"]

    def express(self) -> str:
        return machine(self.client, self.name(), {"StartAt": "A", "States": {
            "A": {"Type": "Pass", "End": True}}}, type="EXPRESS")


def values(world: World, operation: str) -> dict:
    """Good values of each member of an operation: functions, the first being used in full calls."""
    log = {"cloudWatchLogsLogGroup": {
        "logGroupArn": f"arn:aws:logs:us-east-1:000000000000:log-group:{operation}:*"}}
    key = {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsDataKeyReusePeriodSeconds": 60,
           "kmsKeyId": "arn:aws:kms:us-east-1:000000000000:key/1"}
    state = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True,
             "Arguments": {"FunctionName": "{% $states.input.f %}"}, "QueryLanguage": "JSONata"}
    common = {
        "name": [world.name],
        "definition": [lambda: json.dumps(RICH), lambda: json.dumps(SLEEP)],
        "roleArn": [lambda: ROLE],
        "type": [lambda: "STANDARD"],
        "loggingConfiguration": [
            lambda: {"level": "ALL", "includeExecutionData": True, "destinations": [log]},
            lambda: {"level": "OFF", "includeExecutionData": False, "destinations": []},
            lambda: {"level": "ERROR", "destinations": [log]},
            lambda: {"level": "FATAL", "destinations": [log]}],
        "tags": [lambda: [{"key": "k", "value": "v"}, {"key": "other", "value": ""}]],
        "tracingConfiguration": [lambda: {"enabled": True}, lambda: {"enabled": False}],
        "publish": [lambda: True, lambda: False],
        "versionDescription": [lambda: "a version"],
        "description": [lambda: "described"],
        "encryptionConfiguration": [lambda: key, lambda: {"type": "AWS_OWNED_KEY"}],
        "routingConfiguration": [world.routes],
        "stateMachineArn": [lambda: world.machine],
        "stateMachineAliasArn": [world.alias],
        "stateMachineVersionArn": [world.versioned],
        "activityArn": [lambda: world.activity],
        "executionArn": [lambda: world.run, lambda: world.parent],
        "mapRunArn": [lambda: world.map_run],
        "resourceArn": [lambda: world.machine, lambda: world.activity],
        "tagKeys": [lambda: ["other"]],
        "includedData": [lambda: "ALL_DATA", lambda: "METADATA_ONLY"],
        "maxResults": [lambda: 1, lambda: 0, lambda: 100],
        "input": [lambda: '{"items": []}'],
        "traceHeader": [lambda: "Root=1-67891233-abcdef012345678912345678"],
        "statusFilter": [(lambda each=each: each) for each in (
            "RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED")],
        "redriveFilter": [lambda: "NOT_REDRIVEN", lambda: "REDRIVEN"],
        "reverseOrder": [lambda: True, lambda: False],
        "includeExecutionData": [lambda: False, lambda: True],
        "taskToken": [world.token],
        "error": [lambda: "Error.Name"],
        "cause": [lambda: "a cause"],
        "output": [lambda: '{"a": 1}'],
        "workerName": [lambda: "worker"],
        "clientToken": [world.name],
        "maxConcurrency": [lambda: 7],
        "toleratedFailurePercentage": [lambda: 12.5],
        "toleratedFailureCount": [lambda: 3],
        "severity": [lambda: "ERROR", lambda: "WARNING"],
    }
    own = {
        "DeleteActivity": {"activityArn": [world.fresh_activity]},
        "DeleteStateMachine": {"stateMachineArn": [world.fresh]},
        "UpdateStateMachine": {"stateMachineArn": [world.fresh]},
        "PublishStateMachineVersion": {
            "stateMachineArn": [world.fresh], "revisionId": [lambda: "INITIAL"]},
        "StartExecution": {
            "stateMachineArn": [lambda: world.sleeper, world.versioned, world.alias]},
        "StartSyncExecution": {"stateMachineArn": [world.express]},
        "StopExecution": {"executionArn": [world.running]},
        "RedriveExecution": {"executionArn": [world.failed]},
        "ListMapRuns": {"executionArn": [lambda: world.parent, lambda: world.run]},
        "ListExecutions": {
            "stateMachineArn": [lambda: world.sleeper],
            "nextToken": [lambda: world.page(
                operation, "list_executions", stateMachineArn=world.sleeper)]},
        "ListStateMachines": {
            "nextToken": [lambda: world.page(operation, "list_state_machines")]},
        "ListActivities": {"nextToken": [lambda: world.page(operation, "list_activities")]},
        "ListStateMachineVersions": {"stateMachineArn": [
            lambda: world.routes()[0]["stateMachineVersionArn"].rsplit(":", 1)[0]]},
        "ListStateMachineAliases": {"stateMachineArn": [
            lambda: world.alias().rsplit(":", 1)[0]]},
        "GetExecutionHistory": {"nextToken": [lambda: world.page(
            operation, "get_execution_history", executionArn=world.run)]},
        "UpdateStateMachineAlias": {
            "stateMachineAliasArn": [lambda: world.known_alias],
            "routingConfiguration": [lambda: world.known_routes]},
        "TestState": {
            "definition": [lambda: json.dumps(state)],
            "input": [lambda: '{"f": "function"}'],
            "inspectionLevel": [lambda: "TRACE", lambda: "DEBUG", lambda: "INFO"],
            "revealSecrets": [lambda: False],
            "stateName": [],
            "variables": [lambda: '{"v": 1}'],
            "context": [lambda: '{"Execution": {"Name": "n"}}'],
            "stateConfiguration": [lambda: {"retrierRetryCount": 1}],
            "mock": [
                lambda: {"result": '{"StatusCode": 200, "Payload": "1"}',
                         "fieldValidationMode": "STRICT"},
                lambda: {"result": '{}', "fieldValidationMode": "NONE"},
                lambda: {"errorOutput": {"error": "E", "cause": "c"},
                         "fieldValidationMode": "PRESENT"}]},
    }
    return {**common, **own.get(operation, {})}


class Answers:
    """What was answered last, before botocore looked at it."""

    def __init__(self, client):
        self.body = None
        client.meta.events.register("after-call.stepfunctions", self.note)

    def note(self, http_response, **_):
        self.body = json.loads(http_response.content)


def misfits(value, shape, place="") -> list:
    """Where a value does not have a shape."""
    kind = shape.type_name if shape is not None else "structure"
    expected = {
        "structure": dict, "map": dict, "list": list, "string": str, "boolean": bool,
        "integer": int, "long": int, "float": (int, float), "double": (int, float),
        "timestamp": (int, float)}[kind]
    if not isinstance(value, expected) or (kind != "boolean" and isinstance(value, bool)):
        return [f"{place}: {value!r} is no {kind}"]
    found = []
    if kind == "structure":
        members = shape.members if shape is not None else {}
        required = shape.required_members if shape is not None else []
        found += [f"{place}.{name} is not in the model" for name in value if name not in members]
        found += [f"{place}.{name} is missing" for name in required if name not in value]
        for name in value:
            if name in members:
                found += misfits(value[name], members[name], f"{place}.{name}")
    elif kind == "list":
        for number, each in enumerate(value):
            found += misfits(each, shape.member, f"{place}[{number}]")
    elif kind == "map":
        for name, each in value.items():
            found += misfits(each, shape.value, f"{place}[{name!r}]")
    elif kind == "string" and shape.enum and value not in shape.enum:
        found.append(f"{place}: {value!r} is none of {shape.enum}")
    return found


def good_calls(operation, choices) -> list:
    """Sets of members to call an operation with, each with the index of each member's value."""
    name = operation.name
    members = operation.input_shape.members if operation.input_shape else {}
    required = list(operation.input_shape.required_members) if operation.input_shape else []
    base = required + [each for each in NEEDS.get((name, None), []) if each in members]
    calls = [dict.fromkeys(base, 0)]
    for member in members:
        for index in range(len(choices.get(member, []))):
            chosen = dict.fromkeys([*base, *NEEDS.get((name, member), [])], 0)
            chosen = {each: 0 for each in chosen if each not in WITHOUT.get((name, member), [])}
            if (name, member) == ("ListExecutions", "redriveFilter"):
                chosen["mapRunArn"] = 0
            calls.append({**chosen, member: index})
    full = [each for each in members if choices.get(each)
            and not any(each in WITHOUT.get((name, other), []) for other in members)
            and each not in ("revisionId", "mapRunArn", "redriveFilter", "nextToken")]
    calls.append(dict.fromkeys([*base, *full], 0))
    return calls


def check_good(client, answers, world, operation) -> int:
    """Calls an operation with good values; how many calls there were."""
    name = operation.name
    choices = values(world, name)
    members = operation.input_shape.members if operation.input_shape else {}
    unknown = [each for each in members if each not in choices and each != "nextToken"]
    assert not unknown, f"no value for {unknown}"
    method = getattr(client, "".join(
        ("_" + each.lower() if each.isupper() and index else each.lower())
        for index, each in enumerate(name)))
    calls = good_calls(operation, choices)
    if name == "GetActivityTask":
        calls = calls[:2]
    every = [{each: choices[each][index] for each, index in chosen.items()} for chosen in calls]
    for made in every + EXTRA.get(name, []):
        parameters = {each: make() for each, make in made.items()}
        if name == "GetActivityTask":
            client.start_execution(stateMachineArn=world.tasks)
        try:
            method(**parameters)
        except ClientError as error:
            raise AssertionError(f"{parameters}: {error}") from error
        found = misfits(answers.body, operation.output_shape, name)
        assert not found, f"{parameters}: {found[:5]}"
    return len(every)


def broken(shape, value, place):
    """Values that break a constraint each: (where, value, code); `...` takes the member away."""
    kind = shape.type_name
    other = {"string": [1, True, [], {}], "boolean": ["true", 1, []], "list": ["x", {}, 1],
             "structure": ["x", [], 1], "integer": ["1", 1.5, True, []],
             "long": ["1", 1.5, True, []], "float": ["1", True, {}]}[kind]
    for each in other:
        yield place, each, "SerializationException"
    facts = shape.metadata
    if kind == "string":
        if facts.get("min", 0) > 0:
            yield place, "", "ValidationException"
        if "max" in facts:
            yield place, "a" * (facts["max"] + 1), "ValidationException"
        if "enum" in facts:
            yield place, "NOPE", "ValidationException"
        if "pattern" in facts:
            yield place, "é", "ValidationException"
    elif kind in ("integer", "long", "float"):
        if "min" in facts:
            yield place, facts["min"] - 1, "ValidationException"
        if "max" in facts:
            yield place, facts["max"] + 1, "ValidationException"
    elif kind == "list":
        if facts.get("min", 0) > 0:
            yield place, [], "ValidationException"
        if "max" in facts:
            yield place, value[:1] * (facts["max"] + 1), "ValidationException"
        if value:
            for inner, each, code in broken(shape.member, value[0], ""):
                yield f"{place}.1.member{inner}", [each, *value[1:]], code
    elif kind == "structure":
        for inner, each, code in broken_members(shape, value, place + "."):
            yield inner, each, code


def broken_members(shape, value, place=""):
    """The broken forms of a structure: (where, the structure, code)."""
    for name, member in shape.members.items():
        if name in shape.required_members:
            yield f"{place}{name}", {k: v for k, v in value.items() if k != name}, \
                "ValidationException"
        if name in value:
            for inner, each, code in broken(member, value[name], f"{place}{name}"):
                yield inner, {**value, name: each}, code
    yield f"{place}notInTheModel", {**value, "notInTheModel": 1}, "ValidationException"


def check_bad(server, client, world, operation) -> int:
    """Sends an operation's broken requests; how many there were."""
    if not operation.input_shape or not operation.input_shape.members:
        return 0
    choices = values(world, operation.name)
    value = {}
    for member in operation.input_shape.members:
        if member == "nextToken":
            value[member] = "x" * 60
        elif member == "taskToken":
            value[member] = "x" * 20
        elif choices.get(member):
            value[member] = choices[member][0]()
        elif member == "stateName":
            value[member] = "C"
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    count = 0
    for place, request, code in broken_members(operation.input_shape, value):
        connection.request("POST", "/", json.dumps(request), {
            "X-Amz-Target": f"AWSStepFunctions.{operation.name}",
            "Content-Type": "application/x-amz-json-1.0"})
        answer = connection.getresponse()
        body = json.loads(answer.read())
        shown = f"{operation.name} {place}: {answer.status} {body}"[:600]
        assert answer.status == 400 and body["__type"] == code, shown
        last = place.rsplit(".", 1)[-1]
        assert last == "member" or last in body["message"], shown
        count += 1
    connection.close()
    # Past botocore's own checks by its own serializer, for what it can serialize at all.
    loose = boto3.client(
        "stepfunctions", endpoint_url=server.endpoint, region_name="us-east-1",
        aws_access_key_id="local", aws_secret_access_key="local",
        config=Config(parameter_validation=False, inject_host_prefix=False,
                      retries={"total_max_attempts": 1}))
    for member in operation.input_shape.required_members:
        parameters = {k: v for k, v in copy.deepcopy(value).items() if k != member}
        try:
            loose._make_api_call(operation.name, parameters)
        except ClientError as error:
            assert error.response["Error"]["Code"] == "ValidationException", error
            count += 1
        else:
            raise AssertionError(f"{operation.name} without {member} is taken")
    return count


def check_arns(client, world, operation) -> int:
    """ARNs that are none, and of what is not there: the errors that the model names."""
    named = {each.name for each in operation.error_shapes} | {"ValidationException"}
    members = operation.input_shape.members if operation.input_shape else {}
    choices = values(world, operation.name)
    kinds = {"stateMachineArn": "stateMachine:none", "activityArn": "activity:none",
             "executionArn": "execution:none:none", "mapRunArn": "mapRun:none/none:none",
             "resourceArn": "stateMachine:none", "stateMachineAliasArn": "stateMachine:none:none",
             "stateMachineVersionArn": "stateMachine:none:7"}
    count = 0
    for member in members:
        if member not in kinds:
            continue
        base = [*operation.input_shape.required_members, *NEEDS.get((operation.name, None), [])]
        good = {each: choices[each][0]() for each in base
                if each != member and each not in WITHOUT.get((operation.name, member), [])}
        for arn in ("nonsense", f"{PREFIX}:{kinds[member]}", f"{PREFIX}:nothing:none"):
            try:
                client._make_api_call(operation.name, {**good, member: arn})
                assert arn.endswith(kinds[member]), f"{operation.name} takes {arn}"
            except ClientError as error:
                code = error.response["Error"]["Code"]
                assert code in named, f"{operation.name} {member}={arn}: {error}"
                if not arn.endswith(kinds[member]) and "InvalidArn" in named:
                    assert code in ("InvalidArn", "ValidationException"), f"{arn}: {error}"
            count += 1
    return count


def main() -> int:
    """Walks the model."""
    passed = failed = calls = 0
    # What is not in the model is refused by a strict server alone.
    with Server(None, "--strict") as server:
        client = boto3.client(
            "stepfunctions", endpoint_url=server.endpoint, region_name="us-east-1",
            aws_access_key_id="local", aws_secret_access_key="local",
            config=Config(inject_host_prefix=False, retries={"total_max_attempts": 1}))
        answers = Answers(client)
        model = client.meta.service_model
        world = World(client)
        for name in model.operation_names:
            operation = model.operation_model(name)
            if name in LATER and not has(client, name):
                print(f"{name} is not there yet")
                continue
            for part in (lambda: check_good(client, answers, world, operation),
                         lambda: check_bad(server, client, world, operation),
                         lambda: check_arns(client, world, operation)):
                try:
                    calls += part()
                    passed += 1
                except Exception:  # pylint: disable=broad-except
                    failed += 1
                    print(f"FAIL {name}\n{traceback.format_exc()}")
    print(f"{calls} calls of {len(model.operation_names)} operations")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def has(client, name: str) -> bool:
    """Whether the server knows an operation at all."""
    try:
        client._make_api_call(name, {
            each: "nonsense" for each in
            client.meta.service_model.operation_model(name).input_shape.required_members})
    except ClientError as error:
        return error.response["Error"]["Code"] != "UnknownOperationException"
    return True


if __name__ == "__main__":
    sys.exit(main())
