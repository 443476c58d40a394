import StepwellHistory

/// The binary form of catalog records, version 1.
///
/// Version byte, tag byte, fields in order. Tags are never used again for something else.
///
/// | tag | record |
/// | --- | --- |
/// | 1 | stateMachineCreated |
/// | 2 | stateMachineUpdated |
/// | 3 | stateMachineDeleted |
/// | 4 | activityCreated |
/// | 5 | activityDeleted |
/// | 6 | versionPublished |
/// | 7 | versionDeleted |
/// | 8 | aliasCreated |
/// | 9 | aliasUpdated |
/// | 10 | aliasDeleted |
/// | 11 | resourceTagged |
/// | 12 | resourceUntagged |
/// | 13 | activityCreated, with an encryption configuration |
enum CatalogCodec {
    private static let version: UInt8 = 1

    static func encode(_ record: CatalogRecord) -> [UInt8] {
        var writer = ByteWriter(capacity: 512)
        writer.write(version)
        switch record {
        case .stateMachineCreated(let creation):
            writer.write(UInt8(1))
            writer.writeString(creation.arn)
            writer.writeString(creation.name)
            writer.writeString(creation.type.rawValue)
            writer.write(creation.tags)
            writer.write(creation.settings)
            writer.writeString(creation.definition)
        case .stateMachineUpdated(let arn, let settings, let definition):
            writer.write(UInt8(2))
            writer.writeString(arn)
            writer.write(settings)
            writer.writeOptionalString(definition)
        case .stateMachineDeleted(let arn, let date):
            writer.write(UInt8(3))
            writer.writeString(arn)
            writer.writeSigned(date.milliseconds)
        case .activityCreated(let activity, let tags):
            writer.write(UInt8(activity.encryptionConfiguration == nil ? 4 : 13))
            writer.writeString(activity.activityARN)
            writer.writeString(activity.name)
            writer.writeSigned(activity.creationDate.milliseconds)
            writer.write(tags)
            if let encryption = activity.encryptionConfiguration { writer.write(encryption) }
        case .activityDeleted(let arn, let date):
            writer.write(UInt8(5))
            writer.writeString(arn)
            writer.writeSigned(date.milliseconds)
        case .versionPublished, .versionDeleted, .aliasCreated, .aliasUpdated, .aliasDeleted:
            encodeQualified(record, into: &writer)
        case .resourceTagged(let arn, let tags, let date):
            writer.write(UInt8(11))
            writer.writeString(arn)
            writer.write(tags)
            writer.writeSigned(date.milliseconds)
        case .resourceUntagged(let arn, let keys, let date):
            writer.write(UInt8(12))
            writer.writeString(arn)
            writer.writeCount(keys.count)
            for key in keys { writer.writeString(key) }
            writer.writeSigned(date.milliseconds)
        }
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8]) throws(ByteReaderError) -> CatalogRecord {
        var reader = ByteReader(bytes)
        guard try reader.readByte() == version else {
            throw ByteReaderError(.invalid("catalog record version"), at: 0)
        }
        let record = try decodeRecord(&reader)
        guard reader.isAtEnd else {
            throw ByteReaderError(.invalid("end of catalog record"), at: reader.position)
        }
        return record
    }

    private static func decodeRecord(
        _ reader: inout ByteReader
    ) throws(ByteReaderError) -> CatalogRecord {
        let tag = try reader.readByte()
        switch tag {
        case 1:
            return .stateMachineCreated(
                StateMachineCreation(
                    arn: try reader.readString(),
                    name: try reader.readString(),
                    type: try reader.readCase("state machine type"),
                    tags: try reader.readTags(),
                    settings: try reader.readSettings(),
                    definition: try reader.readString()
                )
            )
        case 2:
            return .stateMachineUpdated(
                arn: try reader.readString(),
                settings: try reader.readSettings(),
                definition: try reader.readOptionalString()
            )
        case 3:
            return .stateMachineDeleted(
                arn: try reader.readString(),
                date: try reader.readTimestamp()
            )
        case 4, 13:
            var activity = ActivityDescription(
                activityARN: try reader.readString(),
                name: try reader.readString(),
                creationDate: try reader.readTimestamp()
            )
            let tags = try reader.readTags()
            if tag == 13 { activity.encryptionConfiguration = try reader.readEncryptionFields() }
            return .activityCreated(activity, tags: tags)
        case 5:
            return .activityDeleted(
                arn: try reader.readString(),
                date: try reader.readTimestamp()
            )
        case 11:
            return .resourceTagged(
                arn: try reader.readString(),
                tags: try reader.readTags(),
                date: try reader.readTimestamp()
            )
        case 12:
            return .resourceUntagged(
                arn: try reader.readString(),
                keys: try reader.readStrings(),
                date: try reader.readTimestamp()
            )
        default:
            return try decodeQualified(tag, &reader)
        }
    }
}
