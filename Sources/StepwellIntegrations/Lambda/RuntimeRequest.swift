import NIOHTTP1

/// A request of a runtime to its Runtime API, whole.
struct RuntimeRequest {
    let head: HTTPRequestHead
    let body: [UInt8]
    /// Whether the body was larger than a response may be; what was read of it is not kept.
    let isTooLarge: Bool
    /// What followed a streamed body.
    let trailers: HTTPHeaders?
}
