import StepwellIntegrations
import Testing

@testable import StepwellTemplates

/// The functions of templates (CloudFormation user guide, "Intrinsic function reference").
@Suite("Functions of templates")
struct TemplateValueTests {
    private static let rest = """
        Parameters:
          Stage: {Type: String, Default: dev}
          Zones: {Type: CommaDelimitedList, Default: 'a, b'}
        Mappings:
          Sizes: {dev: {count: 1}, prod: {count: 9}}
        Conditions:
          IsProd: !Equals [!Ref Stage, prod]
          IsDev: !Not [!Condition IsProd]
          Both: !And [!Condition IsProd, !Condition IsDev]
          One: !Or [!Condition IsProd, !Condition IsDev]
        """

    @Test(
        "values",
        arguments: [
            ("{x: !Ref Stage}", #"{"x":"dev"}"#),
            ("{x: {Ref: 'AWS::Region'}}", #"{"x":"us-east-1"}"#),
            ("{x: !Sub '${AWS::StackName}-${Stage}-${!Literal}'}", #"{"x":"shop-dev-${Literal}"}"#),
            ("{x: !Sub ['${A}/${Stage}', {A: !Ref Stage}]}", #"{"x":"dev/dev"}"#),
            ("{x: !Join ['-', [a, !Ref Stage, b]]}", #"{"x":"a-dev-b"}"#),
            ("{x: !Select [1, !Ref Zones]}", #"{"x":"b"}"#),
            ("{x: !Split [':', 'a:b']}", #"{"x":["a","b"]}"#),
            ("{x: !FindInMap [Sizes, !Ref Stage, count]}", #"{"x":1}"#),
            ("{x: !FindInMap [Sizes, none, count, {DefaultValue: 3}]}", #"{"x":3}"#),
            ("{x: !If [IsProd, 1, 2], y: !If [IsDev, 1, 2]}", #"{"x":2,"y":1}"#),
            ("{x: !If [Both, 1, 2], y: !If [One, 1, 2]}", #"{"x":2,"y":1}"#),
            ("{x: !Ref 'AWS::NoValue', y: [1, !Ref 'AWS::NoValue']}", #"{"y":[1]}"#),
            ("{x: !Base64 'hello'}", #"{"x":"aGVsbG8="}"#),
            ("{x: {Fn::Length: [1, 2]}}", #"{"x":2}"#),
            ("{x: {Fn::ToJsonString: {a: !Ref Stage}}}", #"{"x":"{\"a\":\"dev\"}"}"#),
            ("{x: !GetAtt A.Arn}", #"{"x":"arn:aws:unknown:us-east-1:000000000000:A"}"#),
            ("{x: 012345678901}", #"{"x":"012345678901"}"#),
        ]
    )
    func value(_ properties: String, _ expected: String) throws {
        #expect(try TemplateSamples.values(properties, Self.rest) == expected)
    }

    @Test(
        "problems",
        arguments: [
            ("!Ref Nope", "t.yaml:4:24: there is no parameter and no resource 'Nope'"),
            ("!ImportValue X", "Fn::ImportValue takes the output of another stack"),
            ("!Select [5, [a]]", "Fn::Select has the number of an element"),
            ("!Cidr [a, b, c]", "the function Fn::Cidr is not supported"),
            ("!FindInMap [A, b, c]", "the mapping 'A' has no 'b' with 'c'"),
            ("!If [Nope, 1, 2]", "there is no condition 'Nope'"),
            ("!Join [a]", "Fn::Join has a text and a list"),
            ("!Nope [a]", "the tag '!Nope' is not known"),
            ("!GetAtt A", "a resource and an attribute are expected here"),
        ]
    )
    func problem(_ value: String, _ expected: String) {
        let text = """
            Resources:
              A:
                Type: AWS::StepFunctions::Activity
                Properties: {Name: \(value)}
            """
        let problems = TemplateSamples.problems(text)
        #expect(problems.count == 1)
        #expect(problems.first?.lowercased().contains(expected.lowercased()) == true)
    }

    @Test("what refers to itself ends")
    func circles() {
        let circle = """
            Conditions: {A: !Condition B, B: !Condition A}
            Resources:
              A: {Type: AWS::StepFunctions::Activity, Condition: A, Properties: {Name: a}}
              B: {Type: AWS::StepFunctions::Activity, Properties: {Name: !Ref B}}
            """
        let problems = TemplateSamples.problems(circle)
        #expect(problems.count == 2)
        #expect(problems.allSatisfy { $0.contains("in a circle") })
    }

    @Test("parameters without a value are asked for, unknown ones refused")
    func parameters() {
        let text = "Parameters: {P: {Type: String}}\nResources: {}\n"
        #expect(
            TemplateSamples.problems(text) == [
                "t.yaml:1:14: the parameter 'P' has no default: give it with --parameter P=VALUE"
            ]
        )
        #expect(throws: SettingsProblems.self) {
            try TemplateSamples.plan("Resources: {}", parameters: ["Q": "1"])
        }
        #expect(throws: SettingsProblems.self) {
            try TemplateSamples.plan(
                "Parameters: {P: {Type: String, AllowedValues: [a, b]}}\nResources: {}\n",
                parameters: ["P": "c"]
            )
        }
    }
}
