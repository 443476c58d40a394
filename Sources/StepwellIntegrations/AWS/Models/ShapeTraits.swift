import StepwellJSON

/// What a model says of a shape where it is used.
struct ShapeTraits: Sendable {
    /// Where in a request or answer a member is.
    enum Location: String, Sendable {
        case uri, querystring, header, headers, statusCode
    }

    /// How a time is written.
    enum TimestampFormat: String, Sendable {
        case iso8601, rfc822, unixTimestamp
    }

    /// The namespace that an XML element declares.
    struct XMLNamespace: Sendable {
        let uri: String
        let prefix: String?
    }

    var location: Location?
    var locationName: String?
    var queryName: String?
    var timestampFormat: TimestampFormat?
    var xmlNamespace: XMLNamespace?
    var isFlattened = false
    var isXMLAttribute = false
    var isJSON = false
    var isIdempotencyToken = false
    var isHostLabel = false

    /// No traits.
    init() {}

    /// The traits of a shape used by a reference: what the reference says counts more.
    init(shape: JSONObject, reference: JSONObject) {
        let text = { (key: String) in
            reference[key]?.stringValue ?? shape[key]?.stringValue
        }
        let flag = { (key: String) in
            reference[key]?.boolValue ?? shape[key]?.boolValue ?? false
        }
        location = text("location").flatMap(Location.init)
        locationName = text("locationName")
        queryName = text("queryName")
        timestampFormat = text("timestampFormat").flatMap(TimestampFormat.init)
        isFlattened = flag("flattened")
        isXMLAttribute = flag("xmlAttribute")
        isJSON = flag("jsonvalue")
        isIdempotencyToken = flag("idempotencyToken")
        isHostLabel = flag("hostLabel")
        switch reference["xmlNamespace"] ?? shape["xmlNamespace"] {
        case .string(let uri): xmlNamespace = XMLNamespace(uri: uri, prefix: nil)
        case .object(let parts):
            xmlNamespace = parts["uri"]?.stringValue.map {
                XMLNamespace(uri: $0, prefix: parts["prefix"]?.stringValue)
            }
        default: xmlNamespace = nil
        }
    }
}
