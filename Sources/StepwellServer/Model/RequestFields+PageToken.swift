import StepwellEngine

extension RequestFields {
    /// `nextToken`, when it was given and is of a listing of this operation with these arguments.
    ///
    /// The page size may change from page to page; nothing else may.
    /// - Throws: `InvalidToken` for any other token.
    func pageToken(_ operation: String, _ arguments: String...) throws(ServiceError) -> String? {
        guard let token = string("nextToken") else { return nil }
        let mark = PageTokenMark.of([operation] + arguments)
        guard token.utf8.starts(with: mark.utf8) else {
            throw ServiceError(code: "InvalidToken", message: "Invalid Token: 'Invalid token'")
        }
        return String(decoding: token.utf8.dropFirst(mark.utf8.count), as: UTF8.self)
    }
}

extension ResponseFields {
    /// `nextToken`, when there is a next page, marked with the listing that it goes on with.
    mutating func add(nextToken: String?, _ operation: String, _ arguments: String...) {
        add("nextToken", nextToken.map { PageTokenMark.of([operation] + arguments) + $0 })
    }
}

/// What a page token begins with: 16 digits that tell one listing from another.
///
/// It keeps tokens from being mixed up by accident; it is no secret.
private enum PageTokenMark {
    static func of(_ parts: [String]) -> String {
        // FNV-1a of 64 bits; 0xFF is in no UTF-8 text, hence ends a part.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in parts {
            for byte in Array(part.utf8) + [0xFF] {
                hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
