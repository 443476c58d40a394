import StepwellJSON

/// A place where a value is not what is expected.
struct JSONDifference {
    /// Where in the expectation.
    let expectation: JSONPointer
    /// What is wrong, with the place in the value.
    let message: String

    /// The most differences that are told of one value.
    private static let limit = 20

    /// How a value differs from what is expected; with `isPart`, objects may have more members than
    /// those that are expected.
    static func differences(
        of actual: JSONValue,
        from expected: JSONValue,
        named name: String,
        at place: JSONPointer,
        isPart: Bool = false
    ) -> [JSONDifference] {
        var search = Search(isPart: isPart)
        search.compare(actual, expected, name, place)
        guard search.found.count > limit else { return search.found }
        let rest = search.found.count - limit
        return search.found.prefix(limit)
            + [JSONDifference(expectation: place, message: "\(name): and \(rest) more differences")]
    }

    private struct Search {
        let isPart: Bool
        var found: [JSONDifference] = []

        mutating func compare(
            _ actual: JSONValue,
            _ expected: JSONValue,
            _ name: String,
            _ place: JSONPointer
        ) {
            switch (actual, expected) {
            case (.object(let actual), .object(let expected)):
                compare(actual, expected, name, place)
            case (.array(let actual), .array(let expected)):
                compare(actual, expected, name, place)
            default:
                if actual != expected {
                    let values = "expected \(shown(expected)), got \(shown(actual))"
                    note("\(name): \(values)", place)
                }
            }
        }

        private mutating func compare(
            _ actual: JSONObject,
            _ expected: JSONObject,
            _ name: String,
            _ place: JSONPointer
        ) {
            for (key, value) in expected {
                let (name, place) = (name + JSONDifference.step(key), place.appending(key))
                if let found = actual[key] {
                    compare(found, value, name, place)
                } else {
                    note("\(name): expected \(shown(value)), it is missing", place)
                }
            }
            guard !isPart else { return }
            for (key, value) in actual where expected[key] == nil {
                note("\(name)\(JSONDifference.step(key)): not expected, got \(shown(value))", place)
            }
        }

        private mutating func compare(
            _ actual: [JSONValue],
            _ expected: [JSONValue],
            _ name: String,
            _ place: JSONPointer
        ) {
            for (index, (actual, expected)) in zip(actual, expected).enumerated() {
                compare(actual, expected, "\(name)[\(index)]", place.appending(index))
            }
            for index in actual.count..<max(actual.count, expected.count) {
                let wanted = shown(expected[index])
                note(
                    "\(name)[\(index)]: expected \(wanted), it is missing",
                    place.appending(index)
                )
            }
            for index in expected.count..<max(actual.count, expected.count) {
                note("\(name)[\(index)]: not expected, got \(shown(actual[index]))", place)
            }
        }

        private mutating func note(_ message: String, _ place: JSONPointer) {
            found.append(JSONDifference(expectation: place, message: message))
        }

        private func shown(_ value: JSONValue) -> String {
            ShownText.short(JSONWriter.string(value))
        }
    }

    /// `.name`, or `["a name"]`.
    private static func step(_ key: String) -> String {
        let isPlain =
            !key.isEmpty
            && key.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || byte == UInt8(ascii: "_")
            }
        return isPlain ? ".\(key)" : "[\(JSONWriter.string(.string(key)))]"
    }
}
