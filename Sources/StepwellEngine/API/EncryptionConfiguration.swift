/// How data at rest is encrypted, as the API states it.
package struct EncryptionConfiguration: Sendable, Hashable {
    /// `AWS_OWNED_KEY` or `CUSTOMER_MANAGED_KMS_KEY`.
    package var type: String
    package var kmsKeyID: String?
    package var kmsDataKeyReusePeriodSeconds: Int?

    /// What no configuration stands for.
    static let plain = EncryptionConfiguration()

    package init(
        type: String = "AWS_OWNED_KEY",
        kmsKeyID: String? = nil,
        kmsDataKeyReusePeriodSeconds: Int? = nil
    ) {
        self.type = type
        self.kmsKeyID = kmsKeyID
        self.kmsDataKeyReusePeriodSeconds = kmsDataKeyReusePeriodSeconds
    }
}
