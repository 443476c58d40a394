import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellJSON
import Testing

@Suite("Objects of Map Runs that a policy does not allow")
struct ObjectPermissionsTests {
    private static let role = "arn:aws:iam::123456789012:role/path/orders"
    private static let run = "arn:aws:states:us-east-1:123456789012:mapRun:m/each:run-7"
    private let folder: TemporaryFolder
    private let store: FolderStore

    init() throws {
        folder = try TemporaryFolder()
        store = FolderStore(directory: folder.path)
        try folder.write("[1, 2]", "in/a")
        try folder.write("[3]", "in/b")
    }

    private static func permissions(_ statements: String) throws -> ObjectPermissions {
        let text = #"{"\#(role)": {"Statement": [\#(statements)]}}"#
        return ObjectPermissions(
            FixedPolicies(try RolePolicies(SettingsDocument(yaml: text))),
            region: "us-east-1",
            account: "123456789012"
        )
    }

    /// How many items there are, or why there are none.
    private func read(
        _ resource: String,
        _ parameters: String,
        _ configuration: String,
        allowing statements: String
    ) async throws -> Result<Int, MapRunDataFault> {
        let reader: JSONObject = [
            "Resource": .string("arn:aws:states:::s3:\(resource)"),
            "Parameters": try JSONValue(parsing: parameters),
            "ReaderConfig": try JSONValue(parsing: configuration),
        ]
        let source = ObjectItemSource(store, permissions: try Self.permissions(statements))
        let request = ItemRequest(reader: reader, mapRunARN: Self.run, roleARN: Self.role)
        do throws(MapRunDataFault) {
            return .success(try await source.read(request).origins.reduce(0) { $0 + $1.count })
        } catch {
            return .failure(error)
        }
    }

    private static func allow(
        _ action: String,
        _ resource: String,
        _ condition: String = ""
    ) -> String {
        #"{"Effect": "Allow", "Action": "s3:\#(action)", "Resource": "arn:aws:s3:::\#(resource)""#
            + (condition.isEmpty ? "}" : #", "Condition": \#(condition)}"#)
    }

    @Test("an object is read when its ARN is allowed")
    func objects() async throws {
        let parameters = #"{"Bucket": "b", "Key": "in/a"}"#
        for allowed in ["b/in/*", "b/in/a", "*"] {
            let found = try await read(
                "getObject",
                parameters,
                "{}",
                allowing: Self.allow("GetObject", allowed)
            )
            #expect(found == .success(2))
        }
        for statement in [
            Self.allow("GetObject", "b/in/b"), Self.allow("PutObject", "b/in/a"),
            Self.allow("GetObject", "*") + #", {"Effect": "Deny", "Action": "s3:*", "#
                + #""Resource": "arn:aws:s3:::b/in/a"}"#,
        ] {
            let found = try await read("getObject", parameters, "{}", allowing: statement)
            guard case .failure(let fault) = found else {
                Issue.record("read with \(statement)")
                continue
            }
            #expect(fault.error == nil)
            #expect(
                fault.cause.hasPrefix(
                    "Access Denied: User: arn:aws:sts::123456789012:assumed-role/orders/run-7 is "
                        + "not authorized to perform: s3:GetObject on resource: "
                        + "arn:aws:s3:::b/in/a "
                )
            )
            #expect(fault.cause.contains("Error Code: AccessDenied"))
        }
    }

    @Test("a bucket is listed by its prefix, and what is listed is read apart")
    func listings() async throws {
        let parameters = #"{"Bucket": "b", "Prefix": "in/"}"#
        let flat = #"{"InputType": "JSON", "Transformation": "LOAD_AND_FLATTEN"}"#
        let listing = Self.allow("ListBucket", "b", #"{"StringLike": {"s3:prefix": "in/*"}}"#)
        let reading = Self.allow("GetObject", "b/in/*")
        func read(_ configuration: String, _ statements: String) async throws -> Int? {
            let found = try await self.read(
                "listObjectsV2",
                parameters,
                configuration,
                allowing: statements
            )
            return try? found.get()
        }
        #expect(try await read("{}", listing) == 2)
        #expect(try await read("{}", reading) == nil)
        #expect(try await read(flat, listing + "," + reading) == 3)
        #expect(try await read(flat, listing) == nil)
        let other = Self.allow("ListBucket", "b", #"{"StringLike": {"s3:prefix": "out/*"}}"#)
        #expect(try await read("{}", other) == nil)
    }

    @Test("a Parquet file and the objects of a manifest are judged as any other")
    func others() async throws {
        try folder.write(ParquetSamples.snappy, "rows")
        try folder.write("s3://b/rows\n", "manifest")
        let manifest = Self.allow("GetObject", "b/manifest")
        let rows = Self.allow("GetObject", "b/rows")
        let cases: [(key: String, configuration: String, statements: String, count: Int?)] = [
            ("rows", #"{"InputType": "PARQUET"}"#, rows, 400),
            ("rows", #"{"InputType": "PARQUET"}"#, manifest, nil),
            (
                "manifest", #"{"InputType": "PARQUET", "ManifestType": "ATHENA_DATA"}"#,
                manifest + "," + rows, 400
            ),
            (
                "manifest", #"{"InputType": "PARQUET", "ManifestType": "ATHENA_DATA"}"#, manifest,
                nil
            ),
        ]
        for each in cases {
            let found = try await read(
                "getObject",
                #"{"Bucket": "b", "Key": "\#(each.key)"}"#,
                each.configuration,
                allowing: each.statements
            )
            #expect((try? found.get()) == each.count, "\(each)")
        }
    }

    @Test("results are written where it is allowed")
    func results() async throws {
        let permissions = try Self.permissions(Self.allow("PutObject", "b/out/*"))
        let target = ObjectResultTarget(store, permissions: permissions)
        func put(_ key: String) async throws(MapRunDataFault) {
            try await target.put(
                ResultObject(
                    bucket: "b",
                    key: key,
                    bytes: [1],
                    mapRunARN: Self.run,
                    roleARN: Self.role
                )
            )
        }
        try await put("out/x")
        await #expect(throws: MapRunDataFault.self) { try await put("in/x") }
        #expect(folder.names == ["in", "out", ".stepwell-partial"].sorted())
    }
}
