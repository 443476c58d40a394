import StepwellEngine
import StepwellHistory

extension Operation {
    /// Changes the concurrency and the tolerance of a running Map Run.
    static let updateMapRun = Operation(
        "UpdateMapRun",
        [
            .required("mapRunArn", .longARN),
            .optional("maxConcurrency", .integer(0...Int64(Int32.max))),
            .optional("toleratedFailurePercentage", .number(0...100)),
            .optional("toleratedFailureCount", .integer(0...Int64.max)),
        ]
    ) { fields, engine in
        try await engine.updateMapRun(
            arn: fields.required("mapRunArn"),
            MapRunUpdate(
                maxConcurrency: fields.integer("maxConcurrency"),
                toleratedFailureCount: fields.integer("toleratedFailureCount").map { Int64($0) },
                toleratedFailurePercentage: fields.number("toleratedFailurePercentage")
            )
        )
        return Operation.empty
    }
}
