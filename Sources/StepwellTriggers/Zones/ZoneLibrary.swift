import Foundation
import Synchronization

/// The time zones of this machine, read when they are first asked for.
///
/// They are read from the system's time zone database and not from a library's own copy, so that
/// a country's new rules come with the system's updates and not with a new program.
package final class ZoneLibrary: Sendable {
    /// Where the database is.
    private let directory: String
    private let known = Mutex<[String: TimeZoneRules]>([:])

    /// A library of a directory; by default `TZDIR` of the environment, else
    /// `/usr/share/zoneinfo`.
    package init(directory: String? = nil) {
        self.directory =
            directory ?? ProcessInfo.processInfo.environment["TZDIR"] ?? "/usr/share/zoneinfo"
    }

    /// The rules of a zone.
    ///
    /// - Throws: `ZoneError` when there is no such zone here.
    package func zone(_ name: String) throws(ZoneError) -> TimeZoneRules {
        if ["UTC", "Etc/UTC", "GMT"].contains(name) { return TimeZoneRules(name: name) }
        if let zone = known.withLock({ $0[name] }) { return zone }
        guard Self.isName(name) else { throw ZoneError(.unknown(name)) }
        guard let data = FileManager.default.contents(atPath: "\(directory)/\(name)") else {
            let isThere = FileManager.default.fileExists(atPath: "\(directory)/Europe/Berlin")
            throw ZoneError(isThere ? .unknown(name) : .noDatabase(name, directory))
        }
        guard let zone = ZoneFile(Array(data)).rules(name: name) else {
            throw ZoneError(.unknown(name))
        }
        known.withLock { $0[name] = zone }
        return zone
    }

    /// Whether a text can be the name of a zone: parts of letters, digits, `_`, `-` and `+`.
    private static func isName(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return text.utf8.count <= 50
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "a")...UInt8(ascii: "z"),
                            UInt8(ascii: "A")...UInt8(ascii: "Z"),
                            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
                            UInt8(ascii: "-"), UInt8(ascii: "+"):
                            true
                        default: false
                        }
                    }
            }
    }
}
