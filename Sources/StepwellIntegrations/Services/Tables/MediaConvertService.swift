extension IntegratedServices {
    /// AWS Elemental MediaConvert.
    static let mediaConvert = IntegratedService(
        type: "mediaconvert",
        service: "mediaconvert",
        errorPrefix: "MediaConvert",
        generalError: "AWSMediaConvertException",
        clientName: "AWSMediaConvert",
        times: ["CreatedAt", "FinishTime", "StartTime", "SubmitTime"],
        actions: [
            ServiceAction(
                "CreateJob",
                [.request, .sync],
                """
                AccelerationSettings BillingTagsSource ClientRequestToken HopDestinations
                JobEngineVersion JobTemplate Priority Queue Role Settings SimulateReservedQueue
                StatusUpdateInterval Tags UserMetadata
                """
            ).with {
                $0.idempotency = .token("ClientRequestToken")
                $0.job = JobRules(
                    describe: "GetJob",
                    reference: [.answer("Id", "Job.Id")],
                    job: "Job",
                    succeeded: ["COMPLETE"],
                    failed: ["CANCELED", "ERROR"],
                    output: .answer,
                    stop: JobRules.Stop(action: "CancelJob", reference: [.answer("Id", "Job.Id")])
                )
            }
        ]
    )
}
