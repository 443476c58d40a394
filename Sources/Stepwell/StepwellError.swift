public import StepwellEngine

/// Why an operation was refused: AWS's exception name and message.
public typealias StepwellError = ServiceError
