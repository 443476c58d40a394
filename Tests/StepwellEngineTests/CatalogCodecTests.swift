import StepwellHistory
import Testing

@testable import StepwellEngine

/// Records of the catalog as version 1 of their format writes them: they have to open for ever.
@Suite("The format of catalog records")
struct CatalogCodecTests {
    private static let time = Timestamp(milliseconds: 1_000)
    private static let tag = ResourceTag(key: "k", value: "v")
    private static let publication = VersionPublication(
        number: 300,
        description: "é",
        date: time,
        isOfCreation: true
    )
    private static let alias = StateMachineAlias(
        name: "live",
        description: "d",
        routes: [
            StateMachineAlias.Route(version: 1, weight: 90),
            StateMachineAlias.Route(version: 2, weight: 10),
        ],
        creationDate: Timestamp(milliseconds: 5),
        updateDate: Timestamp(milliseconds: 6)
    )
    private static let plainAlias = StateMachineAlias(
        name: "live",
        description: nil,
        routes: [StateMachineAlias.Route(version: 300, weight: 100)],
        creationDate: Timestamp(milliseconds: 5),
        updateDate: Timestamp(milliseconds: 7)
    )

    private static let rows: [(record: CatalogRecord, bytes: String)] = [
        (
            .versionPublished(arn: "arn:m", publication),
            "01060561726e3a6dac020102c3a9d00f01"
        ),
        (
            .versionDeleted(arn: "arn:m", number: 300, date: time),
            "01070561726e3a6dac02d00f"
        ),
        (
            .aliasCreated(arn: "arn:m", alias),
            "01080561726e3a6d046c69766501016402015a020a0a0c"
        ),
        (
            .aliasUpdated(arn: "arn:m", plainAlias),
            "01090561726e3a6d046c6976650001ac02640a0e"
        ),
        (
            .aliasDeleted(arn: "arn:m", name: "live", date: time),
            "010a0561726e3a6d046c697665d00f"
        ),
        (
            .resourceTagged(arn: "arn:m", tags: [tag], date: time),
            "010b0561726e3a6d01016b0176d00f"
        ),
        (
            .resourceUntagged(arn: "arn:m", keys: ["k", "l"], date: time),
            "010c0561726e3a6d02016b016cd00f"
        ),
        (
            .activityCreated(
                ActivityDescription(activityARN: "arn:a", name: "w", creationDate: time),
                tags: [tag]
            ),
            "01040561726e3a610177d00f01016b0176"
        ),
        (
            .activityCreated(
                ActivityDescription(
                    activityARN: "arn:a",
                    name: "w",
                    creationDate: time,
                    encryptionConfiguration: EncryptionConfiguration(
                        type: "T",
                        kmsKeyID: "k",
                        kmsDataKeyReusePeriodSeconds: 300
                    )
                ),
                tags: []
            ),
            "010d0561726e3a610177d00f00015401016b01d804"
        ),
    ]

    @Test("Each record is written as it always was, and read again", arguments: rows.indices)
    func format(_ index: Int) throws {
        let (record, bytes) = Self.rows[index]
        let written = CatalogCodec.encode(record)
        let digits = written.map { byte in
            byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
        }
        #expect(digits.joined() == bytes)
        #expect(try CatalogCodec.decode(written) == record)
        for end in written.indices {
            #expect(throws: ByteReaderError.self) {
                try CatalogCodec.decode(Array(written[..<end]))
            }
        }
    }

    @Test("An unknown tag is refused")
    func unknownTag() {
        #expect(throws: ByteReaderError.self) { try CatalogCodec.decode([1, 99]) }
    }
}
