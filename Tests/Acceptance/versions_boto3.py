#!/usr/bin/env python3
"""Versions, aliases, tags and `variableReferences` as boto3 sees them on `sfnctl serve`.

Every parameter of these operations, good and bad. Prints `N passed, N failed`.
"""

import json
import sys
import time

from api_boto3 import PASS, PREFIX, ROLE, SLEEP, ended, machine, post, refused
from checks import Checks
from sfnctl_server import Server

check = Checks()


def variant(number: int) -> str:
    """A definition of its own."""
    return json.dumps({**PASS, "Comment": f"variant {number}"})


def versioned(client, name: str, count: int = 2) -> str:
    """A state machine with versions 1 to `count`; its ARN."""
    arn = client.create_state_machine(
        name=name, roleArn=ROLE, definition=variant(1), publish=True)["stateMachineArn"]
    for number in range(2, count + 1):
        client.update_state_machine(
            stateMachineArn=arn, definition=variant(number), publish=True)
    return arn


def route(arn: str, *weights: int) -> list:
    """Versions 1, 2 … with their weights."""
    return [{"stateMachineVersionArn": f"{arn}:{number}", "weight": weight}
            for number, weight in enumerate(weights, 1)]


@check
def publishing(server, client):
    create = {"name": "published", "roleArn": ROLE, "definition": variant(1), "publish": True,
              "versionDescription": "one"}
    made = client.create_state_machine(**create)
    arn = made["stateMachineArn"]
    assert made["stateMachineVersionArn"] == f"{arn}:1"
    assert client.create_state_machine(**create)["stateMachineVersionArn"] == f"{arn}:1"
    refused("StateMachineAlreadyExists", client.create_state_machine, arn,
            **{**create, "versionDescription": "other"})
    refused("StateMachineAlreadyExists", client.create_state_machine, arn,
            name="published", roleArn=ROLE, definition=variant(1))
    refused("ValidationException", client.update_state_machine, stateMachineArn=arn,
            definition=variant(2), versionDescription="of none")
    publish = client.publish_state_machine_version
    assert publish(stateMachineArn=arn, revisionId="INITIAL")["stateMachineVersionArn"] \
        == f"{arn}:1"
    same = client.update_state_machine(stateMachineArn=arn, definition=variant(1), publish=True)
    assert same["stateMachineVersionArn"] == f"{arn}:1" and "revisionId" not in same
    renamed = client.update_state_machine(
        stateMachineArn=client.create_state_machine(**{**create, "name": "renamed"})[
            "stateMachineArn"],
        definition=variant(1), publish=True, versionDescription="another")
    assert renamed["stateMachineVersionArn"].endswith(":renamed:2"), renamed
    assert client.describe_state_machine(stateMachineArn=renamed["stateMachineVersionArn"])[
        "description"] == "another"
    updated = client.update_state_machine(stateMachineArn=arn, definition=variant(2))
    assert "stateMachineVersionArn" not in updated
    refused("ConflictException", publish, "INITIAL", updated["revisionId"], status=409,
            stateMachineArn=arn, revisionId="INITIAL")
    second = publish(stateMachineArn=arn, revisionId=updated["revisionId"], description="two")
    assert second["stateMachineVersionArn"] == f"{arn}:2"
    found = client.describe_state_machine(stateMachineArn=f"{arn}:2")
    assert (found["stateMachineArn"], found["description"], found["revisionId"]) == (
        f"{arn}:2", "two", updated["revisionId"])
    assert found["creationDate"] == second["creationDate"]
    first = client.describe_state_machine(stateMachineArn=f"{arn}:1")
    assert json.loads(first["definition"])["Comment"] == "variant 1" and "revisionId" not in first
    for bad in (f"{arn}:9", f"{arn}:01", f"{arn}:none"):
        refused("StateMachineDoesNotExist", client.describe_state_machine, bad,
                stateMachineArn=bad)
        refused("StateMachineDoesNotExist", client.start_execution, bad, stateMachineArn=bad)
    for call in (client.update_state_machine, client.publish_state_machine_version):
        more = {"definition": variant(3)} if call == client.update_state_machine else {}
        refused("StateMachineDoesNotExist", call, stateMachineArn=f"{arn}:2", **more)
    refused("ValidationException", client.delete_state_machine, stateMachineArn=f"{arn}:2")
    for label in (client.start_execution, client.delete_state_machine,
                  client.describe_state_machine, client.publish_state_machine_version):
        try:
            label(stateMachineArn=f"{arn}/label")
            raise AssertionError("a labelled ARN was taken")
        except client.exceptions.ValidationException as error:
            assert error.response["reason"] == "API_DOES_NOT_SUPPORT_LABELED_ARNS"


@check
def version_listing(server, client):
    arn = versioned(client, "many-versions", 5)
    pages = client.list_state_machine_versions(stateMachineArn=arn, maxResults=2)
    found = pages["stateMachineVersions"]
    while "nextToken" in pages:
        pages = client.list_state_machine_versions(
            stateMachineArn=arn, maxResults=2, nextToken=pages["nextToken"])
        found += pages["stateMachineVersions"]
    assert [item["stateMachineVersionArn"] for item in found] == [
        f"{arn}:{number}" for number in (5, 4, 3, 2, 1)]
    assert client.list_state_machine_versions(
        stateMachineArn=f"{PREFIX}:stateMachine:nothing")["stateMachineVersions"] == []
    refused("InvalidToken", client.list_state_machine_versions,
            stateMachineArn=arn, nextToken="nonsense")
    refused("InvalidArn", client.list_state_machine_versions, stateMachineArn=f"{arn}:1")
    client.delete_state_machine_version(stateMachineVersionArn=f"{arn}:5")
    client.delete_state_machine_version(stateMachineVersionArn=f"{arn}:5")
    refused("InvalidArn", client.delete_state_machine_version, stateMachineVersionArn=arn)
    assert client.publish_state_machine_version(
        stateMachineArn=arn)["stateMachineVersionArn"] == f"{arn}:6"


@check
def aliases(server, client):
    arn = versioned(client, "aliased")
    create = {"name": "live", "description": "d", "routingConfiguration": route(arn, 70, 30)}
    made = client.create_state_machine_alias(**create)
    alias = made["stateMachineAliasArn"]
    assert alias == f"{arn}:live"
    assert client.create_state_machine_alias(**create)["creationDate"] == made["creationDate"]
    refused("ConflictException", client.create_state_machine_alias, status=409,
            **{**create, "routingConfiguration": route(arn, 100)})
    found = client.describe_state_machine_alias(stateMachineAliasArn=alias)
    assert found["routingConfiguration"] == create["routingConfiguration"]
    assert (found["name"], found["description"]) == ("live", "d")
    refused("ConflictException", client.delete_state_machine_version, "live", status=409,
            stateMachineVersionArn=f"{arn}:1")
    update = client.update_state_machine_alias
    refused("ValidationException", update, stateMachineAliasArn=alias)
    refused("ValidationException", update, "100", stateMachineAliasArn=alias,
            routingConfiguration=route(arn, 70, 20))
    refused("ResourceNotFound", update, stateMachineAliasArn=f"{arn}:none", description="x")
    refused("InvalidArn", update, stateMachineAliasArn=arn, description="x")
    update(stateMachineAliasArn=alias, routingConfiguration=route(arn, 0, 100))
    assert client.describe_state_machine_alias(stateMachineAliasArn=alias)["description"] == "d"
    client.create_state_machine_alias(name="beta", routingConfiguration=route(arn, 100))
    listed = client.list_state_machine_aliases
    names = [item["stateMachineAliasArn"].rsplit(":", 1)[1]
             for item in listed(stateMachineArn=arn)["stateMachineAliases"]]
    assert names == ["beta", "live"]
    assert [item["stateMachineAliasArn"] for item in listed(
        stateMachineArn=f"{arn}:2")["stateMachineAliases"]] == [alias]
    refused("ResourceNotFound", listed, stateMachineArn=f"{arn}:9")
    refused("StateMachineDoesNotExist", listed, stateMachineArn=f"{PREFIX}:stateMachine:nothing")
    for name in ("123", "a b", "é", "a@b"):
        refused("ValidationException", client.create_state_machine_alias, "regular expression",
                name=name, routingConfiguration=route(arn, 100))
    for weights in ((50, 49, 1), ()):
        status, answer = post(server, "CreateStateMachineAlias", json.dumps(
            {"name": "x", "routingConfiguration": route(arn, *weights)}).encode())
        assert (status, answer["__type"]) == (400, "ValidationException"), answer
    client.delete_state_machine_alias(stateMachineAliasArn=alias)
    client.delete_state_machine_alias(stateMachineAliasArn=alias)
    refused("ResourceNotFound", client.describe_state_machine_alias, stateMachineAliasArn=alias)


@check
def qualified_executions(server, client):
    arn = versioned(client, "qualified")
    alias = client.create_state_machine_alias(
        name="live", routingConfiguration=route(arn, 50, 50))["stateMachineAliasArn"]
    for number in range(40):
        started = client.start_execution(stateMachineArn=alias, name=f"alias-{number}")
        assert started["executionArn"] == f"{PREFIX}:execution:qualified:alias-{number}"
    versions = set()
    for item in client.list_executions(stateMachineArn=alias)["executions"]:
        assert item["stateMachineAliasArn"] == alias
        versions.add(item["stateMachineVersionArn"])
    assert versions == {f"{arn}:1", f"{arn}:2"}
    one = client.start_execution(stateMachineArn=f"{arn}:1", name="one")["executionArn"]
    plain = client.start_execution(stateMachineArn=arn, name="plain")["executionArn"]
    found = ended(client, one)
    assert found["stateMachineVersionArn"] == f"{arn}:1" and "stateMachineAliasArn" not in found
    assert "stateMachineVersionArn" not in ended(client, plain)
    begun = client.get_execution_history(executionArn=one)["events"][0]
    assert begun["executionStartedEventDetails"]["stateMachineVersionArn"] == f"{arn}:1"
    listed = client.list_executions(stateMachineArn=f"{arn}:1", maxResults=1000)["executions"]
    assert all(item["stateMachineVersionArn"] == f"{arn}:1" for item in listed)
    assert len(client.list_executions(stateMachineArn=arn)["executions"]) == 42
    refused("ResourceNotFound", client.list_executions, stateMachineArn=f"{arn}:9")
    for_execution = client.describe_state_machine_for_execution(executionArn=one)
    assert for_execution["stateMachineArn"] == arn
    assert json.loads(for_execution["definition"])["Comment"] == "variant 1"


@check
def tags(server, client):
    arn = machine(client, "tagged", PASS, tags=[{"key": "a", "value": "1"}])
    activity = client.create_activity(
        name="tagged", tags=[{"key": "a", "value": "1"}])["activityArn"]
    for resource in (arn, activity):
        client.tag_resource(resourceArn=resource, tags=[
            {"key": "b", "value": "2"}, {"key": "a", "value": "3"}, {"key": "é_.:/=+-@ 1"}])
        assert client.list_tags_for_resource(resourceArn=resource)["tags"] == [
            {"key": "a", "value": "3"}, {"key": "b", "value": "2"},
            {"key": "é_.:/=+-@ 1", "value": ""}]
        client.untag_resource(resourceArn=resource, tagKeys=["a", "nothing", "é_.:/=+-@ 1"])
        assert client.list_tags_for_resource(resourceArn=resource)["tags"] == [
            {"key": "b", "value": "2"}]
        refused("TooManyTags", client.tag_resource, resourceArn=resource, tags=[
            {"key": f"k{number}", "value": ""} for number in range(50)])
        refused("ValidationException", client.tag_resource, "regular expression",
                resourceArn=resource, tags=[{"key": "a{b", "value": ""}])
        refused("ValidationException", client.tag_resource, "reserved", resourceArn=resource,
                tags=[{"key": "AWS:mine", "value": ""}])
    for call, more in ((client.tag_resource, {"tags": []}),
                       (client.untag_resource, {"tagKeys": []}),
                       (client.list_tags_for_resource, {})):
        missing = f"{PREFIX}:stateMachine:nothing"
        refused("ResourceNotFound", call, missing, resourceArn=missing, **more)
        refused("ResourceNotFound", call, resourceArn=f"{arn}:1", **more)
        refused("InvalidArn", call, resourceArn=f"{PREFIX}:execution:a:b", **more)
    refused("ValidationException", machine, "aws:mine", client=client, name="reserved",
            definition=PASS, tags=[{"key": "aws:mine", "value": ""}])
    refused("TooManyTags", client.create_state_machine, name="overtagged", roleArn=ROLE,
            definition=json.dumps(PASS),
            tags=[{"key": f"k{number}", "value": ""} for number in range(51)])


@check
def settings(server, client):
    kept = {
        "loggingConfiguration": {
            "level": "ERROR", "includeExecutionData": True, "destinations": [
                {"cloudWatchLogsLogGroup": {
                    "logGroupArn": "arn:aws:logs:us-east-1:000000000000:log-group:g:*"}}]},
        "tracingConfiguration": {"enabled": True},
        "encryptionConfiguration": {
            "type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": "key",
            "kmsDataKeyReusePeriodSeconds": 60}}
    arn = machine(client, "settings", PASS, **kept)
    found = client.describe_state_machine(stateMachineArn=arn)
    assert {key: found[key] for key in kept} == kept
    assert machine(client, "settings", PASS, **kept) == arn
    refused("StateMachineAlreadyExists", machine, client=client, name="settings", definition=PASS)
    client.update_state_machine(
        stateMachineArn=arn, encryptionConfiguration={"type": "AWS_OWNED_KEY"})
    found = client.describe_state_machine(stateMachineArn=arn)
    assert found["encryptionConfiguration"] == {"type": "AWS_OWNED_KEY"}
    for bad in ({"type": "CUSTOMER_MANAGED_KMS_KEY"}, {"type": "AWS_OWNED_KEY", "kmsKeyId": "k"}):
        refused("InvalidEncryptionConfiguration", client.update_state_machine,
                stateMachineArn=arn, encryptionConfiguration=bad)


@check
def an_owned_key_is_none(server, client):
    owned = {"type": "AWS_OWNED_KEY"}
    arn = machine(client, "owned", PASS)
    assert machine(client, "owned", PASS, encryptionConfiguration=owned) == arn
    assert "revisionId" not in client.update_state_machine(
        stateMachineArn=arn, encryptionConfiguration=owned)
    found = client.describe_state_machine(stateMachineArn=arn)
    assert found["encryptionConfiguration"] == owned
    assert machine(client, "owned-too", PASS, encryptionConfiguration=owned) == \
        machine(client, "owned-too", PASS)


@check
def log_groups(server, client):
    def create(destination):
        return machine(client, "logging", PASS, loggingConfiguration={
            "level": "ALL", "destinations": [destination]})

    group = "arn:aws:logs:us-east-1:000000000000:log-group:g:*"
    bad = ("none", group[:-2], group.replace("logs", "s3"), group.replace(":g:", "::"))
    for wrong in ({}, {"cloudWatchLogsLogGroup": {}},
                  *({"cloudWatchLogsLogGroup": {"logGroupArn": arn}} for arn in bad)):
        refused("InvalidLoggingConfiguration", create, destination=wrong)
    create({"cloudWatchLogsLogGroup": {"logGroupArn": group}})


@check
def the_revision_of_an_execution(server, client):
    def followed(execution):
        return client.describe_state_machine_for_execution(executionArn=execution)

    arn = machine(client, "revised", SLEEP, publish=True)
    start = client.start_execution
    before = start(stateMachineArn=arn, name="before")["executionArn"]
    revision = client.update_state_machine(
        stateMachineArn=arn, tracingConfiguration={"enabled": True})["revisionId"]
    after = start(stateMachineArn=arn, name="after")["executionArn"]
    of_version = start(stateMachineArn=f"{arn}:1", name="version")["executionArn"]
    for execution in (before, of_version):
        assert followed(execution)["tracingConfiguration"] == {"enabled": False}
        assert "revisionId" not in followed(execution)
    assert followed(after)["revisionId"] == revision
    for execution in (before, after, of_version):
        client.stop_execution(executionArn=execution)
    client.delete_state_machine(stateMachineArn=arn)
    machine(client, "revised", PASS)
    assert followed(after)["revisionId"] == revision, "of the state machine it was started with"


@check
def variable_references(server, client):
    arn = machine(client, "variables", {"StartAt": "A", "States": {
        "A": {"Type": "Pass", "Assign": {"x": 1, "y": 2}, "Next": "B"},
        "B": {"Type": "Pass", "Parameters": {"p.$": "States.Array($y, $x)"}, "End": True}}})
    expected = {"B": ["x", "y"]}
    describe = client.describe_state_machine
    assert describe(stateMachineArn=arn)["variableReferences"] == expected
    assert "variableReferences" not in describe(
        stateMachineArn=arn, includedData="METADATA_ONLY")
    execution = client.start_execution(stateMachineArn=arn)["executionArn"]
    assert client.describe_state_machine_for_execution(
        executionArn=execution)["variableReferences"] == expected
    plain = machine(client, "no-variables", PASS)
    assert "variableReferences" not in describe(stateMachineArn=plain)


@check
def activities_with_a_key(server, client):
    key = {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": "arn:aws:kms:us-east-1:1:key/k"}
    create = client.create_activity
    arn = create(name="kept", encryptionConfiguration=key)["activityArn"]
    assert create(name="kept", encryptionConfiguration=key)["activityArn"] == arn
    refused("ActivityAlreadyExists", create, arn, name="kept")
    assert client.describe_activity(activityArn=arn)["encryptionConfiguration"] == {
        **key, "kmsDataKeyReusePeriodSeconds": 300}
    plain = create(name="plain")["activityArn"]
    same = {"type": "AWS_OWNED_KEY"}
    assert create(name="plain", encryptionConfiguration=same)["activityArn"] == plain
    assert client.describe_activity(activityArn=plain)["encryptionConfiguration"] == same
    refused("InvalidEncryptionConfiguration", create, name="bad",
            encryptionConfiguration={"type": "CUSTOMER_MANAGED_KMS_KEY"})


@check
def deleting(server, client):
    arn = machine(client, "deleted", SLEEP)
    execution = client.start_execution(stateMachineArn=arn)["executionArn"]
    client.delete_state_machine(stateMachineArn=arn)
    assert client.describe_state_machine(stateMachineArn=arn)["status"] == "DELETING"
    for call, more in ((client.start_execution, {}), (client.publish_state_machine_version, {}),
                       (client.update_state_machine, {"roleArn": ROLE})):
        refused("StateMachineDeleting", call, arn, stateMachineArn=arn, **more)
    refused("StateMachineDeleting", machine, client=client, name="deleted", definition=PASS)
    client.stop_execution(executionArn=execution)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            client.describe_state_machine(stateMachineArn=arn)
        except client.exceptions.StateMachineDoesNotExist:
            break
    assert machine(client, "deleted", PASS) == arn


def main() -> int:
    with Server() as server:
        return check.run(server, server.client)


if __name__ == "__main__":
    sys.exit(main())
