/// The fields that shape a state's input and output in JSONPath mode, in the order they apply:
/// `InputPath`, `Parameters`, (the work), `ResultSelector`, `ResultPath`, `OutputPath`.
package struct DataFlow: Sendable {
    /// All fields absent.
    package static let identity = DataFlow()

    /// `InputPath`.
    package var inputPath: PathField
    /// `Parameters`.
    package var parameters: PayloadTemplate?
    /// `ResultSelector`.
    package var resultSelector: PayloadTemplate?
    /// `ResultPath`.
    package var resultPath: ResultPathField
    /// `OutputPath`.
    package var outputPath: PathField

    package init(
        inputPath: PathField = .identity,
        parameters: PayloadTemplate? = nil,
        resultSelector: PayloadTemplate? = nil,
        resultPath: ResultPathField = .replace,
        outputPath: PathField = .identity
    ) {
        self.inputPath = inputPath
        self.parameters = parameters
        self.resultSelector = resultSelector
        self.resultPath = resultPath
        self.outputPath = outputPath
    }
}
