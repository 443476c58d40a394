import StepwellHistory

/// The records of versions and aliases.
extension CatalogCodec {
    static func encodeQualified(_ record: CatalogRecord, into writer: inout ByteWriter) {
        switch record {
        case .versionPublished(let arn, let publication):
            writer.write(UInt8(6))
            writer.writeString(arn)
            writer.writeCount(publication.number)
            writer.writeOptionalString(publication.description)
            writer.writeSigned(publication.date.milliseconds)
            writer.write(publication.isOfCreation)
        case .versionDeleted(let arn, let number, let date):
            writer.write(UInt8(7))
            writer.writeString(arn)
            writer.writeCount(number)
            writer.writeSigned(date.milliseconds)
        case .aliasCreated(let arn, let alias):
            writer.write(UInt8(8))
            writer.writeString(arn)
            writer.write(alias)
        case .aliasUpdated(let arn, let alias):
            writer.write(UInt8(9))
            writer.writeString(arn)
            writer.write(alias)
        case .aliasDeleted(let arn, let name, let date):
            writer.write(UInt8(10))
            writer.writeString(arn)
            writer.writeString(name)
            writer.writeSigned(date.milliseconds)
        case .stateMachineCreated, .stateMachineUpdated, .stateMachineDeleted, .activityCreated,
            .activityDeleted, .resourceTagged, .resourceUntagged:
            break
        }
    }

    static func decodeQualified(
        _ tag: UInt8,
        _ reader: inout ByteReader
    ) throws(ByteReaderError) -> CatalogRecord {
        switch tag {
        case 6:
            return .versionPublished(
                arn: try reader.readString(),
                VersionPublication(
                    number: try reader.readNumber(),
                    description: try reader.readOptionalString(),
                    date: try reader.readTimestamp(),
                    isOfCreation: try reader.readFlag()
                )
            )
        case 7:
            return .versionDeleted(
                arn: try reader.readString(),
                number: try reader.readNumber(),
                date: try reader.readTimestamp()
            )
        case 8:
            return .aliasCreated(arn: try reader.readString(), try reader.readAlias())
        case 9:
            return .aliasUpdated(arn: try reader.readString(), try reader.readAlias())
        case 10:
            return .aliasDeleted(
                arn: try reader.readString(),
                name: try reader.readString(),
                date: try reader.readTimestamp()
            )
        default:
            throw ByteReaderError(.invalid("catalog record tag"), at: reader.position - 1)
        }
    }
}
