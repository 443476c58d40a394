import ArgumentParser
import StepwellJSON

/// The values for `${NAME}` in a definition's strings, as `--substitute NAME=VALUE` gives them.
struct Substitutions {
    let values: [String: String]

    /// Takes the arguments apart.
    init(_ arguments: [String]) throws {
        var values: [String: String] = [:]
        for argument in arguments {
            guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
                throw ValidationError("--substitute '\(argument)' is not of the form NAME=VALUE")
            }
            let name = String(argument[..<equals])
            values[name] = String(argument[argument.index(after: equals)...])
        }
        self.values = values
    }

    /// The value with every `${NAME}` in its strings that has a value replaced.
    func applied(to value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(applied(to: text))
        case .array(let values): .array(values.map { applied(to: $0) })
        case .object(let members):
            .object(JSONObject(members.map { ($0.key, applied(to: $0.value)) }))
        case .null, .bool, .number: value
        }
    }

    private func applied(to text: String) -> String {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "$")) {
            result += rest[..<start]
            rest = rest[start...]
            if rest.dropFirst().first == UInt8(ascii: "{"),
                let end = rest.firstIndex(of: UInt8(ascii: "}")),
                let value = values[String(decoding: rest[(start + 2)..<end], as: UTF8.self)]
            {
                result += Array(value.utf8)
                rest = rest[(end + 1)...]
            } else {
                result.append(rest[start])
                rest = rest.dropFirst()
            }
        }
        return String(decoding: result + rest, as: UTF8.self)
    }
}
