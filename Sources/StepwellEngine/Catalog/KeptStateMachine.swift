import StepwellHistory

/// A state machine as a snapshot of the catalog keeps it; its earlier revisions follow it one by
/// one.
struct KeptStateMachine {
    var arn: String
    var name: String
    var type: StateMachineType
    var creationDate: Timestamp
    var tags: [ResourceTag]
    var current: StateMachineSettings
    var versions: [StateMachineVersion]
    var lastVersion: Int
    var aliases: [StateMachineAlias]

    func write(into writer: inout ByteWriter) {
        writer.writeString(arn)
        writer.writeString(name)
        writer.writeString(type.rawValue)
        writer.writeSigned(creationDate.milliseconds)
        writer.write(tags)
        writer.write(current)
        writer.writeCount(versions.count)
        for version in versions {
            writer.writeCount(version.number)
            writer.writeOptionalString(version.description)
            writer.writeSigned(version.date.milliseconds)
            writer.write(version.isOfCreation)
            writer.write(version.settings)
        }
        writer.writeCount(lastVersion)
        writer.writeCount(aliases.count)
        for alias in aliases { writer.write(alias) }
    }
}

extension KeptStateMachine {
    init(_ machine: StateMachineEntry) {
        arn = machine.arn
        name = machine.name
        type = machine.type
        creationDate = machine.creationDate
        tags = machine.tags
        current = machine.current
        versions = machine.versions
        lastVersion = machine.lastVersion
        aliases = machine.aliases
    }

    init(reading reader: inout ByteReader) throws(ByteReaderError) {
        arn = try reader.readString()
        name = try reader.readString()
        type = try reader.readCase("state machine type")
        creationDate = try reader.readTimestamp()
        tags = try reader.readTags()
        current = try reader.readSettings()
        versions = []
        for _ in 0..<(try reader.readElementCount()) {
            versions.append(
                StateMachineVersion(
                    number: try reader.readNumber(),
                    description: try reader.readOptionalString(),
                    date: try reader.readTimestamp(),
                    isOfCreation: try reader.readFlag(),
                    settings: try reader.readSettings()
                )
            )
        }
        lastVersion = try reader.readNumber()
        aliases = []
        for _ in 0..<(try reader.readElementCount()) { aliases.append(try reader.readAlias()) }
    }
}
