import StepwellJSON
import Testing

@testable import StepwellTemplates

/// What is planned of resources.
@Suite("Plans of templates")
struct PlanTests {
    private static let sam = """
        Transform: AWS::Serverless-2016-10-31
        Globals:
          Function: {Runtime: python3.12, Timeout: 9, Environment: {Variables: {STAGE: dev}}}
        Resources:
          Orders:
            Type: AWS::Serverless::StateMachine
            Properties:
              DefinitionUri: statemachine/orders.asl.json
              DefinitionSubstitutions: {ChargeArn: !GetAtt Charge.Arn, Table: !Ref Table}
              Policies: [{LambdaInvokePolicy: {FunctionName: !Ref Charge}}]
              Tracing: {Enabled: true}
              Tags: {team: shop}
              AutoPublishAlias: live
              Events:
                Nightly: {Type: Schedule, Properties: {Schedule: rate(1 day), Input: '{"n": 1}'}}
                Later:
                  Type: ScheduleV2
                  Properties:
                    ScheduleExpression: 'cron(0 3 * * ? *)'
                    ScheduleExpressionTimezone: Europe/Paris
                Placed:
                  Type: EventBridgeRule
                  Properties: {EventBusName: shop, Pattern: {source: [shop]}}
                Web: {Type: Api, Properties: {Method: post, Path: /orders}}
          Charge:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: functions/charge/
              Handler: app.handler
              Environment: {Variables: {TABLE: !Ref Table}}
          Thumb: {Type: AWS::Serverless::Function, Properties: {PackageType: Image}}
          Table: {Type: AWS::Serverless::SimpleTable}
        """

    private func samPlan() throws -> TemplatePlan {
        try TemplateSamples.plan(
            Self.sam,
            files: ["/d/statemachine/orders.asl.json"],
            folders: ["/d/functions/charge"]
        )
    }

    @Test("SAM's state machines, functions and what is left out")
    func serverless() throws {
        let plan = try samPlan()
        let machine = try #require(plan.stateMachines.first)
        #expect(machine.name == "Orders")
        #expect(machine.arn == "arn:aws:states:us-east-1:000000000000:stateMachine:Orders")
        guard case .file(let path) = machine.definition else {
            Issue.record("no file")
            return
        }
        #expect(path == "/d/statemachine/orders.asl.json")
        let charge = "arn:aws:lambda:us-east-1:000000000000:function:Charge"
        #expect(machine.substitutions == ["ChargeArn": charge, "Table": "Table"])
        #expect(machine.roleARN == "arn:aws:iam::000000000000:role/OrdersRole")
        #expect(machine.type == "STANDARD")
        #expect(machine.publishedAlias == "live")
        let settings = JSONWriter.string(.object(machine.settings))
        let expected =
            #"{"tracingConfiguration":{"enabled":true},"tags":[{"key":"team","value":"shop"}]}"#
        #expect(settings == expected)
        let function = try #require(plan.functions.first)
        #expect(function.directory == "/d/functions/charge")
        #expect(function.timeoutSeconds == 9)
        #expect(function.environment.map(\.name) == ["STAGE", "TABLE"])
        #expect(plan.leftOut.map(\.logicalID) == ["Thumb", "Table"])
        #expect(plan.leftOut[0].place == "t.yaml:31:3")
    }

    @Test("SAM's events are calls of EventBridge, its scheduler, and routes")
    func events() throws {
        let triggers = try samPlan().triggers
        #expect(
            triggers.map(\.logicalID) == [
                "OrdersNightly", "OrdersLater", "OrdersPlaced", "OrdersWeb",
            ]
        )
        let operations = triggers.map { $0.calls.map { "\($0.service).\($0.operation)" } }
        #expect(operations[0] == ["events.PutRule", "events.PutTargets"])
        #expect(operations[1] == ["scheduler.CreateSchedule"])
        #expect(operations[3] == ["triggers.PutRoute"])
        #expect(triggers[0].calls[0].body["ScheduleExpression"] == "rate(1 day)")
        let target = triggers[0].calls[1].body["Targets"]?[0]
        #expect(target?["Input"] == #"{"n": 1}"#)
        #expect(triggers[1].calls[0].body["FlexibleTimeWindow"]?["Mode"] == "OFF")
        #expect(triggers[1].calls[0].body["ScheduleExpressionTimezone"] == "Europe/Paris")
        #expect(triggers[2].calls[0].body["EventPattern"] == #"{"source":["shop"]}"#)
        #expect(triggers[2].calls[1].body["EventBusName"] == "shop")
    }

    @Test("CloudFormation's JSON: definitions as text, versions, aliases, rules")
    func cloudFormation() throws {
        let text = #"""
            {"Resources": {
              "M": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {
                "StateMachineName": "m", "StateMachineType": "EXPRESS",
                "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]},
                "DefinitionString": {"Fn::Join": ["", ["{\"StartAt\":\"", "A", "\"}"]]},
                "LoggingConfiguration": {"Level": "ALL", "Destinations": [
                  {"CloudWatchLogsLogGroup": {"LogGroupArn": {"Fn::GetAtt": ["Log", "Arn"]}}}]}}},
              "A": {"Type": "AWS::StepFunctions::Activity", "Properties": {"Name": "pack"}},
              "V": {"Type": "AWS::StepFunctions::StateMachineVersion", "Properties": {
                "StateMachineArn": {"Ref": "M"},
                "StateMachineRevisionId": {"Fn::GetAtt": ["M", "StateMachineRevisionId"]}}},
              "L": {"Type": "AWS::StepFunctions::StateMachineAlias", "Properties": {
                "Name": "live", "RoutingConfiguration": [
                  {"StateMachineVersionArn": {"Ref": "V"}, "Weight": 100}]}},
              "R": {"Type": "AWS::Events::Rule", "Properties": {
                "ScheduleExpression": "rate(5 minutes)",
                "Targets": [{"Id": "t", "Arn": {"Ref": "M"}}]}},
              "Off": {"Type": "AWS::StepFunctions::Activity", "Condition": "Never",
                "Properties": {"Name": "off"}},
              "Role": {"Type": "AWS::IAM::Role"},
              "Log": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/m"}}},
             "Conditions": {"Never": {"Fn::Equals": ["a", "b"]}}}
            """#
        let plan = try TemplateSamples.plan(text)
        let machine = try #require(plan.stateMachines.first)
        #expect(machine.name == "m")
        #expect(machine.type == "EXPRESS")
        guard case .text(let definition, partsAt: nil) = machine.definition else {
            Issue.record("no text")
            return
        }
        #expect(definition == #"{"StartAt":"A"}"#)
        #expect(machine.roleARN == "arn:aws:iam::000000000000:role/Role")
        let logging = machine.settings["loggingConfiguration"]
        let group = logging?["destinations"]?[0]?["cloudWatchLogsLogGroup"]?["logGroupArn"]
        #expect(group == "arn:aws:logs:us-east-1:000000000000:log-group:/m:*")
        #expect(plan.activities.map(\.name) == ["pack"])
        #expect(plan.versions.map(\.stateMachineARN) == [machine.arn])
        #expect(plan.aliases.first?.routes.first?.version == "V")
        #expect(plan.triggers.map(\.summary) == ["a rule: rate(5 minutes)"])
        #expect(plan.leftOut.map(\.logicalID) == ["Off", "Role", "Log"])
        #expect(plan.leftOut[0].reason == "its condition 'Never' does not hold")
    }

    @Test("what cannot be is told with its place")
    func problems() {
        let text = """
            Resources:
              A: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: none.json}}
              B: {Type: AWS::Serverless::StateMachine}
              C: {Properties: {}}
              D: {Type: AWS::Serverless::Function, Properties: {CodeUri: gone, Handler: a.b}}
              E:
                Type: AWS::Serverless::StateMachine
                Properties: {Definition: {}, Events: {X: {Type: SQS}}}
            """
        #expect(
            TemplateSamples.problems(text) == [
                "t.yaml:2:57: there is no file '/d/none.json'",
                "t.yaml:3:3: there is no definition here",
                "t.yaml:4:3: 'Type' is missing here",
                "t.yaml:5:53: there is no directory '/d/gone' with the function's code",
                "t.yaml:8:43: the event type 'SQS' is not known",
            ]
        )
        #expect(
            TemplateSamples.problems("a: 1") == [
                "t.yaml:1:1: there are no 'Resources': this is not a template"
            ]
        )
        #expect(TemplateSamples.problems("a: [1").first?.hasPrefix("t.yaml:2:1: not YAML") == true)
    }

    @Test("what `cdk synth` writes: templates, and directories that stand for assets")
    func cloudAssembly() throws {
        let files = [
            "/c/manifest.json": #"""
            {"artifacts": {
              "S.assets": {"type": "cdk:asset-manifest", "properties": {"file": "S.assets.json"}},
              "S": {"type": "aws:cloudformation:stack",
                "properties": {"templateFile": "S.template.json", "stackName": "shop-dev"}},
              "N": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "n"}}}}
            """#,
            "/c/S.assets.json": #"""
            {"files": {"ab": {"source": {"path": "asset.ab"},
              "destinations": {"current": {"objectKey": "ab.zip"}}}}}
            """#,
            "/c/n/manifest.json": #"""
            {"artifacts": {"T": {"type": "aws:cloudformation:stack",
              "properties": {"templateFile": "T.template.json"}}}}
            """#,
        ]
        let assembly = try CloudAssembly(directory: "/c") { files[$0].map { Array($0.utf8) } }
        #expect(assembly.stacks.map(\.name) == ["shop-dev", "T"])
        #expect(assembly.stacks.map(\.template) == ["/c/S.template.json", "/c/n/T.template.json"])
        #expect(assembly.asset("ab.zip") == "/c/asset.ab")
        let template = #"""
            {"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {
              "Code": {"S3Bucket": "b", "S3Key": "ab.zip"}, "Handler": "app.handler",
              "Runtime": "python3.12"}}}}
            """#
        let plan = try TemplateSamples.plan(
            template,
            folders: ["/c/asset.ab"],
            assets: ["ab.zip": "/c/asset.ab"]
        )
        #expect(plan.functions.map(\.directory) == ["/c/asset.ab"])
        #expect(try TemplateSamples.plan(template).leftOut.count == 1)
    }
}
