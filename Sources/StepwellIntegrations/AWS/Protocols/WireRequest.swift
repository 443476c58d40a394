import StepwellEngine

/// A request as a protocol writes it, before it is known where it goes.
struct WireRequest: Sendable {
    var method = "POST"
    /// The path, encoded; begins with `/`.
    var path = "/"
    /// The query's parameters, decoded; without a value those that are only named.
    var query: [(name: String, value: String?)] = []
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    /// What stands before the endpoint's host.
    var hostPrefix: String?
    /// S3's bucket, which a host may name in place of the path.
    var bucket: String?

    /// The query as it is sent.
    var queryText: String {
        query.map { name, value in
            let name = PercentEncoding.encode(name.utf8)
            return value.map { "\(name)=\(PercentEncoding.encode($0.utf8))" } ?? name
        }.joined(separator: "&")
    }

    /// The first header of a name in lower case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }
}
