import Foundation
import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellJSON
import Synchronization
import Testing

@Suite("Rows of Parquet files")
struct ParquetTests {
    private static let reader: JSONObject = [
        "Resource": "arn:aws:states:::s3:getObject",
        "Parameters": ["Bucket": "b", "Key": "k"],
        "ReaderConfig": ["InputType": "PARQUET"],
    ]

    /// The rows of a file, in pages of so many bytes; each read anew when `reopening`.
    static func rows(
        _ file: [UInt8],
        pageBytes: Int = 1 << 20,
        reopening: Bool = false,
        limit: Int? = nil,
        reader: JSONObject = reader
    ) async throws -> [JSONValue] {
        let store = MemoryStore(file)
        var source = ObjectItemSource(store)
        var rows: [JSONValue] = []
        var request = ItemRequest(reader: reader, pageBytes: pageBytes, mapRunARN: "run")
        repeat {
            if reopening { source = ObjectItemSource(store) }
            request.limit = limit.map { $0 - rows.count }
            let page = try await source.read(request)
            rows += try page.items.value().arrayValue ?? []
            request.cursor = page.next
        } while request.cursor != nil
        return rows
    }

    private static func cause(_ file: [UInt8], reader: JSONObject = reader) async -> String? {
        do {
            _ = try await rows(file, reader: reader)
            return nil
        } catch {
            return (error as? MapRunDataFault)?.cause
        }
    }

    @Test("values of every type")
    func types() async throws {
        let rows = try await Self.rows(ParquetSamples.types)
        #expect(
            rows.first == [
                "flag": true, "i8": -8, "u8": 255, "u32": 4_294_967_295,
                "u64": try JSONValue(parsing: "18446744073709551615"), "i32": -2_147_483_648,
                "i64": try JSONValue(parsing: "-9223372036854775808"), "half": 1.5, "float": 0.1,
                "double": 0.1, "text": "a\"\\\né", "bytes": "AP8=", "fixed": "YWJj",
                "d9": try JSONValue(parsing: "-1.05"), "d18": try JSONValue(parsing: "-0.000001"),
                "d38": try JSONValue(parsing: "-12345678901234567890123456789012345.678"),
                "day": "2026-11-28", "t32": "23:59:59.123", "t64": "23:59:59.123456",
                "tns": "01:02:03.000000007", "ms": 1_795_898_640_123, "us": 1_795_898_640_123,
                "ns": 1_795_898_640_123, "id": "00112233-4455-6677-8899-aabbccddeeff",
                "none": .null,
            ]
        )
        #expect(rows.count == 3)
        #expect(rows[1].objectValue?.allSatisfy { $0.value == .null } == true)
        let last = rows[2]
        #expect(last["half"] == -0.25 && last["float"] == "NaN" && last["double"] == "-Infinity")
        #expect(last["d9"] == (try JSONValue(parsing: "1234567.89")))
        #expect(last["d38"] == (try JSONValue(parsing: "0.001")))
        #expect(last["day"] == "1969-12-31" && last["t32"] == "00:00:00")
        #expect(last["ms"] == -1 && last["us"] == -1)
        #expect(last["text"] == "" && last["bytes"] == "")
        #expect(
            try await Self.rows(ParquetSamples.int96) == [
                ["t": 1_795_898_640_123, "d": try JSONValue(parsing: "1.50")],
                ["t": .null, "d": .null], ["t": -1, "d": try JSONValue(parsing: "-2.25")],
            ]
        )
    }

    private static let nested: [JSONValue] = [
        [
            "tags": ["a", "b"], "grid": [[1, 2], [3]], "who": ["name": "x", "at": ["lat": 1.5]],
            "items": [["sku": "s1", "n": [1, 2]], ["sku": "s2", "n": []]],
            "by": ["k": 1, "l": .null], "num": ["1": [true]],
        ],
        [
            "tags": [], "grid": [[]], "who": ["name": .null, "at": .null], "items": .null,
            "by": [:],
            "num": .null,
        ],
        [
            "tags": .null, "grid": [.null, [4]], "who": .null,
            "items": [["sku": .null, "n": .null], .null],
            "by": .null, "num": [:],
        ],
        [
            "tags": ["c", .null], "grid": [], "who": ["name": "y", "at": ["lat": .null]],
            "items": [],
            "by": ["m": 2], "num": ["2": .null, "3": []],
        ],
    ]

    @Test("lists, structures and maps", arguments: [1, 60, 1 << 20])
    func nesting(pageBytes: Int) async throws {
        for file in [ParquetSamples.nested, ParquetSamples.nestedV2] {
            for reopening in [false, true] {
                let rows = try await Self.rows(file, pageBytes: pageBytes, reopening: reopening)
                #expect(rows == Self.nested)
            }
        }
    }

    @Test("every encoding, in pages of both kinds", arguments: [1, 700, 1 << 20])
    func encodings(pageBytes: Int) async throws {
        for file in [ParquetSamples.encodings, ParquetSamples.encodingsV2] {
            let rows = try await Self.rows(file, pageBytes: pageBytes)
            #expect(rows.count == 120)
            for (i, row) in rows.enumerated() {
                let number = i % 9 == 0 ? nil : i * i * 7_919 % 1_000_003 - 500_000
                let power = Int64(i % 2 == 0 ? 1 : -1) * Int64(i * i * i * i * i) * 1_000_003
                let group = String(1_000 + i / 10).dropFirst()
                #expect(
                    row == [
                        "i": number.map { .number(JSONNumber(Int64($0))) } ?? .null,
                        "l": .number(JSONNumber(power)),
                        "a": .string(String(repeating: "row \(i)", count: i % 4)),
                        "b": .string("prefix/\(group)/\(i)"),
                        "f": .number(JSONNumber(Double(i) / 8)),
                        "d": .number(JSONNumber(Double(i) / 3)),
                        "s": .number(JSONNumber(Int64(i * 3))),
                        "t": .bool(i % 7 < 3), "c": i % 4 == 0 ? .null : .string("c\(i % 5)"),
                        "x": .string(Self.base64[i / 3]),
                    ]
                )
            }
            // Where reading goes on is found without what lies before it.
            #expect(try await Self.rows(file, pageBytes: 900, reopening: true) == rows)
            #expect(try await Self.rows(file, limit: 77) == Array(rows.prefix(77)))
        }
    }

    private static let base64 = (0..<40).map { number in
        Data(String(String(10_000 + number).dropFirst()).utf8).base64EncodedString()
    }

    @Test("every codec")
    func codecs() async throws {
        let words = ["stepwell", "durable", "state", "map", "parquet", "lambda"]
        let expected: [JSONValue] = (0..<400).map { i in
            let text = String(repeating: words[i % 6], count: i % 5 + 1) + words[i * i % 5]
            return ["n": .number(JSONNumber(Int64(i))), "w": .string(text)]
        }
        for file in [
            ParquetSamples.snappy, ParquetSamples.gzip, ParquetSamples.zstandard,
            ParquetSamples.lz4,
        ] {
            #expect(try await Self.rows(file) == expected)
        }
    }

    @Test("what is no Parquet file, or not all of it, is said")
    func faults() async throws {
        let file = ParquetSamples.snappy
        let expected: [([UInt8], String)] = [
            ([], "it ends too early"), (Array("a,b\n1,2\n".utf8), "it does not begin with PAR1"),
            (Array(file.dropLast(9)), "it does not end with PAR1"),
            (Array("PAR1".utf8) + file.suffix(8), "it ends too early"),
            (Array(file.dropLast(4)) + Array("PARE".utf8), "its metadata are encrypted"),
            (
                Array("PAR1".utf8) + [UInt8](repeating: 0, count: 6 << 20) + [1, 0, 80, 0]
                    + Array("PAR1".utf8),
                "its footer has more than 5 MiB"
            ),
        ]
        for (bytes, words) in expected {
            let cause = await Self.cause(bytes)
            #expect(cause?.contains(words) == true, "\(cause ?? "none"), not \(words)")
        }
        // Footers: a field behind the largest id; more elements than a schema may have; row groups
        // without columns.
        let footers: [([UInt8], String)] = [
            ([0x01, 0xFE] + [UInt8](repeating: 0xFF, count: 8) + [0x01, 0x11, 0], "not Thrift's"),
            ([0x29, 0xFC, 0x80, 0xF1, 0x04] + [UInt8](repeating: 0, count: 90_000), "columns"),
            ([0x49, 0xFC, 0x80, 0xF1, 0x04] + [UInt8](repeating: 0, count: 90_000), "no columns"),
        ]
        for (footer, words) in footers {
            let count = withUnsafeBytes(of: UInt32(footer.count).littleEndian) { [UInt8]($0) }
            let cause = await Self.cause(Array("PAR1".utf8) + footer + count + Array("PAR1".utf8))
            #expect(cause?.contains(words) == true, "\(cause ?? "none"), not \(words)")
        }
        var versioned = Self.reader
        versioned["Parameters"] = ["Bucket": "b", "Key": "k", "VersionId": "v"]
        let cause = await Self.cause(file, reader: versioned)
        #expect(cause?.contains("VersionId is not supported") == true)
    }

    @Test("a file is read by parts: its end, and each row group once")
    func parts() async throws {
        let store = MemoryStore(ParquetSamples.encodings)
        let request = ItemRequest(reader: Self.reader, pageBytes: 1 << 20, mapRunARN: "run")
        _ = try await ObjectItemSource(store).read(request)
        #expect(store.ranges.withLock { $0.count } == 4)
    }

    @Test("bytes that were changed anywhere do no harm", arguments: 0..<10)
    func changedBytes(sample: Int) async throws {
        let file = ParquetSamples.all[sample]
        var random = UInt64(sample) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next(_ limit: Int) -> Int {
            random ^= random << 13
            random ^= random >> 7
            random ^= random << 17
            return Int(random % UInt64(limit))
        }
        let isLong = ProcessInfo.processInfo.environment["STEPWELL_LONG"] == "true"
        var failures = 0
        for _ in 0..<(isLong ? 5_000 : 150) {
            var changed = file
            for _ in 0...next(3) {
                // Most of them where the metadata are.
                let place = next(2) == 0 ? next(file.count) : file.count - 9 - next(300)
                changed[max(4, place)] = UInt8(next(256))
            }
            do {
                _ = try await Self.rows(changed, limit: 1_000)
            } catch {
                #expect(error is MapRunDataFault)
                failures += 1
            }
        }
        #expect(failures > 20)
    }
}
