// What an embedding service meets in signatures: `StepwellError` and `EngineClock`, `Timestamp`,
// `ExecutionStatus` and `Failure`, `JSONValue`. Nothing else of these modules is public.
@_exported public import StepwellEngine
@_exported public import StepwellHistory
@_exported public import StepwellJSON
