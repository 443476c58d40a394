import StepwellServer

/// An event of a server-sent stream.
struct LiveEvent: Sendable {
    /// What is told: its name in the stream.
    enum Kind: String, Sendable {
        /// An execution began, ended or was redriven.
        case status
        /// There are further events of the execution that is followed.
        case events
        /// How many executions there are.
        case counts
        /// A line of the log.
        case log
        /// State machines or activities were changed.
        case catalog
        /// Something was missed: what is shown has to be read anew.
        case reset
    }

    let kind: Kind
    /// Its place, by which a stream is resumed; nil for what is not told again.
    let id: String?
    /// JSON without line ends.
    let data: [UInt8]

    /// An event that says so much.
    init(_ kind: Kind, id: String? = nil, _ fields: ResponseFields) {
        self.kind = kind
        self.id = id
        data = fields.finished()
    }

    /// As it is sent (HTML Standard, 9.2.5).
    var bytes: [UInt8] {
        var bytes = Array("event: \(kind.rawValue)\n".utf8)
        if let id { bytes += Array("id: \(id)\n".utf8) }
        bytes += Array("data: ".utf8)
        bytes += data
        bytes += Array("\n\n".utf8)
        return bytes
    }
}
