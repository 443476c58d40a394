// What an embedding service meets in signatures: `StepwellError` and `EngineClock`, `Timestamp`,
// `ExecutionStatus` and `Failure`, `JSONValue`, `ExecutionPicture` and its parts. Nothing else of
// these modules is public.
@_exported public import StepwellEngine
@_exported public import StepwellHistory
@_exported public import StepwellJSON
@_exported public import StepwellReplay
