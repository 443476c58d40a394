import StepwellJSON

/// Checks a settings file and takes it apart; every problem is pointed at.
struct SettingsReader {
    let source: JSONSource
    let name: String

    /// The quotas that are set.
    func quotas(
        _ value: JSONValue,
        _ place: JSONPointer
    ) throws(SettingsFileError) -> [String: Int] {
        var found: [String: Int] = [:]
        for member in try object(value, place, Quota.all.map(\.name)) {
            let place = place.appending(member.key)
            guard let (name, quota) = Quota.all.first(where: { $0.name == member.key }) else {
                continue
            }
            guard case .number(let number) = member.value, let value = number.integer,
                let value = Int(exactly: value), quota.range.contains(value)
            else {
                let range = "\(quota.range.lowerBound) to \(quota.range.upperBound)"
                throw problem("'\(name)' has to be a whole number from \(range)", at: place)
            }
            found[name] = value
        }
        return found
    }

    /// What calls are held to.
    func throttling(
        _ value: JSONValue,
        _ place: JSONPointer
    ) throws(SettingsFileError) -> SettingsFile.Throttling {
        if case .string("AWS") = value { return .published }
        guard case .object = value else {
            throw problem("'throttling' is \"AWS\", or an object of operations", at: place)
        }
        var rates: [String: TokenRate] = [:]
        for member in try object(value, place) {
            let place = place.appending(member.key)
            guard Operation.all[member.key] != nil else {
                throw problem("'\(member.key)' is not an operation of this server", at: place)
            }
            let members = try object(member.value, place, ["bucketSize", "refillPerSecond"])
            rates[member.key] = TokenRate(
                bucketSize: try number("bucketSize", of: members, place, atLeast: 1),
                refillPerSecond: try number("refillPerSecond", of: members, place, atLeast: 0.001)
            )
        }
        return .rates(rates)
    }

    private func number(
        _ name: String,
        of members: JSONObject,
        _ place: JSONPointer,
        atLeast least: Double
    ) throws(SettingsFileError) -> Double {
        guard case .number(let number)? = members[name] else {
            throw problem("'\(name)' is missing here, or is no number", at: place)
        }
        let value = number.double
        guard value >= least, value <= 1_000_000_000 else {
            throw problem(
                "'\(name)' has to be from \(least) to 1000000000",
                at: place.appending(name)
            )
        }
        return value
    }

    /// An object whose members are among some names, or any.
    func object(
        _ value: JSONValue,
        _ place: JSONPointer,
        _ allowed: [String]? = nil
    ) throws(SettingsFileError) -> JSONObject {
        guard case .object(let members) = value else {
            throw problem("an object is expected here", at: place)
        }
        guard let allowed else { return members }
        for member in members
        where !allowed.contains(where: { $0.utf8.elementsEqual(member.key.utf8) }) {
            let list = allowed.map { "'\($0)'" }.joined(separator: ", ")
            throw problem(
                "'\(member.key)' is not known; these are: \(list)",
                at: place.appending(member.key)
            )
        }
        return members
    }

    private func problem(_ message: String, at place: JSONPointer) -> SettingsFileError {
        let position = source.keyPosition(of: place) ?? source.position(of: place)
        return SettingsFileError(
            description: "\(name):\(position?.line ?? 1):\(position?.column ?? 1): \(message)"
        )
    }
}
