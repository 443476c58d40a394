import StepwellJSON

/// What a worker's command made of a task.
enum CommandOutcome: Sendable {
    /// It ended with status 0; its standard output, which is JSON.
    case succeeded(output: [UInt8])
    case failed(error: String, cause: String)

    /// Judges a command that ended.
    ///
    /// A failure's error and cause come from a JSON object `{"Error": …, "Cause": …}` on standard
    /// output; without one the error is `CommandFailed` and the cause standard error.
    init(_ ended: EndedCommand) {
        let value = try? JSONParser.parse(ended.output)
        if ended.isSuccess {
            if value != nil {
                self = .succeeded(output: Self.trimmed(ended.output))
            } else {
                let text = String(decoding: ended.output.prefix(200), as: UTF8.self)
                self = .failed(
                    error: "InvalidOutput",
                    cause: "The command's output is not JSON: \(text)"
                )
            }
            return
        }
        if case .object(let object)? = value, case .string(let error)? = object["Error"] {
            var cause = ""
            if case .string(let text)? = object["Cause"] { cause = text }
            self = .failed(error: Self.cut(error, to: 256), cause: Self.cut(cause, to: 32_768))
            return
        }
        let said = String(decoding: Self.trimmed(ended.error), as: UTF8.self)
        let cause = said.isEmpty ? ended.end : said
        self = .failed(error: "CommandFailed", cause: Self.cut(cause, to: 32_768))
    }

    /// The text without the white space around it: the line feed that programs print.
    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        guard let first = bytes.firstIndex(where: { $0 > 0x20 }),
            let last = bytes.lastIndex(where: { $0 > 0x20 })
        else { return [] }
        return Array(bytes[first...last])
    }

    /// The end of a text, where it is too long: that is where a program says why.
    private static func cut(_ text: String, to length: Int) -> String {
        guard text.utf16.count > length else { return text }
        var (kept, room) = (String.UnicodeScalarView(), length)
        for scalar in text.unicodeScalars.reversed() {
            room -= UTF16.width(scalar)
            if room < 0 { break }
            kept.append(scalar)
        }
        return String(String.UnicodeScalarView(kept.reversed()))
    }
}
