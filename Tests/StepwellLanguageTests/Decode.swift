import StepwellLanguage

/// Decodes a definition written in a test.
func decode(_ text: String) -> DecodedDefinition {
    DefinitionDecoder().decode(text)
}
