import StepwellEngine
import StepwellJSON
import Yams

/// A definition written in YAML.
enum YAMLDefinition {
    /// The same definition as JSON text; members keep their order.
    static func json(from text: String) throws -> String {
        guard let node = try Yams.compose(yaml: text) else { return "null" }
        return String(decoding: JSONWriter.write(try value(of: node)), as: UTF8.self)
    }

    private static func value(of node: Node) throws -> JSONValue {
        switch node {
        case .mapping(let mapping):
            var object = JSONObject()
            for (key, member) in mapping {
                object[key.string ?? ""] = try value(of: member)
            }
            return .object(object)
        case .sequence(let sequence):
            return .array(try sequence.map(value(of:)))
        case .scalar:
            if node.null != nil { return .null }
            if let flag = node.bool { return .bool(flag) }
            if let integer = node.int { return .number(JSONNumber(Int64(integer))) }
            if let double = node.float, double.isFinite { return .number(JSONNumber(double)) }
            return .string(node.string ?? "")
        case .alias:
            throw StepwellError(
                code: "InvalidDefinition",
                message: "Invalid State Machine Definition: 'YAML aliases are not supported'"
            )
        }
    }
}
