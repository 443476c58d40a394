import StepwellJSON

/// Which pages of other origins may use a route, as browsers ask (CORS).
package struct CrossOrigin: Sendable, Hashable {
    /// Origins like `https://shop.example`, or `*`.
    package var origins: [String]
    /// Header fields that requests may have.
    package var headers: [String]
    /// Header fields of answers that pages may read.
    package var exposedHeaders: [String]
    /// Whether pages may send cookies and the like.
    package var allowsCredentials: Bool
    /// For how many seconds browsers may keep the answer to their question.
    package var maximumAge: Int

    /// Reads `{"AllowOrigins": ["https://shop.example"], "AllowHeaders": ["content-type"]}`; nil
    /// when it is something else.
    init?(_ json: JSONValue) {
        func texts(_ name: String) -> [String]? {
            guard let value = json[name] else { return [] }
            guard let values = value.arrayValue else { return nil }
            let texts = values.compactMap(\.stringValue)
            return texts.count == values.count ? texts : nil
        }
        guard let origins = texts("AllowOrigins"), !origins.isEmpty,
            let headers = texts("AllowHeaders"), let exposed = texts("ExposeHeaders"),
            (origins + headers + exposed).allSatisfy({ text in
                !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x2C }
            })
        else { return nil }
        self.origins = origins
        self.headers = headers
        exposedHeaders = exposed
        allowsCredentials = json["AllowCredentials"]?.boolValue ?? false
        maximumAge = json["MaxAge"]?.intValue ?? 0
        guard (0...86_400).contains(maximumAge), !(allowsCredentials && origins.contains("*"))
        else { return nil }
    }

    /// The same as it was read.
    var json: JSONValue {
        [
            "AllowCredentials": .bool(allowsCredentials),
            "AllowHeaders": .array(headers.map { .string($0) }),
            "AllowOrigins": .array(origins.map { .string($0) }),
            "ExposeHeaders": .array(exposedHeaders.map { .string($0) }),
            "MaxAge": .number(JSONNumber(Int64(maximumAge))),
        ]
    }

    /// What a browser is told of an origin (`Access-Control-Allow-Origin`); nil when its pages may
    /// not use the route.
    package func allowed(_ origin: String) -> String? {
        if origins.contains("*") { return "*" }
        return origins.contains { $0.lowercased() == origin.lowercased() } ? origin : nil
    }
}
