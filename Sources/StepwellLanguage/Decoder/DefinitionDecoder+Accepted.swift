import StepwellJSON

extension DefinitionDecoder {
    /// Compiles a definition that was accepted once, by this version or an earlier one.
    ///
    /// It is not judged again: whatever rules were added since, and of whichever type its state
    /// machine is, it means what it meant.
    package static func compile(
        accepted text: String
    ) throws(DefinitionFailure) -> StateMachineDefinition {
        let value: JSONValue
        do throws(JSONParseError) {
            value = try JSONParser.parse(Array(text.utf8))
        } catch {
            throw DefinitionFailure(
                "line \(error.line), column \(error.column): \(error.reason)"
            )
        }
        var compiler = DefinitionCompiler()
        do throws(DefinitionCompiler.Failure) {
            return try compiler.compile(value)
        } catch {
            throw DefinitionFailure("\(error.path.location): the value cannot be compiled")
        }
    }
}
