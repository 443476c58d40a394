import StepwellEngine
public import StepwellHistory

extension WorkflowEngine {
    /// What is known of a Map Run; while it runs, how far it is.
    ///
    /// - Throws: ``StepwellError`` `ResourceNotFound`.
    public func describeMapRun(arn: String) async throws -> MapRunDescription {
        MapRunDescription(try await engine.describeMapRun(arn: arn))
    }

    /// Changes how many children of a running Map Run may run at once, and how many may fail; what
    /// is nil stays.
    ///
    /// - Parameters:
    ///   - arn: The Map Run.
    ///   - maxConcurrency: How many children run at once; 0 is as many as there are.
    ///   - toleratedFailureCount: How many may fail.
    ///   - toleratedFailurePercentage: How many of a hundred may fail, 0 to 100.
    /// - Throws: ``StepwellError`` `ResourceNotFound`; `ValidationException` when the run is over.
    public func updateMapRun(
        arn: String,
        maxConcurrency: Int? = nil,
        toleratedFailureCount: Int64? = nil,
        toleratedFailurePercentage: Double? = nil
    ) async throws {
        let update = MapRunUpdate(
            maxConcurrency: maxConcurrency,
            toleratedFailureCount: toleratedFailureCount,
            toleratedFailurePercentage: toleratedFailurePercentage
        )
        try await engine.updateMapRun(arn: arn, update)
    }

    /// The child executions of a Map Run, newest first.
    public func children(
        ofMapRun arn: String,
        status: ExecutionStatus? = nil
    ) -> Listing<ExecutionSummary> {
        Listing({ ExecutionSummary($0) }) { [engine] token in
            try await engine.listChildExecutions(
                mapRunARN: arn,
                statusFilter: status,
                maxResults: 1_000,
                nextToken: token
            )
        }
    }
}
