/// The services with optimised integrations, by their names in resources.
///
/// Lambda, Step Functions itself, API Gateway and HTTP Tasks have connectors of their own.
enum IntegratedServices {
    static let all: [String: IntegratedService] = Dictionary(
        uniqueKeysWithValues: [
            athena, batch, bedrock, codeBuild, dataBrew, dynamoDB, ecs, eks, emr, emrContainers,
            emrServerless, eventBridge, glue, mediaConvert, sageMaker, sns, sqs,
        ].map { ($0.type, $0) }
    )
}
