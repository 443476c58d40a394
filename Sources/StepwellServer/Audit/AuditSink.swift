/// Where audit records go.
package protocol AuditSink: Sendable {
    /// Keeps a record: one line of JSON, without its line end.
    func write(_ line: [UInt8])
}
