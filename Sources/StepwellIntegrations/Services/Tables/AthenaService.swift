extension IntegratedServices {
    /// Amazon Athena.
    static let athena = IntegratedService(
        type: "athena",
        service: "athena",
        errorPrefix: "Athena",
        generalError: "AmazonAthenaException",
        clientName: "AmazonAthena",
        times: ["CompletionDateTime", "SubmissionDateTime"],
        actions: [
            ServiceAction(
                "StartQueryExecution",
                [.request, .sync],
                """
                ClientRequestToken EngineConfiguration ExecutionParameters QueryExecutionContext
                QueryString ResultConfiguration ResultReuseConfiguration WorkGroup
                """
            ).with {
                $0.idempotency = .token("ClientRequestToken")
                $0.job = JobRules(
                    describe: "GetQueryExecution",
                    reference: [.answer("QueryExecutionId")],
                    job: "QueryExecution",
                    status: "Status.State",
                    succeeded: ["SUCCEEDED"],
                    failed: ["FAILED", "CANCELLED"],
                    output: .answer,
                    stop: JobRules.Stop(
                        action: "StopQueryExecution",
                        reference: [.answer("QueryExecutionId")]
                    )
                )
            },
            ServiceAction("StopQueryExecution", [.request], "QueryExecutionId"),
            ServiceAction("GetQueryExecution", [.request], "QueryExecutionId"),
            ServiceAction(
                "GetQueryResults",
                [.request],
                "MaxResults NextToken QueryExecutionId QueryResultType"
            ),
        ]
    )
}
