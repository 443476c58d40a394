import StepwellJSON

extension IntegratedServices {
    /// Amazon SQS; a body that is no string is sent as its JSON text.
    static let sqs = IntegratedService(
        type: "sqs",
        service: "sqs",
        errorPrefix: "SQS",
        generalError: "AmazonSQSException",
        clientName: "AmazonSQS",
        showsMetadata: true,
        actions: [
            ServiceAction(
                "SendMessage",
                [.request, .callback],
                """
                QueueUrl MessageBody DelaySeconds MessageAttributes MessageSystemAttributes
                MessageDeduplicationId MessageGroupId
                """
            ).with { $0.request = { given, _ in given.quoting("MessageBody") } }
        ]
    )
}
