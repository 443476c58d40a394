import StepwellJSON
import StepwellJSONPath
import Testing

/// The corners in which Jayway's JsonPath, the library behind AWS's paths, differs from what one
/// would guess.
///
/// Each row names where the behaviour stands: a section of the library's README, a class of it
/// whose source was read, or a recorded execution.
@Suite("Jayway's corners")
struct JaywayCornerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let path: String
        let expected: String
        let source: String

        init(_ path: String, _ expected: String, _ source: String) {
            self.path = path
            self.expected = expected
            self.source = source
        }

        var testDescription: String { "\(path) (\(source))" }
    }

    static let document = """
        {"l":[1,2,3],"m":[{"a":1,"k":"x"},{"a":2},{"b":null}],"s":"text","t":["a",1,null,"b"],
         "o":{"x":1,"y":{"x":2}},"e":[],"n":null,"q":"7","z":"9007199254740993","f":[1.5,2.5]}
        """

    static let paths: [Row] = [
        Row("$.o.x", "1", "README, Operators: dot-notated child"),
        Row("$['o']['y']['x']", "2", "README, Operators: bracket-notated child"),
        Row("$..x", "[1,2]", "README, Operators: deep scan, matches from the top down"),
        Row("$.o.*", #"[1,{"x":2}]"#, "README, Operators: wildcard"),
        Row("$.l[*]", "[1,2,3]", "recorded base/json_path_array_wildcard_or_slice"),
        Row("$.l[0]", "1", "recorded base/json_path_array_access"),
        Row("$.l[-1]", "3", "README, Path Examples: index from the end"),
        Row("$.l[0,2]", "[1,3]", "README, Operators: array indexes"),
        Row("$.l[0,7]", "[1]", "class ArrayIndexToken: an index beyond the end is left out"),
        Row("$.l[:2]", "[1,2]", "README, Operators: slice"),
        Row("$.l[1:]", "[2,3]", "recorded base/json_path_array_wildcard_or_slice"),
        Row("$.l[-2:]", "[2,3]", "README, Path Examples: the last two"),
        Row("$.l[:-1]", "[1,2]", "class ArraySliceToken: the end counts from the end"),
        Row("$.l[1:-1]", "[]", "class ArraySliceToken: between, the ends are compared as written"),
        Row("$.l[-2:-1]", "[2]", "class ArraySliceToken: both from the end"),
        Row("$['s','q']", #"{"s":"text","q":"7"}"#, "README, Operators: children, as one object"),
        Row("$.m[*].k", #"["x"]"#, "class PropertyPathToken: what is missing is left out"),
        Row("$.e[*]", "[]", "recorded base/json_path_array_wildcard_or_slice"),
        Row("$.nothing[*].x", "[]", "recorded …_slice_with_no_input: indefinite paths find []"),
    ]

    static let filters: [Row] = [
        Row("$.m[?(@.a == 1)].k", #"["x"]"#, "README, Filter Operators: =="),
        Row("$.m[?(@.a != 1)].a", "[2]", "README, Filter Operators: !="),
        Row("$.m[?(@.k)].a", "[1]", "README, Predicates: a path alone asks whether it is there"),
        Row("$.m[?(!@.k)].a", "[2]", "README, Predicates: negation"),
        Row("$.m[?(@.a == '1')].a", "[1]", "class ValueNodes.NumberNode: a string is read"),
        Row("$.m[?(@.a === '1')].a", "[]", "class EvaluatorFactory: === minds the type"),
        Row("$[?(@.q == 7)].s", #"["text"]"#, "class PredicatePathToken: an object is tested"),
        Row("$[?(@.q == 7.0)].s", "[]", "class ValueNodes.StringNode: a number is read as text"),
        Row("$.l[?(@ == 'inf')]", "[]", "class ValueNodes.StringNode: BigDecimal has no infinity"),
        Row("$.l[?(@ == '0x1')]", "[]", "class ValueNodes.StringNode: nor hexadecimal digits"),
        Row("$.l[?(@ == '+1')]", "[1]", "class ValueNodes.StringNode: BigDecimal takes a sign"),
        Row("$.m[?(@.a in [1, 5])].a", "[1]", "README, Filter Operators: in"),
        Row("$.m[?(@.a nin [1])].a", "[2]", "README, Filter Operators: nin"),
        Row("$[?(@.l subsetof [1,2,3,4])].s", #"["text"]"#, "README, Filter Operators: subsetof"),
        Row("$[?(@.l anyof [3,9])].s", #"["text"]"#, "README, Filter Operators: anyof"),
        Row("$[?(@.l noneof [9])].s", #"["text"]"#, "README, Filter Operators: noneof"),
        Row("$[?(@.l size 3)].s", #"["text"]"#, "README, Filter Operators: size"),
        Row("$[?(@.s size 4)].s", #"["text"]"#, "README, Filter Operators: size of a string"),
        Row("$[?(@.e empty true)].s", #"["text"]"#, "README, Filter Operators: empty"),
        Row("$[?(@.l all [1,2])].s", #"["text"]"#, "class EvaluatorFactory: all"),
        Row("$[?(@.o all [9])].s", #"["text"]"#, "class EvaluatorFactory: an object has all"),
        Row("$[?(@.s =~ /TE.*/i)].s", #"["text"]"#, "README, Filter Operators: =~, whole text"),
        Row("$[?(@.s =~ /ex/)].s", "[]", "class EvaluatorFactory: matches(), not find()"),
        Row("$[?(@.t =~ /[0-9]/)].s", #"["text"]"#, "class EvaluatorFactory: any item matches"),
        Row("$[?(@.none =~ /.*/)].s", #"["text"]"#, "class EvaluatorFactory: nothing is ''"),
        Row("$[?(@.none =~ /.+/)].s", "[]", "class EvaluatorFactory: nothing is ''"),
        Row("$[?(@.n =~ /.*/)].s", #"["text"]"#, "class EvaluatorFactory: null is ''"),
    ]

    static let functions: [Row] = [
        Row("$.l.min()", "1.0", "README, Functions: Double"),
        Row("$.l.max()", "3.0", "README, Functions: Double"),
        Row("$.l.avg()", "2.0", "README, Functions: Double"),
        Row("$.f.stddev()", "0.5", "README, Functions: Double"),
        Row("$.l.sum()", "6.0", "README, Functions: Double"),
        Row("$.l.length()", "3", "README, Functions: Integer"),
        Row("$.o.length()", "2", "class Length: the members of an object"),
        Row("$.s.length()", "null", "class Length: a string has none"),
        Row("$.o.keys()", #"["x","y"]"#, "README, Functions: keys"),
        Row("$.s.keys()", "null", "class KeySetFunction: what is no object has none"),
        Row("$.t.concat()", #""ab""#, "class Concatenate: the strings of an array"),
        Row("$.t.concat('!', $.s)", #""ab!text""#, "class Concatenate: then the arguments"),
        Row("$.s.concat('!')", #""!""#, "class Concatenate: a string itself is not taken"),
        Row("$.e.concat($.t)", #""a1b""#, "class Parameter: items of an argument as Java prints"),
        Row("$.e.concat(1)", #""""#, "class Parameter: a number alone is no string"),
        Row("$.l.append(4)", "[1,2,3,4]", "README, Functions: append"),
        Row("$.s.append(4)", #""text""#, "class Append: only arrays are added to"),
        Row("$.l.first()", "1", "README, Functions: first"),
        Row("$.l.last()", "3", "README, Functions: last"),
        Row("$.l.index(-2)", "2", "README, Functions: index, from the end"),
    ]

    @Test("child, deep scan, wildcard, index, slice, union", arguments: paths)
    func path(row: Row) throws { try check(row, on: Self.document) }

    @Test("filters", arguments: filters)
    func filter(row: Row) throws { try check(row, on: Self.document) }

    @Test("functions, with the type of number that Java gives", arguments: functions)
    func function(row: Row) throws { try check(row, on: Self.document) }

    @Test("whole numbers in strings are compared to the last digit (class ValueNodes.NumberNode)")
    func exactness() throws {
        let input = #"[{"n":9007199254740993}]"#
        #expect(try evaluate("$[?(@.n == '9007199254740993')]", on: input) == json(input))
        #expect(try evaluate("$[?(@.n == '9007199254740992')]", on: input) == .array([]))
    }

    private func check(_ row: Row, on input: String) throws {
        let found = try evaluate(row.path, on: input)
        #expect(JSONWriter.string(found) == row.expected, "\(row.source)")
    }
}
