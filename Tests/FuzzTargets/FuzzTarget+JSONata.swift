import StepwellJSON
import StepwellJSONata

extension FuzzTarget {
    /// JSONata, parser and evaluator, in both profiles: every error has a code and lies inside the
    /// text; a budget ends every evaluation; an evaluation comes out the same twice, and the same
    /// with more to spend when it got by; its value survives being written and read.
    static let jsonata = FuzzTarget(
        name: "jsonata",
        seeds: [
            "a.b[c>1].{'x': $sum(d)}", "$.a[0..2]", "books^(>price, isbn).%.s",
            "a@$x.b#$i[$i>0].[$x,$i]", "$map(a, function($v,$i,$a){$v & $i & $count($a)})",
            "($f := function($n){$n<2 ? 1 : $n*$f($n-1)}; $f(9))", "$reduce(a, $append)",
            "a ~> $filter(function($v){$type($v)='number'}) ~> $sum", "**.b^(<$)", "*[0]",
            "b{$string(a): $count(b)}", "s ~> /o(n)e/i", "$match(s, /[a-z]+?(,|$)/, 1)",
            "$replace(s, /(w+)/, '$0-$1')", "$split('a1b2', /\\d/)", "$each(b, $uppercase)",
            "|a|{'n': 1}, ['b']|", "n ?: 'none'", "none ?? [1,2]", "$number('0x1F') ~> $power(2)",
            "$formatNumber(-1234.5, '#,##0.00;(#)')", "$formatInteger(1994, 'I')",
            "$parseInteger('twelve', 'w')", "$fromMillis(0, '[Y0001]-[M01]-[D01]T[H]:[m][z]')",
            "$toMillis('2020-02-30')", "$formatBase(255, 16)", "$pad(s, -12, 'é')",
            "$substring('ab\\ud83d\\ude00', 1, 2)", "$sort(a.b, function($l,$r){$l>$r})",
            "$merge([b, o]) ~> $spread", "$zip(a, [1..3])", "$shuffle([1..5])", "$distinct(a)",
            "$eval('1+' & n)", "$assert(n > 0, 'no')", "$error('x')", "$single(a, $boolean)",
            "$partition([1..9], 4)", "$range(0, 9, 3)", "$hash(s, 'SHA-256')", "$random(7)",
            "$parse('[1,{}]')", "$uuid() & $now() & $millis()", "$encodeUrl(s) ~> $decodeUrl",
            "function($x)<n-:n>{$x}(1)", "$sum(?, 2)", "/* c */ `odd name` . 'x'", "a.b.c.%.%",
            "1e308*10", "-(1 in [1,'a'])", "$lookup(b, 'a').b <= 'x'", "($x := [1..1e7]; $x[-1])",
        ],
        complaint: complaintOfJSONata
    )

    private static func complaintOfJSONata(_ bytes: [UInt8]) -> String? {
        let input = FuzzInput(bytes)
        for profile in [JSONataProfile.full, .aws] {
            if let complaint = complaint(of: input, profile) { return complaint }
        }
        return nil
    }

    private static func complaint(of input: FuzzInput, _ profile: JSONataProfile) -> String? {
        let expression: JSONataExpression
        do {
            expression = try JSONataExpression(input.expression, profile: profile)
        } catch {
            return complaint(of: error, in: input.expression)
        }
        let first = outcome(of: expression, on: input.document, times: 1)
        guard first == outcome(of: expression, on: input.document, times: 1) else {
            return "'\(input.expression)' comes out two ways"
        }
        switch first {
        case .failure(let error):
            return complaint(of: error, in: input.expression)
        case .success(let outcome):
            guard outcome.steps <= budget(times: 1).steps else {
                return "'\(input.expression)' took \(outcome.steps) steps"
            }
            guard first == Self.outcome(of: expression, on: input.document, times: 3) else {
                return "'\(input.expression)' comes out otherwise with more to spend"
            }
            return outcome.value.flatMap { complaint(of: $0, in: input.expression) }
        }
    }

    private static func complaint(of value: JSONValue, in expression: String) -> String? {
        let written = JSONWriter.write(value)
        // An expression may nest deeper than the parser reads; nothing else is refused.
        guard let read = try? JSONParser.parse(written) else {
            let isDeep = value.isNested(deeperThan: JSONParser.defaultMaximumDepth - 1)
            return isDeep ? nil : "the value of '\(expression)' cannot be read again"
        }
        guard JSONWriter.write(read) == written else {
            return "the value of '\(expression)' changes when it is read again"
        }
        return nil
    }

    private static func complaint(of error: JSONataError, in expression: String) -> String? {
        let code = Array(error.code.utf8)
        guard code.count == 5, "STDU".utf8.contains(code[0]), !error.message.isEmpty else {
            return "the error \(error.code) of '\(expression)' has no form"
        }
        if let position = error.position,
            !(0...expression.utf16.count).contains(position)
        {
            return "the error \(error.code) of '\(expression)' lies outside the text"
        }
        return nil
    }

    private static func budget(times factor: Int) -> JSONataBudget {
        JSONataBudget(
            depth: 100 * factor,
            steps: 20_000 * factor,
            length: 20_000 * factor,
            bytes: 1_000_000 * factor,
            patternSteps: 20_000 * factor
        )
    }

    private static func outcome(
        of expression: JSONataExpression,
        on document: JSONValue,
        times factor: Int
    ) -> Result<JSONataOutcome, JSONataError> {
        do {
            return .success(
                try expression.evaluate(
                    document,
                    bindings: [("v", document)],
                    sources: JSONataSources(milliseconds: 1_767_225_600_123, seed: 7),
                    budget: budget(times: factor)
                )
            )
        } catch {
            return .failure(error)
        }
    }
}
