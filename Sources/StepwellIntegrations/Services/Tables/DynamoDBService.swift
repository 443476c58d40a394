extension IntegratedServices {
    /// Amazon DynamoDB.
    static let dynamoDB = IntegratedService(
        type: "dynamodb",
        service: "dynamodb",
        errorPrefix: "DynamoDB",
        generalError: "AmazonDynamoDBException",
        clientName: "AmazonDynamoDBv2",
        showsMetadata: true,
        actions: [
            ServiceAction(
                "GetItem",
                [.request],
                """
                TableName Key AttributesToGet ConsistentRead ReturnConsumedCapacity
                ProjectionExpression ExpressionAttributeNames
                """
            ),
            ServiceAction("PutItem", [.request], "Item \(condition)"),
            ServiceAction(
                "UpdateItem",
                [.request],
                "Key AttributeUpdates UpdateExpression \(condition)"
            ),
            ServiceAction("DeleteItem", [.request], "Key \(condition)"),
        ]
    )

    private static let condition = """
        TableName Expected ConditionalOperator ReturnValues ReturnConsumedCapacity
        ReturnItemCollectionMetrics ConditionExpression ExpressionAttributeNames
        ExpressionAttributeValues ReturnValuesOnConditionCheckFailure
        """
}
