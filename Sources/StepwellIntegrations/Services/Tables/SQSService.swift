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
        names: [
            "Md5OfMessageAttributes": "MD5OfMessageAttributes",
            "Md5OfMessageBody": "MD5OfMessageBody",
            "Md5OfMessageSystemAttributes": "MD5OfMessageSystemAttributes",
        ],
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
