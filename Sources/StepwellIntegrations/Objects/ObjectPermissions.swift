import StepwellEngine

/// What roles may do with the objects of Map Runs: what their policies say.
package struct ObjectPermissions: Sendable {
    private let source: any PolicySource
    private let region: String
    private let account: String

    /// Holds Map Runs to what a source says at the time.
    package init(_ source: any PolicySource, region: String, account: String) {
        self.source = source
        self.region = region
        self.account = account
    }

    func context(roleARN: String) -> PolicyContext {
        PolicyContext(role: roleARN, stateMachineARN: "", region: region, account: account)
    }

    /// Why a request is not allowed; nil when it is.
    func denial(of request: PolicyRequest) -> PolicyDenial? {
        guard let decision = source.policies?.decision(on: request), decision != .allowed else {
            return nil
        }
        return PolicyDenial(request, decision)
    }
}

extension PolicyContext {
    /// Reads an object.
    func reading(_ object: ObjectName) -> PolicyRequest {
        let action = object.version == nil ? "s3:GetObject" : "s3:GetObjectVersion"
        return request(action, on: arn(ofBucket: object.bucket) + "/" + object.key)
    }

    /// Lists the objects of a bucket whose keys begin with a prefix.
    func listing(_ bucket: String, prefix: String) -> PolicyRequest {
        let keys = prefix.isEmpty ? [:] : ["s3:prefix": [prefix]]
        return request("s3:ListBucket", on: arn(ofBucket: bucket), keys)
    }

    /// Writes an object.
    func writing(_ object: ObjectName) -> PolicyRequest {
        request("s3:PutObject", on: arn(ofBucket: object.bucket) + "/" + object.key)
    }

    /// The ARN of a bucket, which may be given by one.
    func arn(ofBucket bucket: String) -> String {
        bucket.utf8.starts(with: "arn:".utf8) ? bucket : partition.arn("s3", bucket)
    }
}

extension ObjectPermissions? {
    /// Buckets as a role may use them for a Map Run; all that is in them without permissions.
    func store(
        _ store: any ObjectStore,
        roleARN: String,
        mapRunARN: String
    ) -> any ObjectStore {
        map { PolicedStore(store, $0, roleARN: roleARN, mapRunARN: mapRunARN) } ?? store
    }
}
