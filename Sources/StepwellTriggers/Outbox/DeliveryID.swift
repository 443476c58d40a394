import Crypto

/// The ids of deliveries: made of what causes them, they are the same when that is seen again.
package enum DeliveryID {
    /// The id of what an occurrence (an event, a time of a schedule) has delivered to a target.
    ///
    /// `occurrence` is a UUID; `target` are the names of the target, which may be anything. The id
    /// is `UUID_UUID`, in the form of the names that EventBridge gives executions.
    package static func make(occurrence: String, target: [String]) -> String {
        "\(occurrence)_\(uuid(of: target))"
    }

    /// A UUID that follows from some names (RFC 9562, version 8).
    package static func uuid(of names: [String]) -> String {
        var hash = SHA256()
        for name in names {
            // The length before each keeps apart what is joined differently.
            hash.update(data: Array("\(name.utf8.count):\(name)".utf8))
        }
        var bytes = hash.finalize().prefix(16).map { $0 }
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            text += [digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
        }
        return String(decoding: text, as: UTF8.self)
    }
}
