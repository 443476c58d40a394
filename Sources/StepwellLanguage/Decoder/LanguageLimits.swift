/// The limits of the States language (AWS quotas; ASL specification; AWS's JSON schema).
package enum LanguageLimits {
    /// The bytes of a definition.
    package static let definitionBytes = 1_048_576
    /// The characters of a state's name.
    package static let stateNameLength = 80
    /// The characters of a variable's name.
    package static let variableNameLength = 80
    /// The characters of a Map state's label.
    package static let labelLength = 40
    /// The seconds of any timeout, heartbeat, wait or retry interval; also the default timeout.
    package static let seconds: Int64 = 99_999_999
    /// The attempts of a retrier.
    package static let maxAttempts: Int64 = 99_999_999
    /// The items that an item reader gives (`MaxItems`).
    package static let readerItems: Int64 = 100_000_000
    /// The bytes of a batch's input (`MaxInputBytesPerBatch`).
    package static let batchBytes: Int64 = 262_144
    /// The seconds of `MaxDelaySeconds`.
    package static let maxDelaySeconds: Int64 = 31_622_400
}
