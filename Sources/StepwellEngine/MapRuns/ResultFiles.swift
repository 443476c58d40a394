import StepwellHistory
import StepwellJSON

/// Which of the objects a result goes to.
enum ResultGroup: Int, CaseIterable, Sendable {
    case succeeded = 0
    case failed = 1
    case pending = 2

    var name: String {
        switch self {
        case .succeeded: "SUCCEEDED"
        case .failed: "FAILED"
        case .pending: "PENDING"
        }
    }
}

/// Where results are written (`Parameters` of a result writer).
struct ResultPlace: Sendable {
    let bucket: String
    /// What every key begins with: the prefix, and the UUID of the Map Run.
    private let folder: String

    init(_ writer: JSONObject, mapRunARN: String) throws(MapRunDataFault) {
        let parameters = writer["Parameters"]
        guard let bucket = parameters?["Bucket"]?.stringValue, !bucket.isEmpty else {
            throw MapRunDataFault("The ResultWriter names no Bucket.")
        }
        self.bucket = bucket
        let prefix = parameters?["Prefix"]?.stringValue ?? ""
        let isOpen = !prefix.isEmpty && prefix.utf8.last != UInt8(ascii: "/")
        let uuid = mapRunARN.split(separator: ":").last.map(String.init) ?? mapRunARN
        folder = prefix + (isOpen ? "/" : "") + uuid + "/"
    }

    func key(_ name: String) -> String { folder + name }

    /// The text of the manifest.
    func manifest(mapRunARN: String, files: [ResultFiles]) -> [UInt8] {
        var groups = JSONObject()
        for group in [ResultGroup.failed, .pending, .succeeded] {
            let written = files[group.rawValue].written.map { file in
                JSONValue.object(
                    JSONObject([
                        ("Key", .string(file.key)), ("Size", .number(JSONNumber(Int64(file.size)))),
                    ])
                )
            }
            groups[group.name] = .array(written)
        }
        let manifest = JSONObject([
            ("DestinationBucket", .string(bucket)), ("MapRunArn", .string(mapRunARN)),
            ("ResultFiles", .object(groups)),
        ])
        return JSONWriter.write(.object(manifest))
    }
}

/// The objects of one group: `SUCCEEDED_0.json`, `SUCCEEDED_1.json` and so on.
struct ResultFiles: Sendable {
    /// The size beyond which another object is begun; AWS's is 5 GB, which is not kept in memory.
    private static let limit = 8 << 20

    private let group: ResultGroup
    private let form: ResultForm
    private let place: ResultPlace
    private var text: ResultText
    /// The objects that were written.
    private(set) var written: [(key: String, size: Int)] = []

    init(_ group: ResultGroup, form: ResultForm, place: ResultPlace) {
        self.group = group
        self.form = form
        self.place = place
        text = ResultText(form.outputType)
    }

    /// Adds a result; what is given back is full and to be written.
    mutating func add(_ result: [UInt8]) -> (key: String, bytes: [UInt8])? {
        text.add(result)
        return text.count > Self.limit ? finish() : nil
    }

    /// What is to be written yet; nil when there is nothing.
    mutating func finish() -> (key: String, bytes: [UInt8])? {
        guard !text.isEmpty else { return nil }
        let ending = form.outputType == .json ? "json" : "jsonl"
        let key = place.key("\(group.name)_\(written.count).\(ending)")
        let bytes = text.finished()
        text = ResultText(form.outputType)
        written.append((key, bytes.count))
        return (key, bytes)
    }
}

/// Results as one text.
struct ResultText: Sendable {
    private let type: ResultForm.OutputType
    private var bytes: [UInt8] = []

    init(_ type: ResultForm.OutputType) {
        self.type = type
    }

    var isEmpty: Bool { bytes.isEmpty }

    /// How many bytes it has, about.
    var count: Int { bytes.count + 2 }

    mutating func add(_ result: [UInt8]) {
        switch type {
        case .json:
            bytes.append(UInt8(ascii: bytes.isEmpty ? "[" : ","))
            bytes.append(contentsOf: result)
        case .jsonLines:
            // Ends of lines in JSON are white space alone.
            bytes.append(contentsOf: result.lazy.filter { $0 != 0x0A && $0 != 0x0D })
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    func finished() -> [UInt8] {
        switch type {
        case .json: bytes.isEmpty ? Array("[]".utf8) : bytes + [UInt8(ascii: "]")]
        case .jsonLines: bytes
        }
    }
}
