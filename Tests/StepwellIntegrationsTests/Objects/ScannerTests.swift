import StepwellJSON
import Testing

@testable import StepwellIntegrations

@Suite("Items of a text")
struct ScannerTests {
    /// The items of a text that comes in parts of so many bytes, and where each ended.
    private static func items(
        _ text: String,
        by count: Int,
        _ scanner: any ItemScanner,
        from start: Int = 0
    ) throws -> (items: [ScannedItem], places: [ScanPlace]) {
        var scanner = scanner
        let bytes = Array(text.utf8)
        var items: [ScannedItem] = []
        var places: [ScanPlace] = []
        var next = start
        while true {
            if let item = try scanner.next() {
                items.append(item)
                places.append(scanner.place)
            } else if scanner.isDone || next > bytes.count {
                return (items, places)
            } else if next == bytes.count {
                scanner.end()
                next += 1
            } else {
                let end = min(next + count, bytes.count)
                scanner.feed(Array(bytes[next..<end]))
                next = end
            }
        }
    }

    /// Reads a text in parts of every size, and on from behind each item.
    private static func check(
        _ text: String,
        _ expected: [String],
        keys: [String?]? = nil,
        _ scanner: (ScanPlace) -> any ItemScanner
    ) throws {
        let wanted = expected.enumerated().map { index, text in
            ScannedItem(text: Array(text.utf8), key: keys?[index].map { Array($0.utf8) })
        }
        for count in [1, 2, 3, 5, 1_000] {
            let (items, places) = try items(text, by: count, scanner(ScanPlace()))
            #expect(items == wanted, "in parts of \(count)")
            for (index, place) in places.enumerated() {
                let rest = try Self.items(text, by: count, scanner(place), from: place.offset)
                #expect(rest.items == Array(wanted[(index + 1)...]), "behind item \(index)")
            }
        }
    }

    private static func fault(_ text: String, _ scanner: any ItemScanner) -> String? {
        do {
            _ = try items(text, by: 3, scanner)
            return nil
        } catch {
            return (error as? ItemTextFault)?.cause
        }
    }

    @Test("lines of JSON, with empty lines, a mark and the other line ends")
    func lines() throws {
        let text = "\u{FEFF}{\"a\":1}\r\n\n  [2]  \n\"three\"\n4"
        try Self.check(text, [#"{"a":1}"#, "[2]", #""three""#, "4"]) { JSONLinesScanner(from: $0) }
        try Self.check("", []) { JSONLinesScanner(from: $0) }
    }

    @Test("CSV as recorded: missing values are empty, values too many are left out")
    func recordedRows() throws {
        let text = "Value1,Value2,Value3\n,,,\ntrue,1,'HelloWorld'\nNull,None,\n   \n"
        try Self.check(
            text,
            [
                #"{"H1":"Value1","H2":"Value2"}"#, #"{"H1":"","H2":""}"#,
                #"{"H1":"true","H2":"1"}"#, #"{"H1":"Null","H2":"None"}"#,
                #"{"H1":"   ","H2":""}"#,
            ]
        ) { CSVScanner(delimiter: UInt8(ascii: ","), headers: ["H1", "H2"], from: $0) }
    }

    @Test("CSV with headers in the first row, quotes, line breaks in them, a mark, empty lines")
    func quotedRows() throws {
        let text = "\u{FEFF}a|\"b \"\"c\"\"\"|a\r\n\r\n\"1|2\"|\"x\ny\"|3\r\n\\|\u{1}|é"
        try Self.check(
            text,
            [#"{"b \"c\"":"x\ny","a":"3"}"#, #"{"b \"c\"":"\u0001","a":"é"}"#]
                .map { $0.replacing(#"x\ny"#, with: #"x\u000ay"#) }
        ) { CSVScanner(delimiter: UInt8(ascii: "|"), headers: nil, from: $0) }
        // Quotes within a value are its own.
        try Self.check(
            "5\" pipe,\"\"\nx\"y\"\",\"a\"b\"\n",
            [#"{"a":"5\" pipe","b":""}"#, #"{"a":"x\"y\"\"","b":"ab\""}"#]
        ) { CSVScanner(delimiter: UInt8(ascii: ","), headers: ["a", "b"], from: $0) }
        let scanner = CSVScanner(delimiter: UInt8(ascii: ","), headers: ["a"])
        #expect(Self.fault("1\n\"2", scanner)?.contains("no end") == true)
    }

    @Test("the elements of an array, the members of an object")
    func json() throws {
        let text = "\u{FEFF} [ 1 ,\"a,]\\\"\" , {\"x\" : [ ]} , [[]] , null,-1.5e3 ] "
        let items = ["1", #""a,]\"""#, #"{"x" : [ ]}"#, "[[]]", "null", "-1.5e3"]
        try Self.check(text, items) { JSONScanner(from: $0) }
        try Self.check(
            #"{ "a" : 1, "b\"" : {"c": [2]} }"#,
            ["1", #"{"c": [2]}"#],
            keys: [#""a""#, #""b\"""#]
        ) { JSONScanner(from: $0) }
        try Self.check(" [ ] ", []) { JSONScanner(from: $0) }
    }

    @Test("a pointer leads past everything else")
    func pointer() throws {
        let text = #"{"skip": {"items": [0, "}"]}, "da/ta": [7, {"items": [1, 2]}, 8], "z": 1"#
        let pointer = JSONPointer("/da~1ta/1/items")
        try Self.check(text, ["1", "2"]) { JSONScanner(pointer: pointer, from: $0) }
        for absent in ["/none", "/skip/items/5/x", "/da~1ta/x", "/z/a"] {
            let scanner = JSONScanner(pointer: JSONPointer(absent))
            let whole = text + "}"
            #expect(Self.fault(whole, scanner)?.contains("leads to nothing") == true, "\(absent)")
        }
    }

    @Test("what holds no items, ends too early or is out of place is said")
    func faults() {
        #expect(
            Self.fault(#""text""#, JSONScanner()) == "Attempting to map over non-iterable node."
        )
        #expect(Self.fault("[1, 2", JSONScanner())?.contains("ends before") == true)
        #expect(Self.fault("[1 2]", JSONScanner())?.contains("out of place") == true)
        #expect(Self.fault("[1,]", JSONScanner())?.contains("out of place") == true)
        #expect(Self.fault("", JSONScanner())?.contains("ends before") == true)
    }
}
