import StepwellEngine
import StepwellHistory

extension RequestFields {
    /// Refuses settings of a state machine that contradict each other.
    ///
    /// - Throws: `InvalidArn`, `InvalidEncryptionConfiguration` or `ValidationException`.
    func checkSettings() throws(ServiceError) {
        try checkRole()
        if string("versionDescription") != nil, boolean("publish") != true {
            throw ServiceError(
                code: "ValidationException",
                message: "Version description can only be set when publish is true"
            )
        }
        guard let encryption = encryptionConfiguration else { return }
        let isCustomer = encryption.type == "CUSTOMER_MANAGED_KMS_KEY"
        if isCustomer, encryption.kmsKeyID == nil {
            throw Self.encryption("kmsKeyId is required with CUSTOMER_MANAGED_KMS_KEY")
        }
        if !isCustomer, encryption.kmsKeyID != nil {
            throw Self.encryption("kmsKeyId requires CUSTOMER_MANAGED_KMS_KEY")
        }
        if !isCustomer, encryption.kmsDataKeyReusePeriodSeconds != nil {
            let member = "kmsDataKeyReusePeriodSeconds"
            throw Self.encryption("\(member) requires CUSTOMER_MANAGED_KMS_KEY")
        }
    }

    /// Refuses a `roleArn` that is not the ARN of a role.
    ///
    /// - Throws: `InvalidArn`.
    func checkRole() throws(ServiceError) {
        guard let role = string("roleArn"), !RoleName.isARN(role) else { return }
        throw ServiceError(code: "InvalidArn", message: "Invalid Role Arn: '\(role)'")
    }

    private static func encryption(_ problem: String) -> ServiceError {
        ServiceError(
            code: "InvalidEncryptionConfiguration",
            message: "Invalid Encryption Configuration: \(problem)"
        )
    }
}
