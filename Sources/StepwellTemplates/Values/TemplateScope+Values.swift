import StepwellEngine
import StepwellIntegrations
import StepwellJSON

extension TemplateScope {
    /// The value that is written at a place, with its functions worked out; nil for
    /// `AWS::NoValue`.
    func value(at place: JSONPointer, depth: Int = 0) throws(SettingsProblem) -> JSONValue? {
        guard depth < Self.maximumDepth else {
            throw document.problem("functions are nested too deeply, or in a circle", at: place)
        }
        guard let written = document.value[place] else { return nil }
        switch written {
        case .null, .bool, .number, .string: return written
        case .array(let items):
            var values: [JSONValue] = []
            for index in items.indices {
                if let value = try value(at: place.appending(index), depth: depth + 1) {
                    values.append(value)
                }
            }
            return .array(values)
        case .object(let members):
            if members.count == 1, let name = members.keys.first, Self.isFunction(name) {
                return try function(name, at: place.appending(name), depth: depth + 1)
            }
            var object = JSONObject()
            for (name, _) in members {
                object[name] = try value(at: place.appending(name), depth: depth + 1)
            }
            return .object(object)
        }
    }

    /// The text that is written at a place; nil where nothing is.
    func text(at place: JSONPointer, depth: Int = 0) throws(SettingsProblem) -> String? {
        guard let value = try value(at: place, depth: depth), !value.isNull else { return nil }
        guard let text = value.plainText else {
            throw document.problem("a text is expected here", at: place)
        }
        return text
    }

    private static func isFunction(_ name: String) -> Bool {
        name == "Ref" || name == "Condition" || name.hasPrefix("Fn::")
    }

    private func function(
        _ name: String,
        at place: JSONPointer,
        depth: Int
    ) throws(SettingsProblem) -> JSONValue? {
        switch name {
        case "Ref": return try reference(at: place, depth: depth)
        case "Condition":
            guard let name = document.value[place]?.stringValue else {
                throw document.problem("the name of a condition is expected here", at: place)
            }
            return .bool(try holds(name, at: place, depth: depth))
        case "Fn::GetAtt": return .string(try attribute(at: place, depth: depth))
        case "Fn::Sub": return .string(try substituted(at: place, depth: depth))
        case "Fn::If": return try chosen(at: place, depth: depth)
        case "Fn::Join", "Fn::Select", "Fn::Split", "Fn::FindInMap", "Fn::Base64", "Fn::Length",
            "Fn::ToJsonString", "Fn::GetAZs":
            return try computed(name, at: place, depth: depth)
        case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not":
            return .bool(try judged(name, at: place, depth: depth))
        case "Fn::ImportValue":
            throw document.problem(
                "Fn::ImportValue takes the output of another stack, which is not known "
                    + "here; make it a parameter",
                at: place
            )
        default:
            throw document.problem("the function \(name) is not supported", at: place)
        }
    }

    // MARK: References

    private func reference(
        at place: JSONPointer,
        depth: Int
    ) throws(SettingsProblem) -> JSONValue? {
        guard let name = document.value[place]?.stringValue else {
            throw document.problem("a name is expected here", at: place)
        }
        if name == "AWS::NoValue" { return nil }
        return try referred(name, at: place, depth: depth)
    }

    /// What a name stands for: a pseudo parameter, a parameter or a resource.
    func referred(
        _ name: String,
        at place: JSONPointer,
        depth: Int
    ) throws(SettingsProblem) -> JSONValue {
        switch name {
        case "AWS::Region": return .string(settings.region)
        case "AWS::AccountId": return .string(settings.account)
        case "AWS::Partition": return .string(Partition.of(settings.region).name)
        case "AWS::URLSuffix": return .string(Partition.of(settings.region).dnsSuffix)
        case "AWS::StackName": return .string(settings.stackName)
        case "AWS::StackId":
            let (region, account) = (settings.region, settings.account)
            return .string(
                Partition.arn(
                    "cloudformation",
                    region: region,
                    account: account,
                    "stack/\(settings.stackName)/local"
                )
            )
        case "AWS::NotificationARNs": return .array([])
        default: break
        }
        if let value = parameters[name] { return value }
        guard let resource = resources[name] else {
            throw document.problem(
                "there is no parameter and no resource '\(name)'",
                at: place
            )
        }
        return .string(try self.name(of: resource, depth: depth).reference)
    }

    private func attribute(
        at place: JSONPointer,
        depth: Int
    ) throws(SettingsProblem) -> String {
        let parts: [String]
        switch document.value[place] {
        case .string(let text)?:
            parts = text.split(separator: ".", maxSplits: 1).map(String.init)
        default:
            let items = try value(at: place, depth: depth)?.arrayValue ?? []
            parts = items.compactMap(\.stringValue)
        }
        guard parts.count == 2 else {
            throw document.problem("a resource and an attribute are expected here", at: place)
        }
        return try attribute(parts[1], of: parts[0], at: place, depth: depth)
    }

    /// An attribute of a resource.
    func attribute(
        _ attribute: String,
        of name: String,
        at place: JSONPointer,
        depth: Int
    ) throws(SettingsProblem) -> String {
        guard let resource = resources[name] else {
            throw document.problem("there is no resource '\(name)'", at: place)
        }
        return try self.name(of: resource, depth: depth).attribute(attribute)
    }

    // MARK: Sub

    private func substituted(
        at place: JSONPointer,
        depth: Int
    ) throws(SettingsProblem) -> String {
        var values: [String: String] = [:]
        var textPlace = place
        if case .array? = document.value[place] {
            textPlace = place.appending(0)
            let names = document.value[place.appending(1)]?.objectValue ?? JSONObject()
            for (name, _) in names {
                values[name] = try text(
                    at: place.appending(1).appending(name),
                    depth: depth + 1
                )
            }
        }
        guard let text = document.value[textPlace]?.plainText else {
            throw document.problem("a text is expected here", at: textPlace)
        }
        return try substituted(text, values, at: textPlace, depth: depth)
    }

    /// A text with its `${…}` filled in; `${!…}` stays as `${…}`.
    private func substituted(
        _ text: String,
        _ values: [String: String],
        at place: JSONPointer,
        depth: Int
    ) throws(SettingsProblem) -> String {
        var result = ""
        var rest = Substring(text)
        while let mark = rest.firstRange(of: "${") {
            result += rest[..<mark.lowerBound]
            rest = rest[mark.upperBound...]
            guard let end = rest.firstIndex(of: "}") else {
                return result + "${" + rest
            }
            let name = String(rest[..<end]).trimmed
            rest = rest[rest.index(after: end)...]
            if name.hasPrefix("!") {
                result += "${\(name.dropFirst())}"
            } else if let value = values[name] {
                result += value
            } else if let dot = name.firstIndex(of: ".") {
                result += try attribute(
                    String(name[name.index(after: dot)...]),
                    of: String(name[..<dot]),
                    at: place,
                    depth: depth
                )
            } else {
                result += try referred(name, at: place, depth: depth).plainText ?? ""
            }
        }
        return result + rest
    }
}
