import StepwellJSON

/// The spelling of members of which there is no model: the case of their first letters.
struct LooseNames {
    let spelling: LooseSpelling

    /// Parameters as the service spells them.
    func request(_ members: JSONObject) -> JSONObject {
        spelling.isLowerCase ? renaming(members, SDKName.uncapitalized) : members
    }

    /// A result as SDK integrations spell it, times as texts, and without what is `null`.
    func answer(_ members: JSONObject) -> JSONObject {
        renaming(members, spelling.isLowerCase ? SDKName.capitalized : { $0 }, isAnswer: true)
    }

    private func renaming(
        _ members: JSONObject,
        _ rename: (String) -> String,
        isAnswer: Bool = false
    ) -> JSONObject {
        var renamed = JSONObject()
        for (key, value) in members {
            if isAnswer, value.isNull { continue }
            let plain = spelling.isLowerCase ? SDKName.uncapitalized(key) : key
            if spelling.maps.contains(plain), case .object(let entries) = value {
                let kept = entries.map { ($0.key, renaming($0.value, rename, isAnswer: isAnswer)) }
                renamed[rename(key)] = .object(JSONObject(kept))
            } else if isAnswer, spelling.times.contains(plain), case .number(let number) = value,
                let time = TimestampText.timestamp(seconds: number.double)
            {
                renamed[rename(key)] = .string(TimestampText.iso8601(time))
            } else {
                renamed[rename(key)] = renaming(value, rename, isAnswer: isAnswer)
            }
        }
        return renamed
    }

    private func renaming(
        _ value: JSONValue,
        _ rename: (String) -> String,
        isAnswer: Bool
    ) -> JSONValue {
        switch value {
        case .array(let values):
            .array(values.map { renaming($0, rename, isAnswer: isAnswer) })
        case .object(let members): .object(renaming(members, rename, isAnswer: isAnswer))
        default: value
        }
    }
}
