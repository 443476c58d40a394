import StepwellIntegrations
import Testing

@Suite("Policies decide as IAM does")
struct PolicyDecisionTests {
    private static let role = "arn:aws:iam::123456789012:role/orders"

    private func decision(
        _ statements: String,
        _ action: String = "dynamodb:PutItem",
        on resource: String = "arn:aws:dynamodb:us-east-1:123456789012:table/orders",
        _ context: [String: [String]] = [:]
    ) throws -> PolicyDecision {
        let policies = try RolePolicies(
            SettingsDocument(yaml: #"{"Version": "2012-10-17", "Statement": \#(statements)}"#)
        )
        return policies.decision(
            on: PolicyRequest(
                role: Self.role,
                action: action,
                resource: resource,
                context: context
            )
        )
    }

    @Test(
        "Actions and resources, their wildcards and negations",
        arguments: [
            (#""Action": "*", "Resource": "*""#, true),
            (#""Action": "dynamodb:PutItem", "Resource": "*""#, true),
            (#""Action": "DynamoDB:putitem", "Resource": "*""#, true),
            (#""Action": "dynamodb:Put*", "Resource": "*""#, true),
            (#""Action": "dynamodb:P?tItem", "Resource": "*""#, true),
            (#""Action": "dynamodb:Put", "Resource": "*""#, false),
            (#""Action": "dynamodb:Get*", "Resource": "*""#, false),
            (#""Action": ["sqs:*", "dynamodb:*"], "Resource": "*""#, true),
            (#""NotAction": "sqs:*", "Resource": "*""#, true),
            (#""NotAction": ["sqs:*", "dynamodb:*"], "Resource": "*""#, false),
            (#""Action": "*", "Resource": "arn:aws:dynamodb:*:*:table/orders""#, true),
            (#""Action": "*", "Resource": "arn:aws:dynamodb:*:*:table/Orders""#, false),
            (#""Action": "*", "Resource": "arn:aws:dynamodb:*:*:table/order""#, false),
            (#""Action": "*", "Resource": "arn:aws:dynamodb:*table/ord*s""#, true),
            (#""Action": "*", "Resource": ["arn:a", "arn:aws:dynamodb:*"]"#, true),
            (#""Action": "*", "NotResource": "arn:aws:sqs:*""#, true),
            (#""Action": "*", "NotResource": "arn:aws:dynamodb:*""#, false),
        ]
    )
    func selections(statement: String, isAllowed: Bool) throws {
        let found = try decision(#"{"Effect": "Allow", \#(statement)}"#)
        #expect(found == (isAllowed ? .allowed : .notAllowed))
    }

    @Test("A denial counts more than what allows; nothing said is not allowed")
    func effects() throws {
        let allow = #"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#
        let deny = #"{"Effect": "Deny", "Action": "dynamodb:Put*", "Resource": "*"}"#
        #expect(try decision("[\(allow), \(deny)]") == .denied)
        #expect(try decision("[\(deny), \(allow)]") == .denied)
        #expect(try decision("[\(allow), \(deny)]", "dynamodb:GetItem") == .allowed)
        #expect(try decision("[]") == .notAllowed)
    }

    @Test(
        "Conditions",
        arguments: [
            (#"{"StringEquals": {"ecs:cluster": "a"}}"#, ["ecs:cluster": ["a"]], true),
            (#"{"StringEquals": {"ecs:cluster": ["b", "a"]}}"#, ["ecs:cluster": ["a"]], true),
            (#"{"StringEquals": {"ECS:Cluster": "a"}}"#, ["ecs:cluster": ["a"]], true),
            (#"{"StringEquals": {"ecs:cluster": "a*"}}"#, ["ecs:cluster": ["ab"]], false),
            (#"{"StringEquals": {"ecs:cluster": "a"}}"#, [:], false),
            (#"{"StringEqualsIfExists": {"ecs:cluster": "a"}}"#, [:], true),
            (#"{"StringEqualsIfExists": {"ecs:cluster": "a"}}"#, ["ecs:cluster": ["b"]], false),
            (#"{"StringNotEquals": {"ecs:cluster": ["a", "b"]}}"#, ["ecs:cluster": ["b"]], false),
            (#"{"StringNotEquals": {"ecs:cluster": "a"}}"#, [:], true),
            (#"{"StringEqualsIgnoreCase": {"ecs:cluster": "A"}}"#, ["ecs:cluster": ["a"]], true),
            (#"{"StringLike": {"s3:prefix": "home/*"}}"#, ["s3:prefix": ["home/x/y"]], true),
            (#"{"StringLike": {"s3:prefix": "home/?"}}"#, ["s3:prefix": ["home/xy"]], false),
            (#"{"StringNotLike": {"s3:prefix": "home/*"}}"#, ["s3:prefix": ["tmp"]], true),
            (
                #"{"ArnLike": {"ecs:cluster": "arn:aws:ecs:*:1:cluster/*"}}"#,
                ["ecs:cluster": ["arn:aws:ecs:us-east-1:1:cluster/a"]], true
            ),
            (
                #"{"ArnEquals": {"ecs:cluster": "arn:aws:ecs:*:cluster/*"}}"#,
                ["ecs:cluster": ["arn:aws:ecs:us-east-1:1:cluster/a"]], false
            ),
            (
                #"{"ArnNotLike": {"ecs:cluster": "arn:aws:ecs:*:1:cluster/*"}}"#,
                ["ecs:cluster": ["arn:aws:ecs:us-east-1:2:cluster/a"]], true
            ),
            (#"{"NumericLessThan": {"s3:prefix": "10"}}"#, ["s3:prefix": ["9.5"]], true),
            (#"{"NumericLessThan": {"s3:prefix": 10}}"#, ["s3:prefix": ["10"]], false),
            (#"{"NumericLessThanEquals": {"s3:prefix": 10}}"#, ["s3:prefix": ["10"]], true),
            (#"{"NumericGreaterThan": {"s3:prefix": 10}}"#, ["s3:prefix": ["x"]], false),
            (#"{"NumericGreaterThanEquals": {"s3:prefix": 1}}"#, ["s3:prefix": ["1"]], true),
            (#"{"NumericEquals": {"s3:prefix": "1.0"}}"#, ["s3:prefix": ["1"]], true),
            (#"{"NumericNotEquals": {"s3:prefix": "1.0"}}"#, ["s3:prefix": ["1"]], false),
            (#"{"Bool": {"s3:prefix": true}}"#, ["s3:prefix": ["True"]], true),
            (#"{"Bool": {"s3:prefix": "false"}}"#, ["s3:prefix": ["true"]], false),
            (#"{"Null": {"s3:prefix": true}}"#, [:], true),
            (#"{"Null": {"s3:prefix": "false"}}"#, [:], false),
            (#"{"Null": {"s3:prefix": "false"}}"#, ["s3:prefix": ["a"]], true),
            (
                #"{"ForAllValues:StringEquals": {"s3:prefix": ["a", "b"]}}"#,
                ["s3:prefix": ["a", "b"]], true
            ),
            (
                #"{"ForAllValues:StringEquals": {"s3:prefix": ["a", "b"]}}"#,
                ["s3:prefix": ["a", "c"]], false
            ),
            (#"{"ForAllValues:StringEquals": {"s3:prefix": "a"}}"#, [:], true),
            (
                #"{"ForAnyValue:StringEquals": {"s3:prefix": "c"}}"#,
                ["s3:prefix": ["a", "c"]], true
            ),
            (#"{"ForAnyValue:StringNotEquals": {"s3:prefix": "c"}}"#, [:], false),
            (
                #"{"StringEquals": {"s3:prefix": "a", "ecs:cluster": "b"}}"#,
                ["s3:prefix": ["a"], "ecs:cluster": ["c"]], false
            ),
            (
                #"{"StringEquals": {"s3:prefix": "a"}, "StringLike": {"ecs:cluster": "*"}}"#,
                ["s3:prefix": ["a"], "ecs:cluster": ["c"]], true
            ),
        ] as [(String, [String: [String]], Bool)]
    )
    func conditions(condition: String, context: [String: [String]], holds: Bool) throws {
        let statement =
            #"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": \#(condition)}"#
        #expect(try decision(statement, context) == (holds ? .allowed : .notAllowed))
    }

    private func decision(
        _ statement: String,
        _ context: [String: [String]]
    ) throws -> PolicyDecision {
        try decision(statement, "a:b", on: "*", context)
    }

    @Test("Variables stand for what the request has; one without a value fits nothing")
    func variables() throws {
        let statement = #"{"Effect": "Allow", "Action": "*", "Resource": "arn:${ecs:cluster}/*"}"#
        let found = { (resource: String, context: [String: [String]]) in
            try decision(statement, "a:b", on: resource, context)
        }
        #expect(try found("arn:x/1", ["ecs:cluster": ["x"]]) == .allowed)
        #expect(try found("arn:y/1", ["ecs:cluster": ["x"]]) == .notAllowed)
        #expect(try found("arn:y/1", ["ecs:cluster": ["*"]]) == .notAllowed, "no wildcard")
        #expect(try found("arn:*/1", ["ecs:cluster": ["*"]]) == .allowed)
        #expect(try found("arn:/1", [:]) == .notAllowed)
        let star = #"{"Effect": "Allow", "Action": "*", "Resource": "a${*}b"}"#
        #expect(try decision(star, "a:b", on: "a*b") == .allowed)
        #expect(try decision(star, "a:b", on: "axb") == .notAllowed)
    }

    @Test("A role has the policies of every pattern that fits it, and nothing else")
    func roles() throws {
        let text = #"""
            {"arn:aws:iam::*:role/ord*": {"Statement":
               {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}},
             "arn:aws:iam::123456789012:role/orders": [
               {"Statement": {"Effect": "Allow", "Action": "sns:*", "Resource": "*"}},
               {"Statement": {"Effect": "Deny", "Action": "sqs:Delete*", "Resource": "*"}}]}
            """#
        let policies = try RolePolicies(SettingsDocument(yaml: text))
        func decision(_ role: String, _ action: String) -> PolicyDecision {
            policies.decision(on: PolicyRequest(role: role, action: action, resource: "*"))
        }
        #expect(decision(Self.role, "sqs:SendMessage") == .allowed)
        #expect(decision(Self.role, "sns:Publish") == .allowed)
        #expect(decision(Self.role, "sqs:DeleteQueue") == .denied)
        #expect(decision("arn:aws:iam::1:role/order", "sqs:DeleteQueue") == .allowed)
        #expect(decision("arn:aws:iam::1:role/other", "sqs:SendMessage") == .notAllowed)
    }

    @Test(
        "What is not known is refused with its place",
        arguments: [
            ("[]", "f:1:1: a policy, or a mapping of roles' ARNs"),
            (#"{"role": {}}"#, "f:1:2: 'role' is not the ARN of a role"),
            (#"{"Version": "2020", "Statement": []}"#, "f:1:2: the version of a policy is"),
            (#"{"Version": "2012-10-17"}"#, "f:1:1: 'Statement' is missing here"),
            (#"{"Statement": {"Efect": "Allow"}}"#, "f:1:16: 'Efect' is not known here; did"),
            (#"{"Statement": {"Effect": "allow"}}"#, "f:1:16: 'Effect' must be"),
            (#"{"Statement": {"Effect": "Allow", "Resource": "*"}}"#, "f:1:2: a statement has one"),
            (
                #"{"Statement": {"Effect": "Allow", "Action": "Put", "Resource": "*"}}"#,
                "f:1:35: 'Put' is not an action"
            ),
            (
                #"{"Statement": {"Effect": "Allow", "Principal": "*"}}"#,
                "f:1:35: 'Principal' is not known here"
            ),
            (
                "Condition: {IpAddress: {}}",
                "f:1:68: 'IpAddress' is not a known condition operator"
            ),
            (
                "Condition: {Bool: {'aws:SecureTransport': true}}",
                "f:1:75: the condition key 'aws:SecureTransport' is not known here; these are"
            ),
        ]
    )
    func problems(text: String, problem: String) throws {
        let error = #expect(throws: SettingsProblems.self) {
            let isPart = text.hasPrefix("Condition")
            let deny = "{Statement: {Effect: Deny, Action: '*', Resource: '*', \(text)}}"
            return try RolePolicies(SettingsDocument(yaml: isPart ? deny : text))
        }
        let first = error?.problems.first?.description ?? ""
        #expect(first.hasPrefix(problem), "\(first)")
    }
}
