import StepwellJSON

extension IntegratedServices {
    /// Amazon SNS; a message that is no string is sent as its JSON text.
    static let sns = IntegratedService(
        type: "sns",
        service: "sns",
        errorPrefix: "SNS",
        generalError: "AmazonSNSException",
        clientName: "AmazonSNS",
        showsMetadata: true,
        actions: [
            ServiceAction(
                "Publish",
                [.request, .callback],
                """
                TopicArn TargetArn PhoneNumber Message Subject MessageStructure MessageAttributes
                MessageDeduplicationId MessageGroupId
                """
            ).with { $0.request = { given, _ in given.quoting("Message") } }
        ]
    )
}
