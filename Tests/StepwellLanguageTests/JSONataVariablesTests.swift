import StepwellLanguage
import Testing

/// The variables that the validator finds in JSONata expressions.
@Suite("Variables of JSONata expressions")
struct JSONataVariablesTests {
    @Test(
        "Free variables are found; bound ones, functions, strings and comments are not",
        arguments: [
            ("$a + $b.c[$d]", ["a", "b", "d"]),
            ("$a & $a", ["a"]),
            ("$states.input.x & $uuid()", []),
            ("$map($list, $uppercase)", ["list"]),
            ("($x := $y; $x + 1)", ["y"]),
            ("$map([1], function($i, $n) { $i + $n + $k })", ["k"]),
            ("$map([1], λ($i) { $i })", []),
            ("a@$p#$q[$p = $r]", ["r"]),
            ("'$s' & \"$t\\\"$u\" & `$v`", []),
            ("/* $w */ $x", ["x"]),
            ("$ & $$ & $1", []),
            ("$call($arg)", ["arg"]),
            ("$été", ["été"]),
            ("'unclosed $a", []),
            ("/* unclosed $a", []),
            ("functional.$a", ["a"]),
            ("($f := function($x) { $x }; $x + $f(1))", ["x"]),
            ("$notThere(1) & $eval", ["eval"]),
            ("$x^($w){$y: $z}", ["x", "w", "y", "z"]),
        ]
    )
    func found(expression: String, variables: [String]) {
        let escaped = expression.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let decoded = decode(
            """
            {"StartAt": "S", "QueryLanguage": "JSONata", "States": {"S": {"Type": "Succeed",
            "Output": "{% \(escaped) %}"
            }}}
            """
        )
        let names = decoded.languageProblems.filter { $0.code == .undefinedVariable }.map {
            String($0.message.dropFirst("The variable '$".count).prefix { $0 != "'" })
        }
        #expect(names == variables, "\(decoded.problems)")
    }

    @Test("A name that an outer scope assigns is suggested")
    func suggested() throws {
        let decoded = decode(
            """
            {"StartAt": "A", "QueryLanguage": "JSONata", "States": {
              "A": {"Type": "Pass", "Assign": {"counter": 1}, "Next": "M"},
              "M": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "P", "States": {
                "P": {"Type": "Pass", "Output": "{% $countr + $counter %}", "End": true}}}}}}
            """
        )
        let problem = try #require(decoded.languageProblems.first)
        #expect(decoded.languageProblems.count == 1)
        #expect(problem.hint == "Did you mean 'counter'?")
        #expect(problem.pointer == "/States/M/ItemProcessor/States/P/Output")
    }

    @Test("The iterations of a distributed Map do not see the variables around it")
    func distributed() {
        let decoded = decode(
            """
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Assign": {"v": 1}, "Next": "M"},
              "M": {"Type": "Map", "End": true, "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "P", "States": {
                "P": {"Type": "Pass", "Parameters": {"a.$": "$v"}, "End": true}}}}}}
            """
        )
        #expect(decoded.languageProblems.map(\.code) == [.undefinedVariable])
    }

    @Test("Many variables take no time that grows with their square")
    func many() {
        let reads = (0..<40_000).map { "$a\($0)" }.joined(separator: ", ")
        let assigned = (0..<40_000).map { "\"b\($0)\": 1" }.joined(separator: ", ")
        let decoded = decode(
            """
            {"StartAt": "S", "QueryLanguage": "JSONata", "States": {"S": {"Type": "Pass",
             "End": true, "Output": "{% [\(reads)] %}", "Assign": {\(assigned)}}}}
            """
        )
        #expect(decoded.problems.count == 500)
    }
}
