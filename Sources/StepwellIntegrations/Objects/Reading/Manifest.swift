import StepwellJSON

/// The objects that a manifest names.
struct Manifest: Sendable {
    let objects: [ObjectName]
    /// The form of the objects of an S3 inventory; nil of an Athena manifest, which says nothing
    /// of it.
    let format: ItemFormat?
    /// What the manifest is known by.
    let tag: String

    /// The most bytes of a manifest.
    private static let limit = 64 << 20

    /// The `manifest.json` of an S3 inventory (S3 user guide, "Locating your inventory list").
    init(
        inventory name: ObjectName,
        in store: any ObjectStore,
        tag: String?
    ) async throws(ObjectFault) {
        let (bytes, found) = try await Self.read(name, in: store, tag: tag)
        self.tag = found
        guard let manifest = try? JSONParser.parse(bytes),
            let files = manifest["files"]?.arrayValue
        else { throw .failed("\(name) is not the manifest of an S3 inventory.") }
        switch manifest["fileFormat"]?.stringValue ?? "" {
        case "CSV":
            let schema = manifest["fileSchema"]?.stringValue ?? ""
            let headers = schema.split(separator: ",").map { column in
                String(column.drop { $0 == " " })
            }
            format = .csv(delimiter: UInt8(ascii: ","), headers: headers)
        case "Parquet": format = .parquet
        case let other:
            throw .failed(
                "The inventory \(name) has files of the format '\(other)', not CSV or Parquet."
            )
        }
        let arn = manifest["destinationBucket"]?.stringValue
        let bucket = arn?.split(separator: ":").last.map(String.init) ?? name.bucket
        objects = files.compactMap { $0["key"]?.stringValue }
            .map { ObjectName(bucket: bucket, key: $0) }
    }

    /// The manifest of an Athena UNLOAD: `s3://BUCKET/KEY` a line.
    init(
        athena name: ObjectName,
        in store: any ObjectStore,
        tag: String?
    ) async throws(ObjectFault) {
        let (bytes, found) = try await Self.read(name, in: store, tag: tag)
        self.tag = found
        format = nil
        var objects: [ObjectName] = []
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let text = String(decoding: line.filter { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
            let scheme = "s3://"
            let parts = text.utf8.dropFirst(scheme.utf8.count)
                .split(separator: UInt8(ascii: "/"), maxSplits: 1)
            guard text.utf8.starts(with: scheme.utf8), parts.count == 2 else {
                throw .failed("\(name) names '\(text)', which is not an object.")
            }
            let bucket = String(Substring(parts[0]))
            objects.append(ObjectName(bucket: bucket, key: String(Substring(parts[1]))))
        }
        self.objects = objects
    }

    private static func read(
        _ name: ObjectName,
        in store: any ObjectStore,
        tag: String?
    ) async throws(ObjectFault) -> (bytes: [UInt8], tag: String) {
        let body = try await store.open(name, from: 0, tag: tag)
        var bytes: [UInt8] = []
        while true {
            let more = try await body.next()
            if more.isEmpty { return (bytes, body.tag) }
            bytes += more
            guard bytes.count <= limit else {
                throw .failed("The manifest \(name) is larger than \(limit) bytes.")
            }
        }
    }
}
