/// Names as the AWS SDK for Java 2 makes them from service models; SDK integrations use them.
enum SDKName {
    /// The client's name of a service id.
    ///
    /// `DynamoDB` is `DynamoDb`, `Database Migration Service` is `DatabaseMigration`. In lower case
    /// it is how resources spell the service.
    static func client(_ serviceID: String) -> String {
        var name = pascal(serviceID)
        for prefix in ["Amazon", "Aws"] where name.utf8.starts(with: prefix.utf8) {
            name = String(name.dropFirst(prefix.count))
        }
        return name.hasSuffix("Service") ? String(name.dropLast(7)) : name
    }

    /// The exception's name of an error's shape: `NoSuchKey` is `NoSuchKeyException`,
    /// `DBClusterNotFoundFault` is `DbClusterNotFoundException`.
    static func exception(_ shape: String) -> String {
        let suffix = ["Fault", "Exception"].first { shape.hasSuffix($0) } ?? ""
        return pascal(String(shape.dropLast(suffix.count))) + "Exception"
    }

    /// How SDK integrations spell a member: `cluster` is `Cluster`, `DBName` is `DbName`.
    static func member(_ name: String) -> String {
        var bytes = Array(name.utf8)
        guard !bytes.isEmpty else { return name }
        // Java's field begins in lower case, an abbreviation as a whole; then the first letter is
        // a capital again.
        var index = 1
        while index < bytes.count, isUpper(bytes[index]),
            index + 1 >= bytes.count || !isLower(bytes[index + 1])
        {
            bytes[index] += 32
            index += 1
        }
        if isLower(bytes[0]) { bytes[0] -= 32 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A name with its first letter a capital.
    static func capitalized(_ name: String) -> String {
        var bytes = Array(name.utf8)
        if let first = bytes.first, isLower(first) { bytes[0] -= 32 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A name with its first letter a small one.
    static func uncapitalized(_ name: String) -> String {
        var bytes = Array(name.utf8)
        if let first = bytes.first, isUpper(first) { bytes[0] += 32 }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func pascal(_ text: String) -> String {
        words(text).map { capitalized($0.lowercased()) }.joined()
    }

    /// The words of a name, as the SDK's generator finds them.
    private static func words(_ text: String) -> [String] {
        var bytes = text.utf8.map { isLower($0) || isUpper($0) || isDigit($0) ? $0 : 0x20 }
        bytes = separatingVersions(bytes, letter: UInt8(ascii: "v"), isOther: { !isLower($0) })
        bytes = separatingVersions(bytes, letter: UInt8(ascii: "V"), isOther: { !isUpper($0) })
        var separated: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if index > 0, begins(at: index, of: bytes) { separated.append(0x20) }
            separated.append(byte)
        }
        return separated.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func begins(at index: Int, of bytes: [UInt8]) -> Bool {
        let (before, here) = (bytes[index - 1], bytes[index])
        let after = index + 1 < bytes.count ? bytes[index + 1] : 0x20
        if isUpper(here) {
            // `AcmSuccess`, and the end of an abbreviation: `ACMSuccess`.
            if isLower(before), isLower(after) || isUpper(after) || isDigit(after) { return true }
            if isUpper(before), isLower(after) { return true }
        }
        return isDigit(before) && (isLower(here) || isUpper(here))
    }

    /// Puts blanks around the version in `TESTv4` or `TestV4`.
    private static func separatingVersions(
        _ bytes: [UInt8],
        letter: UInt8,
        isOther: (UInt8) -> Bool
    ) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let isVersion =
                bytes[index] == letter && index >= 2 && isOther(bytes[index - 1])
                && isOther(bytes[index - 2]) && index + 1 < bytes.count
                && isDigit(bytes[index + 1])
            guard isVersion else {
                result.append(bytes[index])
                index += 1
                continue
            }
            result.append(0x20)
            result.append(bytes[index])
            index += 1
            while index < bytes.count, isDigit(bytes[index]) {
                result.append(bytes[index])
                index += 1
            }
            result.append(0x20)
        }
        return result
    }

    private static func isLower(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
    private static func isUpper(_ byte: UInt8) -> Bool { (65...90).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
