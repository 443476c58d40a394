import StepwellJSON
import StepwellTriggers
import Testing

/// What input transformers make: the examples of EventBridge's user guide, and what was recorded.
struct InputTemplateTests {
    private static let event: JSONObject = [
        "version": "0", "id": "7bf73129-1428-4cd3-a780-95db273d1602",
        "detail-type": "EC2 Instance State-change Notification", "source": "aws.ec2",
        "time": "2015-11-11T21:29:54Z",
        "resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"],
        "detail": ["instance-id": "i-0123456789", "state": "RUNNING", "count": 3, "ok": true],
    ]

    private static let occasion = TargetOccasion(
        ruleARN: "arn:aws:events:us-east-1:123456789012:rule/example",
        ruleName: "example",
        ingestionTime: "2015-11-11T21:29:55Z"
    )

    private func filled(_ text: String) -> String {
        let template = InputTemplate(
            text: text,
            paths: [
                .init(name: "instance", path: "$.detail.instance-id"),
                .init(name: "state", path: "$.detail.state"),
                .init(name: "count", path: "$.detail.count"),
                .init(name: "ok", path: "$.detail.ok"),
                .init(name: "detail", path: "$.detail"),
                .init(name: "resource", path: "$.resources[0]"),
                .init(name: "none", path: "$.detail.none"),
            ]
        )
        #expect(template.problem(of: "1") == nil)
        let bytes = template.filled(from: Self.event, in: Self.occasion)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        (
            #""instance <instance> is in <state>""#, #""instance i-0123456789 is in RUNNING""#
        ),
        (
            #"{"instance": <instance>, "state": <state>}"#,
            #"{"instance": "i-0123456789", "state": "RUNNING"}"#
        ),
        (
            #"{"instance": "<instance>", "state": <state>}"#,
            #"{"instance": "i-0123456789", "state": "RUNNING"}"#
        ),
        (
            #"{"s": "instance \"<instance>\" is in <state>"}"#,
            #"{"s": "instance \"i-0123456789\" is in RUNNING"}"#
        ),
        (#"{"n": <count>, "b": <ok>, "t": "<count>"}"#, #"{"n": 3, "b": true, "t": "3"}"#),
        (
            #"{"r": <resource>}"#,
            #"{"r": "arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"}"#
        ),
        (
            #""Detail is <detail>""#,
            #""Detail is {instance-id:i-0123456789,state:RUNNING,count:3,ok:true}""#
        ),
        (#"{"x": "<none>", "y": <none>}"#, #"{"x": "", "y": ""}"#),
        (
            #"{"a": "<aws.events.rule-name>", "t": <aws.events.event.ingestion-time>}"#,
            #"{"a": "example", "t": "2015-11-11T21:29:55Z"}"#
        ),
        ("<instance> at 5 < 6", #""\"i-0123456789\" at 5 < 6""#),
    ])
    func fill(template: String, text: String) {
        #expect(filled(template) == text)
    }

    @Test
    func theWholeEventIsAVariable() throws {
        let text = filled(#"{"e": <aws.events.event>, "j": <aws.events.event.json>}"#)
        let value = try JSONValue(parsing: text)
        #expect(value["j"] == .object(Self.event))
        #expect(value["e"]?["detail"] == nil)
        #expect(value["e"]?["source"] == "aws.ec2")
    }

    @Test
    func whatCannotBeFilledIsRefused() {
        let unknown = InputTemplate(text: #""<x>""#, paths: [])
        #expect(
            unknown.problem(of: "t")
                == "InputTemplate for target t contains invalid placeholder x."
        )
        let reserved = InputTemplate(
            text: "{}",
            paths: [.init(name: "aws.events.event", path: "$")]
        )
        #expect(reserved.problem(of: "t") != nil)
        let path = InputTemplate(text: "{}", paths: [.init(name: "a", path: "detail")])
        #expect(path.problem(of: "t") != nil)
    }

    @Test
    func whatGetsTooLongIsGivenUpAtOnce() {
        let variable = InputTemplate.Variable(name: "x", path: "$.x")
        let event: JSONObject = ["x": .string(String(repeating: "y", count: 200_000))]
        for (count, isFilled) in [(5, true), (6, false), (2_000, false)] {
            let text = String(repeating: "<x>", count: count)
            let bytes = InputTemplate(text: text, paths: [variable])
                .filled(from: event, in: Self.occasion)
            #expect(bytes.isEmpty != isFilled)
        }
    }
}
