import StepwellJSON

extension DefinitionValidator {
    /// Checks `Retry`.
    mutating func retriers(_ object: JSONObject, at path: DefinitionPath) {
        let list = path.member("Retry")
        let items = object["Retry"]?.array ?? []
        for (index, item) in items.enumerated() {
            let place = list.item(index)
            guard let retrier = item.object else {
                mismatch("Object", item, place)
                continue
            }
            check(retrier, against: DefinitionRules.retrier, at: place)
            errorEquals(of: retrier, at: place, isLast: index == items.count - 1)
        }
    }

    /// Checks `Catch`.
    mutating func catchers(_ object: JSONObject, at path: DefinitionPath) {
        let list = path.member("Catch")
        let items = object["Catch"]?.array ?? []
        for (index, item) in items.enumerated() {
            let place = list.item(index)
            guard let catcher = item.object else {
                mismatch("Object", item, place)
                continue
            }
            check(catcher, against: DefinitionRules.catcher, at: place)
            errorEquals(of: catcher, at: place, isLast: index == items.count - 1)
        }
    }

    private mutating func errorEquals(
        of object: JSONObject,
        at path: DefinitionPath,
        isLast: Bool
    ) {
        let place = path.member("ErrorEquals")
        guard let names = object["ErrorEquals"]?.array else { return }
        if names.isEmpty {
            findings.error(at: place, AWSMessages.emptyValue, hint: "Name at least one error.")
        }
        for (index, value) in names.enumerated() {
            guard let name = value.string else {
                mismatch("String", value, place.item(index))
                continue
            }
            if name.utf8.elementsEqual(ErrorName.all.utf8) {
                guard names.count > 1 || !isLast else { continue }
                findings.error(
                    at: place.item(index),
                    AWSMessages.allAlone,
                    hint: names.count > 1
                        ? "It stands for the other names too: leave them out."
                        : "Nothing after it would ever be asked: move it to the end."
                )
            } else {
                knownError(name, at: place.item(index))
            }
        }
    }

    private mutating func knownError(_ name: String, at path: DefinitionPath) {
        guard name.utf8.starts(with: ErrorName.reservedPrefix.utf8),
            !ErrorName.reserved.contains(where: { $0.utf8.elementsEqual(name.utf8) })
        else { return }
        findings.warning(
            .unknownErrorName,
            at: path,
            "'\(name)' is not an error name of the States language, which reserves the prefix "
                + "'States.'",
            hint: NearMiss.hint(for: name, among: ErrorName.reserved)
        )
    }

    /// Checks what is special to a Fail state.
    mutating func fail(_ object: JSONObject, at path: DefinitionPath) {
        if let error = object["Error"]?.string {
            knownError(error, at: path.member("Error"))
        }
        for field in ["ErrorPath", "CausePath"] {
            guard let text = object[field]?.string else { continue }
            stringIntrinsic(text, field: field, at: path.member(field))
        }
    }

    /// The functions whose result is a string, which alone may give an error or a cause
    /// (developer guide, "Fail workflow state").
    private static let stringFunctions = [
        "States.Format", "States.JsonToString", "States.ArrayGetItem", "States.Base64Encode",
        "States.Base64Decode", "States.Hash", "States.UUID",
    ]

    private mutating func stringIntrinsic(_ text: String, field: String, at path: DefinitionPath) {
        guard text.utf8.starts(with: ErrorName.reservedPrefix.utf8) else { return }
        let name = text.utf8.prefix { $0 != UInt8(ascii: "(") }
        let isAllowed = Self.stringFunctions.contains { $0.utf8.elementsEqual(name) }
        if !isAllowed {
            findings.error(
                at: path,
                "The value for the field '\(field)' must be a call of one of "
                    + "[\(Self.stringFunctions.joined(separator: ", "))]"
            )
        }
    }
}
