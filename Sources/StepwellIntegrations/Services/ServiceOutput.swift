import StepwellJSON

/// Results as optimised integrations give them.
extension IntegratedService {
    /// The result of an answer, with what AWS tells of the exchange where it does that; members are
    /// in the order of their names.
    func output(_ result: JSONObject, of answer: AWSAnswer, requestID: String) -> JSONValue {
        guard showsMetadata else { return .object(result.sortedByKeys) }
        var members = result
        members["SdkHttpMetadata"] = Self.metadata(answer)
        let id = answer.requestID ?? requestID
        members["SdkResponseMetadata"] = .object(["RequestId": .string(id)])
        return .object(members.sortedByKeys)
    }

    private static func metadata(_ answer: AWSAnswer) -> JSONValue {
        var all = JSONObject()
        var single = JSONObject()
        for header in answer.headers {
            guard case .array(var values) = all[header.name, default: .array([])] else { continue }
            values.append(.string(header.value))
            all[header.name] = .array(values)
            single[header.name] = .string(header.value)
        }
        return .object([
            "AllHttpHeaders": .object(all), "HttpHeaders": .object(single.sortedByKeys),
            "HttpStatusCode": .number(JSONNumber(Int64(answer.status))),
        ])
    }

    /// A value with its times and names as this kind of integration gives them: times are
    /// milliseconds.
    func described(_ value: JSONValue) -> JSONValue {
        guard !times.isEmpty || !names.isEmpty else { return value }
        switch value {
        case .object(let members):
            var shown = JSONObject()
            for (key, member) in members {
                let name = names[key] ?? key
                if times.contains(key), case .string(let text) = member,
                    let time = ServiceTime.milliseconds(text)
                {
                    shown[name] = .number(JSONNumber(time))
                } else {
                    shown[name] = described(member)
                }
            }
            return .object(shown)
        case .array(let elements): return .array(elements.map(described))
        case .null, .bool, .number, .string: return value
        }
    }
}

extension JSONObject {
    /// The members in the order of their keys.
    var sortedByKeys: JSONObject {
        JSONObject(
            self.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                .map { ($0.key, $0.value) }
        )
    }

    /// The same without members that are null, which SDKs take for not given.
    var withoutNulls: JSONObject {
        JSONObject(self.filter { !$0.value.isNull }.map { ($0.key, $0.value) })
    }

    /// The same with one member as text: what is no string becomes its JSON text.
    func quoting(_ member: String) -> JSONObject {
        guard let value = self[member], value.stringValue == nil, !value.isNull else {
            return self
        }
        var quoted = self
        quoted[member] = .string(JSONWriter.string(value))
        return quoted
    }
}
