import StepwellJSON

/// Where the reading of a dataset goes on; its bytes are part of the log of the execution.
struct ItemCursor: Sendable, Equatable {
    /// An object that is read in part.
    struct Current: Sendable, Equatable {
        var name: ObjectName
        /// What its content has to be known by still.
        var tag: String
        var isCompressed: Bool
        var place: ScanPlace
    }

    /// How many objects of a manifest are read to their end.
    var finished = 0
    /// Of a listing, the key of the last object that is done.
    var after: String?
    /// What the manifest has to be known by still.
    var manifestTag: String?
    var current: Current?

    init() {}

    /// The form that is recorded.
    var bytes: [UInt8] {
        var members = JSONObject()
        if finished > 0 { members["finished"] = Self.number(finished) }
        members["after"] = after.map { .string($0) }
        members["manifest"] = manifestTag.map { .string($0) }
        if let current {
            var object = JSONObject([
                ("bucket", .string(current.name.bucket)), ("key", .string(current.name.key)),
                ("tag", .string(current.tag)), ("offset", Self.number(current.place.offset)),
            ])
            object["version"] = current.name.version.map { .string($0) }
            if current.isCompressed { object["compressed"] = .bool(true) }
            object["headers"] = current.place.headers.map { .array($0.map { .string($0) }) }
            object["members"] = current.place.isObject.map { .bool($0) }
            members["current"] = .object(object)
        }
        return JSONWriter.write(.object(members))
    }

    /// Reads what `bytes` wrote; nil when it is something else.
    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONParser.parse(bytes), value.objectValue != nil else { return nil }
        finished = value["finished"]?.intValue ?? 0
        after = value["after"]?.stringValue
        manifestTag = value["manifest"]?.stringValue
        guard let object = value["current"] else { return }
        guard let bucket = object["bucket"]?.stringValue, let key = object["key"]?.stringValue,
            let tag = object["tag"]?.stringValue, let offset = object["offset"]?.intValue
        else { return nil }
        let version = object["version"]?.stringValue
        current = Current(
            name: ObjectName(bucket: bucket, key: key, version: version),
            tag: tag,
            isCompressed: object["compressed"]?.boolValue ?? false,
            place: ScanPlace(
                offset: offset,
                headers: object["headers"]?.arrayValue?.compactMap(\.stringValue),
                isObject: object["members"]?.boolValue
            )
        )
    }

    private static func number(_ value: Int) -> JSONValue { .number(JSONNumber(Int64(value))) }
}
