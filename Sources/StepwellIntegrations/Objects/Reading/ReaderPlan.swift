import StepwellEngine
import StepwellJSON

/// What an item reader reads, taken from its evaluated fields.
enum ReaderPlan: Sendable {
    /// The items of one object.
    case object(ObjectName, ItemFormat)
    /// The items of the objects that a manifest names: those of an S3 inventory, whose columns it
    /// names too, or of an Athena query, in a form.
    case inventory(ObjectName)
    case athena(ObjectName, ItemFormat)
    /// The objects of a bucket themselves.
    case listing(bucket: String, prefix: String, after: String?)
    /// The items of the objects of a bucket.
    case flattened(bucket: String, prefix: String, after: String?, ItemFormat)

    init(_ reader: JSONObject) throws(MapRunDataFault) {
        let parameters = reader["Parameters"]
        let configuration = reader["ReaderConfig"]?.objectValue ?? JSONObject()
        guard let bucket = parameters?["Bucket"]?.stringValue, !bucket.isEmpty else {
            throw MapRunDataFault("The ItemReader names no Bucket.")
        }
        let resource = reader["Resource"]?.stringValue ?? ""
        if resource.utf8.reversed().starts(with: "listObjectsV2".utf8.reversed()) {
            let prefix = parameters?["Prefix"]?.stringValue ?? ""
            let after = parameters?["StartAfter"]?.stringValue
            guard configuration["Transformation"]?.stringValue == "LOAD_AND_FLATTEN" else {
                self = .listing(bucket: bucket, prefix: prefix, after: after)
                return
            }
            let format = try ItemFormat(configuration)
            self = .flattened(bucket: bucket, prefix: prefix, after: after, format)
            return
        }
        guard let key = parameters?["Key"]?.stringValue, !key.isEmpty else {
            throw MapRunDataFault("The ItemReader names no Key.")
        }
        let version = parameters?["VersionId"]?.stringValue
        let name = ObjectName(bucket: bucket, key: key, version: version)
        if version != nil, configuration["InputType"]?.stringValue == "PARQUET" {
            // Developer guide, "ItemReader (Map)".
            throw MapRunDataFault("The VersionId is not supported for the InputType PARQUET.")
        }
        let type = configuration["ManifestType"]?.stringValue
        if type == "ATHENA_DATA" {
            self = .athena(name, try ItemFormat(configuration))
        } else if type == "S3_INVENTORY" || configuration["InputType"]?.stringValue == "MANIFEST" {
            self = .inventory(name)
        } else {
            self = .object(name, try ItemFormat(configuration))
        }
    }
}
