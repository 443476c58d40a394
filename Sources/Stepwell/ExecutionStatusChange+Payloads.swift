public import StepwellEngine
public import StepwellHistory

extension ExecutionStatusChange {
    /// Error and cause, when the execution ended otherwise than well.
    public var failure: Failure? { description.failure }

    /// The execution's input as a value.
    ///
    /// - Throws: `DecodingError` when it is none of the type.
    public func input<Input: Decodable>(
        as type: Input.Type,
        coding: PayloadCoding = PayloadCoding()
    ) throws -> Input {
        try coding.decode(type, from: description.input)
    }

    /// The execution's output as a value; nil unless it has succeeded.
    ///
    /// - Throws: `DecodingError` when it is none of the type.
    public func output<Output: Decodable>(
        as type: Output.Type,
        coding: PayloadCoding = PayloadCoding()
    ) throws -> Output? {
        try description.output.map { try coding.decode(type, from: $0) }
    }
}
