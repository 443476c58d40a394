import StepwellHistory

extension ByteWriter {
    mutating func write(_ tags: [ResourceTag]) {
        writeCount(tags.count)
        for tag in tags {
            writeString(tag.key)
            writeString(tag.value)
        }
    }

    mutating func write(_ alias: StateMachineAlias) {
        writeString(alias.name)
        writeOptionalString(alias.description)
        writeCount(alias.routes.count)
        for route in alias.routes {
            writeCount(route.version)
            writeCount(route.weight)
        }
        writeSigned(alias.creationDate.milliseconds)
        writeSigned(alias.updateDate.milliseconds)
    }

    mutating func write(_ settings: StateMachineSettings) {
        writeBytes(settings.definition.bytes)
        writeString(settings.roleARN)
        writeString(settings.loggingConfiguration.level.rawValue)
        write(settings.loggingConfiguration.includeExecutionData)
        write(destinations: settings.loggingConfiguration.destinations)
        write(settings.tracingEnabled)
        writeOptional(settings.encryptionConfiguration) { $0.write($1) }
        writeOptionalString(settings.revisionID)
        writeSigned(settings.date.milliseconds)
    }

    /// No list and a list of nothing are told apart by a destination that none can be: the text
    /// without a character.
    private mutating func write(destinations: [String]?) {
        let written = destinations.map { $0.isEmpty ? [""] : $0 } ?? []
        writeCount(written.count)
        for destination in written { writeString(destination) }
    }

    mutating func write(_ encryption: EncryptionConfiguration) {
        writeString(encryption.type)
        writeOptionalString(encryption.kmsKeyID)
        writeOptional(encryption.kmsDataKeyReusePeriodSeconds) { $0.writeSigned(Int64($1)) }
    }
}

extension ByteReader {
    mutating func readTimestamp() throws(ByteReaderError) -> Timestamp {
        Timestamp(milliseconds: try readSigned())
    }

    mutating func readCase<Value: RawRepresentable<String>>(
        _ name: String
    ) throws(ByteReaderError) -> Value {
        let start = position
        guard let value = Value(rawValue: try readString()) else {
            throw ByteReaderError(.invalid(name), at: start)
        }
        return value
    }

    mutating func readTags() throws(ByteReaderError) -> [ResourceTag] {
        var tags: [ResourceTag] = []
        for _ in 0..<(try readElementCount()) {
            tags.append(ResourceTag(key: try readString(), value: try readString()))
        }
        return tags
    }

    mutating func readStrings() throws(ByteReaderError) -> [String] {
        var strings: [String] = []
        for _ in 0..<(try readElementCount()) { strings.append(try readString()) }
        return strings
    }

    mutating func readAlias() throws(ByteReaderError) -> StateMachineAlias {
        let name = try readString()
        let description = try readOptionalString()
        var routes: [StateMachineAlias.Route] = []
        for _ in 0..<(try readElementCount()) {
            routes.append(
                StateMachineAlias.Route(version: try readNumber(), weight: try readNumber())
            )
        }
        return StateMachineAlias(
            name: name,
            description: description,
            routes: routes,
            creationDate: try readTimestamp(),
            updateDate: try readTimestamp()
        )
    }

    mutating func readSettings() throws(ByteReaderError) -> StateMachineSettings {
        StateMachineSettings(
            definition: DefinitionDigest(bytes: try readBytes()),
            roleARN: try readString(),
            loggingConfiguration: try readLogging(),
            tracingEnabled: try readFlag(),
            encryptionConfiguration: try readEncryption(),
            revisionID: try readOptionalString(),
            date: try readTimestamp()
        )
    }

    private mutating func readLogging() throws(ByteReaderError) -> LoggingConfiguration {
        var logging = LoggingConfiguration(
            level: try readCase("log level"),
            includeExecutionData: try readFlag()
        )
        let count = try readElementCount()
        guard count > 0 else { return logging }
        var destinations: [String] = []
        for _ in 0..<count {
            let destination = try readString()
            if !destination.isEmpty { destinations.append(destination) }
        }
        logging.destinations = destinations
        return logging
    }

    mutating func readEncryption() throws(ByteReaderError) -> EncryptionConfiguration? {
        guard try readFlag() else { return nil }
        return try readEncryptionFields()
    }

    mutating func readEncryptionFields() throws(ByteReaderError) -> EncryptionConfiguration {
        var encryption = EncryptionConfiguration(
            type: try readString(),
            kmsKeyID: try readOptionalString()
        )
        if try readFlag() { encryption.kmsDataKeyReusePeriodSeconds = Int(try readSigned()) }
        return encryption
    }
}
