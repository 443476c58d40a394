/// Names of requests that no execution depends on.
enum RequestNames {
    /// A random UUID in lower case.
    static func uuid() -> String {
        var groups = [hex(8), hex(4), hex(4), hex(4), hex(12)]
        groups[2] = "4" + groups[2].dropFirst()
        groups[3] = "8" + groups[3].dropFirst()
        return groups.joined(separator: "-")
    }

    /// An X-Ray trace header that starts a trace of its own.
    static func trace() -> String {
        "Root=1-\(hex(8))-\(hex(24));Parent=\(hex(16));Sampled=0"
    }

    private static func hex(_ count: Int) -> String {
        var digits = ""
        while digits.utf8.count < count {
            let word = String(UInt64.random(in: .min ... .max), radix: 16)
            digits += String(repeating: "0", count: 16 - word.utf8.count) + word
        }
        return String(digits.prefix(count))
    }
}
