import Glibc
import StepwellEngine

/// The directories of service models on this machine: those that are named, and those where
/// botocore and the AWS CLI usually are.
///
/// What they hold is looked up as it is; nothing is executed to find them.
struct ModelFiles: Sendable {
    /// The directories in which services are looked for, the first that has one counts.
    let directories: [String]

    /// The largest model, unpacked, in bytes; EC2's is about 5 MiB.
    static let largestModel = 64 << 20

    /// The directories that an environment and settings name, then those that are found; none when
    /// `STEPWELL_AWS_MODELS` is `builtin`.
    init(named: [String], environment: [String: String]) {
        guard environment["STEPWELL_AWS_MODELS"] != "builtin" else {
            directories = []
            return
        }
        let home = environment["HOME"] ?? ""
        var roots = named
        roots += (environment["AWS_DATA_PATH"] ?? "").split(separator: ":").map(String.init)
        if !home.isEmpty { roots.append("\(home)/.aws/models") }
        var prefixes = ["/usr/local", "/usr", "/opt/homebrew"]
        if let virtual = environment["VIRTUAL_ENV"] { prefixes.insert(virtual, at: 0) }
        if !home.isEmpty {
            prefixes.append("\(home)/.local")
            let versions = "\(home)/.pyenv/versions"
            prefixes += Self.entries(of: versions).reversed().map { "\(versions)/\($0)" }
        }
        for prefix in prefixes {
            for library in ["lib", "lib64"] {
                let folder = "\(prefix)/\(library)"
                for python in Self.entries(of: folder) where python.hasPrefix("python3") {
                    for packages in ["site-packages", "dist-packages"] {
                        roots.append("\(folder)/\(python)/\(packages)/botocore/data")
                    }
                }
            }
        }
        roots.append("/usr/local/aws-cli/v2/current/dist/awscli/botocore/data")
        if !home.isEmpty { roots.append("\(home)/aws-cli/v2/current/dist/awscli/botocore/data") }
        directories = roots.filter { !Self.entries(of: $0).isEmpty }
    }

    /// No directories: what is built in alone is known.
    static let none = ModelFiles(directories: [])

    private init(directories: [String]) {
        self.directories = directories
    }

    /// The file of a service's newest model, by the name of its folder; nil when there is none.
    func file(of folder: String) -> String? {
        guard !folder.isEmpty, !folder.utf8.contains(UInt8(ascii: "/")), folder != ".." else {
            return nil
        }
        for directory in directories {
            let service = "\(directory)/\(folder)"
            for version in Self.entries(of: service).reversed() {
                for name in ["service-2.json.gz", "service-2.json"] {
                    let path = "\(service)/\(version)/\(name)"
                    if access(path, R_OK) == 0 { return path }
                }
            }
        }
        return nil
    }

    /// The names of the services' folders.
    func folders() -> Set<String> {
        Set(directories.flatMap { Self.entries(of: $0) })
    }

    /// The model in a file.
    static func read(_ path: String) throws(ModelFault) -> ServiceModel {
        guard let packed = SmallFile.read(path, limit: largestModel) else {
            throw ModelFault("\(path) cannot be read")
        }
        do {
            return try ServiceModel.parse(try unpacked(packed))
        } catch {
            throw ModelFault("\(path): \(error.text)")
        }
    }

    /// What a file holds, which may be packed by gzip.
    private static func unpacked(_ packed: [UInt8]) throws(ModelFault) -> [UInt8] {
        guard packed.starts(with: [0x1F, 0x8B]) else { return packed }
        var inflater = Inflater()
        var text: [UInt8] = []
        var place = 0
        while place < packed.count {
            let part = Array(packed[place..<min(packed.count, place + 16_384)])
            do {
                text += try inflater.feed(part)
            } catch {
                throw ModelFault("it cannot be unpacked")
            }
            guard text.count <= largestModel else { throw ModelFault("it is too large") }
            place += part.count
        }
        guard inflater.isBetweenMembers else { throw ModelFault("it ends too early") }
        return text
    }

    private static func entries(of directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.utf8.first != UInt8(ascii: ".") { names.append(name) }
        }
        return names.sorted()
    }
}
