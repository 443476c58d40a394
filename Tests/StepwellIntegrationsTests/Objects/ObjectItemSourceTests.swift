import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellJSON
import Testing

@Suite("Items of objects")
struct ObjectItemSourceTests {
    private let folder: TemporaryFolder
    private let store: FolderStore

    init() throws {
        folder = try TemporaryFolder()
        store = FolderStore(directory: folder.path)
    }

    private struct Item: Equatable {
        var value: JSONValue
        var key: String?
        var source: String
    }

    /// Every item, read in pages of so many bytes; each by a source of its own when `reopening`.
    private func items(
        _ reader: String,
        pageBytes: Int = 1 << 20,
        reopening: Bool = false,
        limit: Int? = nil
    ) async throws -> [Item] {
        let reader = try #require(try JSONValue(parsing: reader).objectValue)
        var source = ObjectItemSource(store)
        var items: [Item] = []
        var cursor: [UInt8]?
        for order in 0..<1_000 {
            if reopening { source = ObjectItemSource(store) }
            let page = try await source.read(
                ItemRequest(
                    reader: reader,
                    cursor: cursor,
                    limit: limit.map { $0 - items.count },
                    order: order,
                    pageBytes: pageBytes,
                    mapRunARN: "run"
                )
            )
            #expect(page.order == order)
            items += try Self.items(of: page)
            guard let next = page.next else { return items }
            cursor = next
        }
        Issue.record("no end")
        return items
    }

    private static func items(of page: ItemPage) throws -> [Item] {
        let sources = page.origins.flatMap { Array(repeating: $0.source, count: $0.count) }
        switch try page.items.value() {
        case .array(let values):
            return zip(values, sources).map { Item(value: $0, key: nil, source: $1) }
        case .object(let object):
            return zip(object, sources).map { Item(value: $0.value, key: $0.key, source: $1) }
        default: return []
        }
    }

    /// Reads in one page, in pages of an item each, and so that nothing is kept between pages.
    private func same(_ reader: String, _ check: ([Item]) -> Void) async throws {
        let whole = try await items(reader)
        check(whole)
        #expect(try await items(reader, pageBytes: 1) == whole)
        #expect(try await items(reader, pageBytes: 1, reopening: true) == whole)
        #expect(try await items(reader, pageBytes: 20, reopening: true) == whole)
        for limit in 1...max(1, whole.count) {
            let some = try await items(reader, pageBytes: 20, limit: limit)
            #expect(some == Array(whole.prefix(limit)))
        }
    }

    private static func reader(
        _ configuration: String,
        key: String = "k",
        resource: String = "s3:getObject"
    ) -> String {
        #"{"Resource": "arn:aws:states:::\#(resource)", "Parameters": {"Bucket": "b", "Key": "#
            + #""\#(key)", "Prefix": "\#(key)"}, "ReaderConfig": \#(configuration)}"#
    }

    private func cause(_ reader: String) async -> String? {
        do {
            _ = try await items(reader)
            return nil
        } catch {
            return (error as? MapRunDataFault)?.cause
        }
    }

    @Test("rows of CSV, compressed or not")
    func csv() async throws {
        let rows = (1...50).map { "\($0),\"name \($0)\"" }.joined(separator: "\n")
        try folder.write("id,name\n" + rows, "k")
        let reader = Self.reader(#"{"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}"#)
        try await same(reader) { items in
            #expect(items.count == 50)
            #expect(items[6].value == ["id": "7", "name": "name 7"])
            #expect(items[6].source == "S3://b/k")
        }
        try folder.write(CompressedSamples.dynamic, "k")
        try await same(
            Self.reader(
                #"{"InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["a", "b"]}"#
            )
        ) { #expect($0.count == 120) }
    }

    @Test("lines of JSON, elements and members of JSON, through a pointer")
    func json() async throws {
        try folder.write("1\n{\"a\": [2]}\n\n\"é\"\n", "k")
        try await same(Self.reader(#"{"InputType": "JSONL"}"#)) { items in
            #expect(items.map(\.value) == [1, ["a": [2]], "é"])
        }
        try folder.write(#"{"x": 1, "data": {"items": [1, [2], "3"]}}"#, "k")
        let reader = Self.reader(#"{"InputType": "JSON", "ItemsPointer": "/data/items"}"#)
        try await same(reader) { #expect($0.map(\.value) == [1, [2], "3"]) }
        try await same(Self.reader(#"{"InputType": "JSON"}"#)) { items in
            #expect(items.map(\.key) == ["x", "data"])
        }
    }

    @Test("the objects of a bucket, and the items of all of them")
    func listing() async throws {
        try folder.write("[1, 2]", "d/1")
        try folder.write("[]", "d/2")
        try folder.write(#"{"a": 3}"#, "d/3/x")
        try folder.write("[4]", "e")
        let resource = "s3:listObjectsV2"
        try await same(Self.reader("{}", key: "d/", resource: resource)) { items in
            #expect(items.map { $0.value["Key"] } == ["d/1", "d/2", "d/3/x"])
            #expect(items[0].value["Size"] == 6)
            #expect(items[0].source == "S3://b")
        }
        let flat = #"{"InputType": "JSON", "Transformation": "LOAD_AND_FLATTEN"}"#
        try await same(Self.reader(flat, key: "d/", resource: resource)) { items in
            #expect(items.map(\.value) == [1, 2, 3])
            #expect(items.map(\.key) == [nil, nil, "a"])
            #expect(items.map(\.source) == ["S3://b/d/1", "S3://b/d/1", "S3://b/d/3/x"])
        }
    }

    @Test("members of several objects are items each, whatever they are called")
    func sameKeys() async throws {
        try folder.write(#"{"a": 1, "b": 2}"#, "d/1")
        try folder.write(#"{"\u0061": 3, "b": 4}"#, "d/2")
        let flat = #"{"InputType": "JSON", "Transformation": "LOAD_AND_FLATTEN"}"#
        try await same(Self.reader(flat, key: "d/", resource: "s3:listObjectsV2")) { items in
            #expect(items.map(\.value) == [1, 2, 3, 4])
            #expect(items.map(\.key) == ["a", "b", "a", "b"])
            #expect(items.map(\.source) == ["1", "1", "2", "2"].map { "S3://b/d/\($0)" })
        }
    }

    @Test("the objects that manifests name")
    func manifests() async throws {
        try folder.write("\"b\",\"one\",\"1\"\n", "inventory/1.csv")
        try folder.write(CompressedSamples.named, "inventory/2.csv.gz")
        try folder.write(
            #"{"destinationBucket": "arn:aws:s3:::b", "fileFormat": "CSV", "#
                + #""fileSchema": "Bucket, Key, Size", "files": [{"key": "inventory/1.csv"}, "#
                + #"{"key": "inventory/2.csv.gz"}]}"#,
            "k"
        )
        for configuration in [#"{"InputType": "MANIFEST"}"#, #"{"ManifestType": "S3_INVENTORY"}"#] {
            try await same(Self.reader(configuration)) { items in
                #expect(
                    items.map(\.value) == [
                        ["Bucket": "b", "Key": "one", "Size": "1"],
                        ["Bucket": "named", "Key": "", "Size": ""],
                    ]
                )
            }
        }
        try folder.write(ParquetSamples.zstandard, "inventory/3.parquet")
        try folder.write(
            #"{"fileFormat": "Parquet", "files": [{"key": "inventory/3.parquet"}]}"#,
            "k"
        )
        let rows = try await items(Self.reader(#"{"InputType": "MANIFEST"}"#))
        #expect(rows.count == 400 && rows.last?.value["n"] == 399)
        #expect(rows.last?.source == "S3://b/inventory/3.parquet")
        try folder.write("s3://b/inventory/1.csv\n\"s3://b/lines\"\n", "k")
        try folder.write("x,y\n", "lines")
        let athena =
            #"{"ManifestType": "ATHENA_DATA", "InputType": "CSV", "CSVHeaderLocation": "GIVEN", "#
            + #""CSVHeaders": ["p", "q"]}"#
        try await same(Self.reader(athena)) { items in
            #expect(items.map { $0.value["p"] } == ["b", "x"])
            #expect(items.map(\.source) == ["S3://b/inventory/1.csv", "S3://b/lines"])
        }
    }

    @Test("what cannot be read is said")
    func faults() async throws {
        let lines = Self.reader(#"{"InputType": "JSONL"}"#)
        #expect(await cause(lines)?.contains("specified key does not exist: s3://b/k") == true)
        try folder.write("1\n{]\n", "k")
        #expect(await cause(lines)?.contains("not valid JSON") == true)
        let rows = await cause(Self.reader(#"{"InputType": "PARQUET"}"#))
        #expect(rows == "s3://b/k is not a valid Parquet file: it does not begin with PAR1.")
        try folder.write(#"{"fileFormat": "ORC", "files": []}"#, "m")
        let inventory = await cause(Self.reader(#"{"InputType": "MANIFEST"}"#, key: "m"))
        #expect(inventory?.contains("files of the format 'ORC', not CSV or Parquet") == true)
        for line in ["1,2", #"{"a": 1}, {"b": 2}"#, "1]"] {
            try folder.write("0\n\(line)\n", "k")
            #expect(await cause(lines)?.contains("not valid JSON") == true, "\(line)")
        }
        try folder.write("3", "k")
        #expect(
            await cause(Self.reader(#"{"InputType": "JSON"}"#))
                == "s3://b/k: Attempting to map over non-iterable node."
        )
        try folder.write(Array(CompressedSamples.dynamic.dropLast(20)), "k")
        #expect(await cause(lines)?.contains("ends too early") == true)
    }

    @Test("an object that is another than the one that was begun is not read on")
    func changed() async throws {
        try folder.write("1\n2\n", "k")
        let reader = try #require(
            try JSONValue(parsing: Self.reader(#"{"InputType": "JSONL"}"#)).objectValue
        )
        let first = try await ObjectItemSource(store)
            .read(ItemRequest(reader: reader, pageBytes: 1, mapRunARN: "run"))
        try folder.write("7\n8\n", "k")
        await #expect(throws: MapRunDataFault.self) {
            _ = try await ObjectItemSource(store).read(
                ItemRequest(reader: reader, cursor: first.next, pageBytes: 1, mapRunARN: "run")
            )
        }
    }
}
