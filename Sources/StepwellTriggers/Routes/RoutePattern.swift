/// Which requests a route takes: a method, and a path with parameters.
///
/// `POST /orders/{id}`, `ANY /files/{path+}`: a parameter is one part of the path, one with `+` is
/// all the rest of it, at least one part (API Gateway developer guide, "Working with routes for
/// HTTP APIs").
package struct RoutePattern: Sendable, Hashable, CustomStringConvertible {
    /// A part of the path.
    package enum Part: Sendable, Hashable {
        case literal(String)
        case parameter(String)
        /// All the rest.
        case greedy(String)
    }

    /// In capitals; `ANY` is every method.
    package let method: String
    package let parts: [Part]
    /// The text that it was read from.
    package let description: String

    /// The methods that there may be.
    static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY"]
    /// What paths cannot begin with, since the server answers there itself.
    static let reserved = [
        "health", "ready", "metrics", "console", "schedules", "schedule-groups", "tags",
    ]
    private static let mostParts = 32

    /// Reads a pattern.
    ///
    /// - Throws: `RouteProblem`.
    package init(_ text: String) throws(RouteProblem) {
        description = text
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, Self.methods.contains(String(words[0])),
            words[1].hasPrefix("/"), words[1].utf8.count > 1
        else {
            throw RouteProblem(
                "'\(text)' is not a route: use a method in capitals (or ANY), a space, and a path "
                    + "like /orders/{id} or /files/{path+}."
            )
        }
        method = String(words[0])
        let texts = words[1].dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        guard texts.count <= Self.mostParts else {
            throw RouteProblem("'\(text)' has more than \(Self.mostParts) parts.")
        }
        var parts: [Part] = []
        for part in texts { parts.append(try Self.part(part, of: text)) }
        try Self.check(parts, of: text)
        self.parts = parts
    }

    private static func part(
        _ part: Substring,
        of text: String
    ) throws(RouteProblem) -> Part {
        guard part.hasPrefix("{") || part.hasSuffix("}") else {
            guard !part.isEmpty, part.utf8.allSatisfy({ isPlain($0) }) else {
                throw RouteProblem(
                    "The part '\(part)' of '\(text)' must consist of letters, digits and "
                        + "-._~!$&'()*,;=:@, at least one."
                )
            }
            return .literal(String(part))
        }
        var name = part.dropFirst().dropLast()
        let isGreedy = name.last == "+"
        if isGreedy { name.removeLast() }
        guard part.hasPrefix("{"), part.hasSuffix("}"), !name.isEmpty,
            name.utf8.allSatisfy({ isName($0) })
        else {
            throw RouteProblem(
                "The part '\(part)' of '\(text)' is not a parameter: use {name} or {name+}, with "
                    + "letters, digits, '_' and '-'."
            )
        }
        return isGreedy ? .greedy(String(name)) : .parameter(String(name))
    }

    private static func check(_ parts: [Part], of text: String) throws(RouteProblem) {
        if case .literal(let first)? = parts.first, reserved.contains(first) {
            throw RouteProblem("/\(first) is the server's own: '\(text)' cannot begin with it.")
        }
        var names = Set<String>()
        for (index, part) in parts.enumerated() {
            switch part {
            case .literal: continue
            case .greedy(let name) where index == parts.count - 1, .parameter(let name):
                guard names.insert(name).inserted else {
                    throw RouteProblem("'\(text)' has two parameters '\(name)'.")
                }
            case .greedy(let name):
                throw RouteProblem("'{\(name)+}' must be the last part of '\(text)'.")
            }
        }
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// RFC 3986's `pchar` without escapes and `+`.
    private static func isPlain(_ byte: UInt8) -> Bool {
        isName(byte) || ".~!$&'()*,;=:@".utf8.contains(byte)
    }
}
