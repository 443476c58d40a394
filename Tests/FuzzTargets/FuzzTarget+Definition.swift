import StepwellLanguage

extension FuzzTarget {
    /// Definitions in JSON: every problem has a place in the text, there is a definition exactly
    /// when no problem is an error, and the answer is the same twice.
    static let definition = FuzzTarget(
        name: "definition",
        seeds: definitions,
        complaint: complaintOfDefinition
    )

    /// One definition for every type of state and most fields.
    static let definitions = [
        #"{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"x":[1,2]},"End":true}}}"#,
        #"{"StartAt":"A","Comment":"c","Version":"1.0","TimeoutSeconds":9,"States":{"#
            + #""A":{"Type":"Pass","Parameters":{"a.$":"$.x","b":1},"ResultPath":"$.r","#
            + #""Assign":{"v.$":"$"},"Next":"B"},"B":{"Type":"Succeed","OutputPath":"$.r"}}}"#,
        #"{"StartAt":"A","States":{"A":{"Type":"Task","#
            + #""Resource":"arn:aws:states:::lambda:invoke","Parameters":{"Payload.$":"$"},"#
            + #""ResultSelector":{"p.$":"$.Payload"},"TimeoutSeconds":9,"HeartbeatSeconds":2,"#
            + #""Retry":[{"ErrorEquals":["X"],"IntervalSeconds":1,"BackoffRate":1.5,"#
            + #""MaxAttempts":2,"MaxDelaySeconds":3,"JitterStrategy":"FULL"}],"#
            + #""Catch":[{"ErrorEquals":["States.ALL"],"Next":"F","ResultPath":"$.e"}],"#
            + #""End":true},"#
            + #""F":{"Type":"Fail","ErrorPath":"$.e.Error","Cause":"because"}}}"#,
        #"{"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"And":[{"Variable":"$.n","#
            + #""NumericGreaterThanPath":"$.m"},{"Not":{"Variable":"$.s","StringMatches":"a*"}}],"#
            + #""Next":"W"},{"Variable":"$.t","IsTimestamp":true,"Next":"W"}],"Default":"W"},"#
            + #""W":{"Type":"Wait","TimestampPath":"$.t","End":true}}}"#,
        #"{"StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[{"StartAt":"A","States":{"#
            + #""A":{"Type":"Wait","Seconds":1,"End":true}}},{"StartAt":"B","States":{"#
            + #""B":{"Type":"Fail","Error":"e"}}}],"End":true}}}"#,
        #"{"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.a","MaxConcurrency":1,"#
            + #""ItemSelector":{"i.$":"$$.Map.Item.Index","v.$":"$$.Map.Item.Value"},"#
            + #""ItemProcessor":{"ProcessorConfig":{"Mode":"INLINE"},"StartAt":"A","States":{"#
            + #""A":{"Type":"Pass","End":true}}},"End":true}}}"#,
    ]

    private static func complaintOfDefinition(_ bytes: [UInt8]) -> String? {
        let outcome = DefinitionDecoder().decode(bytes)
        let lines = 1 + bytes.count { $0 == 0x0A || $0 == 0x0D }
        for problem in outcome.problems {
            guard (1...lines).contains(problem.line), (1...bytes.count + 1).contains(problem.column)
            else {
                return "'\(problem.message)' stands at \(problem.line):\(problem.column)"
            }
        }
        guard (outcome.definition == nil) == outcome.problems.hasErrors else {
            return "a definition has errors or none of both: \(outcome.problems)"
        }
        guard DefinitionDecoder().decode(bytes).problems == outcome.problems else {
            return "the problems are others the second time"
        }
        return nil
    }
}
