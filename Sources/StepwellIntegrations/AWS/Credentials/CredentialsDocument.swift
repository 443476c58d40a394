import StepwellHistory
import StepwellJSON
import StepwellLanguage

/// The JSON in which containers, instances and credential processes give credentials.
enum CredentialsDocument {
    /// Reads a document; `source` is what errors call it.
    static func credentials(
        _ bytes: [UInt8],
        source: String
    ) throws(AWSFault) -> AWSCredentials {
        guard let value = try? JSONParser.parse(bytes), case .object = value else {
            throw .credentials("\(source) gave no JSON object")
        }
        guard let id = value["AccessKeyId"]?.stringValue,
            let secret = value["SecretAccessKey"]?.stringValue
        else {
            let message = value["Message"]?.stringValue ?? value["message"]?.stringValue
            throw .credentials("\(source) gave no credentials" + (message.map { ": \($0)" } ?? ""))
        }
        let token = value["Token"]?.stringValue ?? value["SessionToken"]?.stringValue
        var expiration: Timestamp?
        if let text = value["Expiration"]?.stringValue {
            guard let time = StatesTimestamp(parsing: text) else {
                throw .credentials("\(source) gave an Expiration that is not a time")
            }
            expiration = Timestamp(milliseconds: time.milliseconds)
        }
        return AWSCredentials(
            accessKeyID: id,
            secretAccessKey: Secret(secret),
            sessionToken: token.map { Secret($0) },
            expiration: expiration
        )
    }
}
