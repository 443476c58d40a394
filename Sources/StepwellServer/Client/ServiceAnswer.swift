/// What came back over HTTP.
struct ServiceAnswer: Sendable {
    var status: Int
    var body: [UInt8]
}
