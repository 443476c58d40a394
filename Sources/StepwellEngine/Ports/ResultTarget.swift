/// The port through which the engine writes the results of distributed Map states.
///
/// After a crash everything is written once more, under the same names and with the same content.
package protocol ResultTarget: Sendable {
    /// Writes one object whole, in place of any that is there.
    func put(_ object: ResultObject) async throws(MapRunDataFault)
}

/// An object that is to be written.
package struct ResultObject: Sendable {
    package var bucket: String
    package var key: String
    package var bytes: [UInt8]
    package var mapRunARN: String
    /// The role of the execution.
    package var roleARN: String

    package init(
        bucket: String,
        key: String,
        bytes: [UInt8],
        mapRunARN: String = "",
        roleARN: String = ""
    ) {
        self.bucket = bucket
        self.key = key
        self.bytes = bytes
        self.mapRunARN = mapRunARN
        self.roleARN = roleARN
    }
}
