import StepwellJSON

extension MockConfiguration {
    /// Reads a mock configuration file.
    ///
    /// - Throws: The first problem: what is no JSON, a member that the format does not have, a test
    ///   case that names a response which is not there, invocations that overlap.
    package init(_ text: [UInt8]) throws(MockConfigurationError) {
        let document: JSONValue
        do throws(JSONParseError) {
            document = try JSONParser.parse(text)
        } catch {
            throw MockConfigurationError(error)
        }
        let reader = MockConfigurationReader(source: JSONSource(text))
        self = try reader.configuration(document)
    }
}

extension MockConfiguration {
    /// The longest delay in seconds.
    package static let longestDelay = 3_155_760_000.0
}

/// Checks and takes a file apart; every problem is pointed at.
private struct MockConfigurationReader {
    let source: JSONSource

    func configuration(
        _ document: JSONValue
    ) throws(MockConfigurationError) -> MockConfiguration {
        let root = JSONPointer(tokens: [])
        let members = try object(document, root, ["StateMachines", "MockedResponses"])
        var configuration = MockConfiguration()
        let responses = root.appending("MockedResponses")
        for member in try object(members["MockedResponses"] ?? .object(JSONObject()), responses) {
            let place = responses.appending(member.key)
            configuration.responses[ByteKey(member.key)] = try self.responses(member.value, place)
        }
        let machines = root.appending("StateMachines")
        guard let stateMachines = members["StateMachines"] else {
            throw problem("'StateMachines' is missing", at: root)
        }
        for member in try object(stateMachines, machines) {
            let place = machines.appending(member.key)
            configuration.stateMachines.append(member.key)
            configuration.testCases[ByteKey(member.key)] = try testCases(
                member.value,
                place,
                in: configuration
            )
        }
        return configuration
    }

    private func testCases(
        _ value: JSONValue,
        _ place: JSONPointer,
        in configuration: MockConfiguration
    ) throws(MockConfigurationError) -> [ByteKey: [ByteKey: String]] {
        let members = try object(value, place, ["TestCases"])
        guard let listed = members["TestCases"] else {
            throw problem("'TestCases' is missing", at: place)
        }
        var found: [ByteKey: [ByteKey: String]] = [:]
        let place = place.appending("TestCases")
        for testCase in try object(listed, place) {
            let place = place.appending(testCase.key)
            var states: [ByteKey: String] = [:]
            for state in try object(testCase.value, place) {
                let place = place.appending(state.key)
                guard case .string(let name) = state.value else {
                    throw problem("the name of a mocked response must be a string", at: place)
                }
                guard configuration.responses[ByteKey(name)] != nil else {
                    throw problem("there is no mocked response '\(name)'", at: place)
                }
                states[ByteKey(state.key)] = name
            }
            found[ByteKey(testCase.key)] = states
        }
        return found
    }

    private func responses(
        _ value: JSONValue,
        _ place: JSONPointer
    ) throws(MockConfigurationError) -> [MockConfiguration.Response] {
        var found: [MockConfiguration.Response] = []
        for member in try object(value, place) {
            let place = place.appending(member.key)
            guard let invocations = Self.invocations(member.key) else {
                throw problem(
                    "'\(member.key)' is neither the number of an invocation, from 0, nor a range "
                        + "of them such as '1-2'",
                    at: place
                )
            }
            guard !found.contains(where: { $0.invocations.overlaps(invocations) }) else {
                throw problem("'\(member.key)' overlaps an earlier entry", at: place)
            }
            found.append(
                MockConfiguration.Response(
                    invocations: invocations,
                    outcome: try outcome(member.value, place),
                    delay: try delay(member.value["Delay"], place)
                )
            )
        }
        return found
    }

    private func outcome(
        _ value: JSONValue,
        _ place: JSONPointer
    ) throws(MockConfigurationError) -> MockConfiguration.Outcome {
        let members = try object(value, place, ["Return", "Throw", "Delay"])
        switch (members["Return"], members["Throw"]) {
        case (let returned?, nil):
            return .returned(returned)
        case (nil, let thrown?):
            let place = place.appending("Throw")
            let members = try object(thrown, place, ["Error", "Cause"])
            return .thrown(
                error: try text(members["Error"], "Error", place),
                cause: try text(members["Cause"], "Cause", place)
            )
        default:
            throw problem("a response has either 'Return' or 'Throw'", at: place)
        }
    }

    /// Milliseconds, of a number of seconds.
    private func delay(
        _ value: JSONValue?,
        _ place: JSONPointer
    ) throws(MockConfigurationError) -> Int64 {
        guard let value else { return 0 }
        guard let seconds = value.doubleValue, (0...MockConfiguration.longestDelay) ~= seconds
        else {
            throw problem(
                "'Delay' must be a number of seconds, a hundred years at most",
                at: place.appending("Delay")
            )
        }
        return Int64(seconds * 1_000)
    }

    private func text(
        _ value: JSONValue?,
        _ name: String,
        _ place: JSONPointer
    ) throws(MockConfigurationError) -> String {
        switch value {
        case .string(let text)?: return text
        case nil: throw problem("'\(name)' is missing", at: place)
        default: throw problem("'\(name)' must be a string", at: place.appending(name))
        }
    }

    /// `3` or `1-2`.
    private static func invocations(_ key: String) -> ClosedRange<Int>? {
        let ends = key.utf8.split(
            separator: UInt8(ascii: "-"),
            omittingEmptySubsequences: false
        ).map { digits in
            digits.allSatisfy { (48...57).contains($0) } ? Int(Substring(digits)) : nil
        }
        switch ends.count {
        case 1: return ends[0].map { $0...$0 }
        case 2:
            guard let first = ends[0], let last = ends[1], first <= last else { return nil }
            return first...last
        default: return nil
        }
    }

    private func object(
        _ value: JSONValue,
        _ place: JSONPointer,
        _ allowed: [String]? = nil
    ) throws(MockConfigurationError) -> JSONObject {
        guard case .object(let members) = value else {
            throw problem("an object is expected here", at: place)
        }
        guard let allowed else { return members }
        for member in members
        where !allowed.contains(where: { $0.utf8.elementsEqual(member.key.utf8) }) {
            let words = allowed.map { "'\($0)'" }
            let others = words.dropLast().joined(separator: ", ")
            let list = others.isEmpty ? words.joined() : "\(others) and \(words.last ?? "")"
            throw problem(
                "'\(member.key)' is not known; \(list) are",
                at: place.appending(member.key)
            )
        }
        return members
    }

    private func problem(_ message: String, at place: JSONPointer) -> MockConfigurationError {
        let position = source.keyPosition(of: place) ?? source.position(of: place)
        return MockConfigurationError(message, at: position)
    }
}
