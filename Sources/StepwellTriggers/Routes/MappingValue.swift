package import StepwellJSON
package import StepwellJSONata

/// A value of a mapping, compiled: what it is made of a request.
///
/// In a text, `$request.…`, `$context.…` and `$response.…` are the value there, `${request.…}` is
/// put into what is around it, and `{% … %}` is JSONata; everything else is itself. Objects and
/// arrays are made of their members. A member whose value is not there is left out.
package indirect enum MappingValue: Sendable {
    case constant(JSONValue)
    case reference(MappingReferenceValue)
    /// Texts and references, put together.
    case joined([MappingReferenceValue])
    case expression(JSONataExpression)
    case object([(key: String, value: MappingValue)])
    case array([MappingValue])

    /// A reference, or a text that stands between two.
    package struct MappingReferenceValue: Sendable {
        enum Content: Sendable {
            case text(String)
            case reference(MappingReference)
        }

        let content: Content
    }

    /// Compiles a value.
    ///
    /// - Throws: `RouteProblem` for a reference or expression that is none.
    package init(_ value: JSONValue) throws(RouteProblem) {
        switch value {
        case .null, .bool, .number: self = .constant(value)
        case .string(let text): self = try Self.compiled(text)
        case .array(let values):
            var compiled: [MappingValue] = []
            for value in values { compiled.append(try MappingValue(value)) }
            self = .array(compiled)
        case .object(let members):
            var compiled: [(key: String, value: MappingValue)] = []
            for (key, value) in members { compiled.append((key, try MappingValue(value))) }
            self = .object(compiled)
        }
    }

    private static func compiled(_ text: String) throws(RouteProblem) -> MappingValue {
        if text.hasPrefix("{%"), text.hasSuffix("%}"), text.utf8.count >= 4 {
            do throws(JSONataError) {
                return .expression(try JSONataExpression(String(text.dropFirst(2).dropLast(2))))
            } catch {
                throw RouteProblem("The expression '\(text)': \(error.message) (\(error.code))")
            }
        }
        if text.utf8.first == UInt8(ascii: "$"), !text.hasPrefix("${") {
            let roots = MappingReference.Root.allCases.map(\.rawValue)
            guard roots.contains(where: { text.dropFirst().prefix { $0 != "." } == $0 }) else {
                return .constant(.string(text))
            }
            guard let reference = MappingReference(text.dropFirst()) else {
                throw RouteProblem("'\(text)' does not name a part of a request or answer.")
            }
            return .reference(MappingReferenceValue(content: .reference(reference)))
        }
        return try joined(text)
    }

    private static func joined(_ text: String) throws(RouteProblem) -> MappingValue {
        var parts: [MappingReferenceValue] = []
        var rest = text[...]
        while let begin = rest.firstRange(of: "${") {
            guard let end = rest[begin.upperBound...].firstIndex(of: "}"),
                let reference = MappingReference(rest[begin.upperBound..<end])
            else {
                throw RouteProblem(
                    "'\(text)' has a ${ that does not begin ${request.…}, ${context.…} or "
                        + "${response.…}."
                )
            }
            parts.append(MappingReferenceValue(content: .text(String(rest[..<begin.lowerBound]))))
            parts.append(MappingReferenceValue(content: .reference(reference)))
            rest = rest[rest.index(after: end)...]
        }
        guard !parts.isEmpty else { return .constant(.string(text)) }
        parts.append(MappingReferenceValue(content: .text(String(rest))))
        return .joined(parts)
    }
}
