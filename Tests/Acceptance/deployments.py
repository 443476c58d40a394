#!/usr/bin/env python3
"""`sfnctl deploy` of SAM, CloudFormation and CDK templates. Prints `N passed, N failed`."""

import json
import subprocess
import sys
import time

from checks import Checks, empty_directory
from sfnctl_server import Server, sfnctl

PASS = {"StartAt": "P", "States": {"P": {"Type": "Pass", "Result": "${Word}", "End": True}}}
SAM = """AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Word: {Type: String, Default: hello}
Globals:
  Function: {Runtime: python3.12, Timeout: 9}
Resources:
  Greeting:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: !Sub '${AWS::StackName}-greeting'
      DefinitionUri: statemachine/greeting.asl.json
      DefinitionSubstitutions: {Word: !Ref Word}
      AutoPublishAlias: live
  Greet:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/
      Handler: app.handler
      Environment: {Variables: {WORD: !Ref Word}}
  Pack: {Type: AWS::StepFunctions::Activity, Properties: {Name: pack}}
  Table: {Type: AWS::Serverless::SimpleTable}
"""
check = Checks()


def run(*arguments: str, status: int = 0, cwd=None):
    """Runs sfnctl and expects an exit status; its standard output and error."""
    done = subprocess.run([sfnctl(), *arguments], capture_output=True, text=True, cwd=cwd,
                          timeout=120)
    assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout, done.stderr


def project(directory) -> None:
    """A SAM project."""
    (directory / "statemachine").mkdir()
    (directory / "functions").mkdir()
    (directory / "functions" / "app.py").write_text("def handler(event, context): return event\n")
    (directory / "statemachine" / "greeting.asl.json").write_text(json.dumps(PASS))
    (directory / "template.yaml").write_text(SAM)


@check
def a_sam_template_twice(directory):
    project(directory)
    with Server() as server:
        common = ["deploy", "template.yaml", "--endpoint", server.endpoint]
        out, _ = run(*common, "--config-out", "functions.yaml", cwd=directory)
        assert "made       state machine template-greeting" in out, out
        assert "made       alias live of template-greeting" in out, out
        assert "left out   AWS::Serverless::SimpleTable Table (template.yaml:22:3): " in out, out
        states = server.client()
        arn = "arn:aws:states:us-east-1:000000000000:stateMachine:template-greeting"
        found = states.describe_state_machine(stateMachineArn=arn)
        assert json.loads(found["definition"])["States"]["P"]["Result"] == "hello", found
        started = states.start_execution(stateMachineArn=arn + ":live")
        assert started["executionArn"], started
        assert states.list_activities()["activities"][0]["name"] == "pack"
        out, _ = run(*common, cwd=directory)
        assert "unchanged  state machine template-greeting" in out, out
        assert "unchanged  alias live" in out, out
        assert len(states.list_state_machine_versions(
            stateMachineArn=arn)["stateMachineVersions"]) == 1
        out, _ = run(*common, "--parameter", "Word=bye", "--json", cwd=directory)
        outcomes = {row["what"]: row["outcome"] for row in json.loads(out)["resources"]}
        assert outcomes["state machine template-greeting"] == "updated", out
        assert outcomes["alias live of template-greeting"] == "updated", out
    config = (directory / "functions.yaml").read_text()
    assert '"Greet":' in config and "timeoutSeconds: 9" in config, config
    run("config", "check", "functions.yaml", cwd=directory)


@check
def a_dry_run_changes_nothing_and_needs_no_server(directory):
    project(directory)
    out, _ = run("deploy", "template.yaml", "--dry-run", "--stack", "shop", cwd=directory)
    assert "machine    shop-greeting (STANDARD)" in out, out
    assert "function   Greet runs app.handler in functions" in out, out
    run("deploy", "template.yaml", "--endpoint", "http://127.0.0.1:1", status=69, cwd=directory)


@check
def problems_are_told_with_their_places(directory):
    project(directory)
    definition = directory / "statemachine" / "greeting.asl.json"
    definition.write_text('{"StartAt": "Q",\n "States": {"P": {"Type": "Pass", "End": true}}}')
    _, err = run("deploy", "template.yaml", "--dry-run", status=65, cwd=directory)
    assert "statemachine/greeting.asl.json:1:2: " in err, err
    bad = SAM.replace("!Ref Word}\n      Auto", "!Ref Wort}\n      Auto")
    (directory / "template.yaml").write_text(bad)
    _, err = run("deploy", "template.yaml", "--dry-run", status=65, cwd=directory)
    assert "template.yaml:13:39: there is no parameter and no resource 'Wort'" in err, err
    (directory / "template.yaml").write_text(
        "Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n"
        "      Definition:\n        StartAt: A\n        States:\n          A: {Type: Pas}\n")
    _, err = run("deploy", "template.yaml", "--dry-run", status=65, cwd=directory)
    assert "template.yaml:8:15: " in err and "Did you mean 'Pass'?" in err, err


@check
def a_cdk_assembly_into_a_data_directory(directory):
    out = directory / "cdk.out"
    (out / "asset.ab").mkdir(parents=True)
    (out / "asset.cd.json").write_text(json.dumps(PASS))
    (out / "manifest.json").write_text(json.dumps({"artifacts": {
        "Shop.assets": {"type": "cdk:asset-manifest", "properties": {"file": "Shop.assets.json"}},
        "Shop": {"type": "aws:cloudformation:stack",
                 "properties": {"templateFile": "Shop.template.json"}}}}))
    (out / "Shop.assets.json").write_text(json.dumps({"files": {
        "ab": {"source": {"path": "asset.ab"}, "destinations": {"c": {"objectKey": "ab.zip"}}},
        "cd": {"source": {"path": "asset.cd.json"},
               "destinations": {"c": {"objectKey": "cd.json"}}}}}))
    (out / "Shop.template.json").write_text(json.dumps({"Resources": {
        "Machine7A": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {
            "DefinitionS3Location": {"Bucket": "b", "Key": "cd.json"},
            "DefinitionSubstitutions": {"Word": {"Ref": "AWS::Region"}},
            "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]}}},
        "Fn9B": {"Type": "AWS::Lambda::Function", "Properties": {
            "Code": {"S3Bucket": "b", "S3Key": "ab.zip"}, "Handler": "app.handler",
            "Runtime": "python3.12"}},
        "Role": {"Type": "AWS::IAM::Role", "Properties": {}},
        "CDKMetadata": {"Type": "AWS::CDK::Metadata", "Properties": {}}}}))
    text, _ = run("deploy", "cdk.out", "--data-dir", "data", cwd=directory)
    assert "made       state machine Machine7A" in text, text
    assert "function   Fn9B runs app.handler in cdk.out/asset.ab" in text, text
    assert "left out   AWS::IAM::Role Role" in text, text
    text, _ = run("deploy", "cdk.out", "--data-dir", "data", cwd=directory)
    assert "unchanged  state machine Machine7A" in text, text
    _, err = run("deploy", "cdk.out", "--stack", "No", "--dry-run", status=65, cwd=directory)
    assert "there is no such stack; there are: Shop" in err, err
    run("deploy", str(out / "asset.ab"), "--dry-run", status=65)


TRIGGERS = """Resources:
  M:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: m
      Definition: {StartAt: A, States: {A: {Type: Pass, End: true}}}
      Events:
        Order: {Type: EventBridgeRule, Properties: {Pattern: {source: [shop]}}}
        Nightly: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}
        Post: {Type: Api, Properties: {Path: /orders, Method: post}}
"""
DIRECTORY_TRIGGERS = """
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: shop}}
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: orders
      Definition: {StartAt: P, States: {P: {Type: Pass, End: true}}}
      Events:
        Hourly: {Type: Schedule, Properties: {Schedule: rate(1 hour)}}
        Often: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 minute)}}
        Sold:
          Type: EventBridgeRule
          Properties: {EventBusName: !Ref Bus, Pattern: {source: [shop]}, InputPath: $.detail}
        Asked: {Type: Api, Properties: {Path: /orders, Method: post}}
"""


@check
def triggers_that_are_in_the_template_no_more(directory):
    """They are named, and removed with --prune; those of others stay."""
    template = directory / "template.yaml"
    template.write_text(TRIGGERS)
    with Server() as server:
        at = ["--endpoint", server.endpoint]
        run("deploy", "template.yaml", *at, cwd=directory)
        run("triggers", "put", "mine", "--route", "GET /mine", "--start", "m", *at)
        kept = [line for line in TRIGGERS.splitlines() if "Post:" in line or "  " * 4 not in line]
        template.write_text("\n".join(kept) + "\n")
        out, _ = run("deploy", "template.yaml", *at, "--dry-run", cwd=directory)
        assert "MOrder" not in out and "MPost" in out, out
        out, _ = run("deploy", "template.yaml", *at, cwd=directory)
        assert "stale      rule MOrder: not in the template; --prune removes it" in out, out
        out, _ = run("deploy", "template.yaml", *at, "--stack", "other", "--prune", cwd=directory)
        assert "MOrder" not in out, out
        out, _ = run("deploy", "template.yaml", *at, "--prune", "--json", cwd=directory)
        removed = [row["what"] for row in json.loads(out)["resources"]
                   if row["outcome"] == "removed"]
        assert removed == ["rule MOrder", "schedule MNightly"], out
        out, _ = run("deploy", "template.yaml", *at, "--prune", cwd=directory)
        assert "removed" not in out and "stale" not in out, out
        found = json.loads(run("triggers", "list", "--json", *at)[0])
        assert not found["rules"] and not found["schedules"], found
        assert [each["Name"] for each in found["routes"]] == ["MPost", "mine"], found
@check
def triggers_are_made_in_a_directory_whose_executions_rest(directory):
    (directory / "template.yaml").write_text(DIRECTORY_TRIGGERS)
    (directory / "calls.asl.json").write_text(json.dumps({"StartAt": "T", "States": {"T": {
        "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:elsewhere",
        "End": True}}}))
    place = ["--data-dir", str(directory / "data")]
    run("machines", "create", "calls.asl.json", *place, cwd=directory)
    run("start", "calls", *place)
    for _ in range(2):
        out, _ = run("deploy", "template.yaml", *place, cwd=directory)
        assert "present    trigger MachineSold: a rule: events" in out, out
        assert "refused" not in out, out
        found = json.loads(run("list", *place, "--json")[0])["executions"]
        assert [each["status"] for each in found] == ["RUNNING"], found
    with Server(str(directory / "data")) as server:
        there = ["--endpoint", server.endpoint]
        out, _ = run("triggers", "list", *there)
        for words in ["MachineHourly", "MachineOften", "rule  shop  MachineSold", "POST /orders"]:
            assert words in out, out
        run("triggers", "put-events", "--bus", "shop", "--source", "shop", "--detail-type", "Sale",
            "--detail", '{"total": 7}', *there)
        # The schedule of every minute begins at once, too.
        inputs = []
        for _ in range(50):
            found = json.loads(run("list", "orders", *there, "--json")[0])["executions"]
            inputs = [server.client().describe_execution(executionArn=each["executionArn"])["input"]
                      for each in found]
            if '{"total":7}' in inputs:
                break
            time.sleep(0.1)
        assert inputs.count('{"total":7}') == 1, inputs


def main() -> int:
    return check.run(empty_directory)


if __name__ == "__main__":
    sys.exit(main())
