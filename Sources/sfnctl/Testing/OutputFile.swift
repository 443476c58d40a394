import Foundation

/// A file that a command writes for its user.
enum OutputFile {
    /// Writes a file as a whole or not at all; `-` is standard output.
    static func write(_ bytes: [UInt8], to path: String) throws {
        if path == "-" { return Terminal.line(String(decoding: bytes, as: UTF8.self)) }
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure(.unusableDirectory, "\(path): cannot be written: \(error.reason)")
        }
    }
}

extension Error {
    /// Why, without what the system adds for programs.
    var reason: String {
        let error = self as NSError
        if let below = error.userInfo[NSUnderlyingErrorKey] as? NSError {
            return String(cString: strerror(Int32(below.code)))
        }
        return error.localizedDescription
    }
}
