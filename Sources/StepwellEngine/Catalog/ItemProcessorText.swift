import StepwellJSON

/// Finds the item processor of a Map state in a definition's text.
enum ItemProcessorText {
    /// The JSON text of the processor of the Map state with this name and the state's `Label`;
    /// nil when there is no such state.
    static func find(
        ofMapState name: String,
        in definition: String
    ) -> (text: String, label: String?)? {
        guard let value = try? JSONParser.parse(Array(definition.utf8)),
            let state = state(name, in: value)
        else { return nil }
        guard let processor = state["ItemProcessor"] ?? state["Iterator"] else { return nil }
        let label: String? = if case .string(let text)? = state["Label"] { text } else { nil }
        return (JSONWriter.string(processor), label)
    }

    /// The state with a name in a scope or in a scope inside it.
    private static func state(_ name: String, in scope: JSONValue) -> JSONObject? {
        guard case .object(let members) = scope, case .object(let states)? = members["States"]
        else { return nil }
        for (key, value) in states {
            guard case .object(let state) = value else { continue }
            if key.utf8.elementsEqual(name.utf8) { return state }
            var inner = [state["ItemProcessor"], state["Iterator"]].compactMap(\.self)
            if case .array(let branches)? = state["Branches"] { inner += branches }
            for scope in inner {
                if let found = self.state(name, in: scope) { return found }
            }
        }
        return nil
    }
}
