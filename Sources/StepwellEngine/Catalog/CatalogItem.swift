import StepwellHistory

/// One piece of a snapshot of the catalog.
///
/// Tags are never used again for something else.
///
/// | tag | item |
/// | --- | --- |
/// | 1 | state machine |
/// | 2 | state machine that was deleted |
/// | 3 | earlier revision of the state machine before it, oldest first |
/// | 4 | activity |
/// | 5 | definition |
enum CatalogItem {
    case stateMachine(KeptStateMachine, isDeleted: Bool)
    case earlierRevision(StateMachineSettings)
    case activity(CatalogActivity)
    case definition(DefinitionDigest, Ordinal)

    func write(into writer: inout ByteWriter) {
        switch self {
        case .stateMachine(let machine, let isDeleted):
            writer.write(UInt8(isDeleted ? 2 : 1))
            machine.write(into: &writer)
        case .earlierRevision(let settings):
            writer.write(UInt8(3))
            writer.write(settings)
        case .activity(let activity):
            writer.write(UInt8(4))
            writer.writeString(activity.description.activityARN)
            writer.writeString(activity.description.name)
            writer.writeSigned(activity.description.creationDate.milliseconds)
            writer.writeOptional(activity.description.encryptionConfiguration) { $0.write($1) }
            writer.write(activity.tags)
        case .definition(let digest, let ordinal):
            writer.write(UInt8(5))
            writer.writeBytes(digest.bytes)
            writer.writeVarint(ordinal.rawValue)
        }
    }

    init(reading reader: inout ByteReader) throws(ByteReaderError) {
        let tag = try reader.readByte()
        switch tag {
        case 1, 2:
            self = .stateMachine(try KeptStateMachine(reading: &reader), isDeleted: tag == 2)
        case 3:
            self = .earlierRevision(try reader.readSettings())
        case 4:
            var description = ActivityDescription(
                activityARN: try reader.readString(),
                name: try reader.readString(),
                creationDate: try reader.readTimestamp()
            )
            description.encryptionConfiguration = try reader.readEncryption()
            self = .activity(
                CatalogActivity(description: description, tags: try reader.readTags())
            )
        case 5:
            self = .definition(
                DefinitionDigest(bytes: try reader.readBytes()),
                Ordinal(try reader.readVarint())
            )
        default:
            throw ByteReaderError(.invalid("catalog item tag"), at: reader.position - 1)
        }
    }
}
