import StepwellEngine

extension RequestFields {
    /// Refuses settings of a state machine that contradict each other.
    ///
    /// - Throws: `InvalidArn`, `InvalidEncryptionConfiguration` or `ValidationException`.
    func checkSettings() throws(ServiceError) {
        if let role = string("roleArn"), !Self.isARN(role) {
            throw ServiceError(code: "InvalidArn", message: "Invalid Role Arn: '\(role)'")
        }
        if string("versionDescription") != nil, boolean("publish") != true {
            throw ServiceError(
                code: "ValidationException",
                message: "Version description can only be set when publish is true"
            )
        }
        guard let encryption = encryptionConfiguration else { return }
        let isCustomer = encryption.type == "CUSTOMER_MANAGED_KMS_KEY"
        if isCustomer, encryption.kmsKeyID == nil {
            throw Self.encryption("kmsKeyId has to be given with CUSTOMER_MANAGED_KMS_KEY")
        }
        if !isCustomer, encryption.kmsKeyID != nil {
            throw Self.encryption("kmsKeyId goes with CUSTOMER_MANAGED_KMS_KEY only")
        }
        if !isCustomer, encryption.kmsDataKeyReusePeriodSeconds != nil {
            let member = "kmsDataKeyReusePeriodSeconds"
            throw Self.encryption("\(member) goes with CUSTOMER_MANAGED_KMS_KEY only")
        }
    }

    /// Whether a text has the six parts of an ARN.
    private static func isARN(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return parts.count >= 6 && parts[0].elementsEqual("arn".utf8)
    }

    private static func encryption(_ problem: String) -> ServiceError {
        ServiceError(
            code: "InvalidEncryptionConfiguration",
            message: "Invalid Encryption Configuration: \(problem)"
        )
    }
}
