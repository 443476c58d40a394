import Foundation

/// `embed-assets FOLDER OUTPUT`: writes the text files of a folder as Swift code.
@main
enum EmbedAssets {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            throw Problem(description: "usage: embed-assets FOLDER OUTPUT")
        }
        let code = try code(ofFolder: arguments[1])
        try code.write(toFile: arguments[2], atomically: true, encoding: .utf8)
    }

    /// What is wrong with the files.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    private static func code(ofFolder folder: String) throws -> String {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
        var rows: [String] = []
        for name in names {
            let path = folder + "/" + name
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            guard let text = String(data: data, encoding: .utf8) else {
                throw Problem(description: "\(path): only text in UTF-8 can be embedded")
            }
            rows.append("        \(literal(name)): \(literal(text)),\n")
        }
        return """
            /// The files of the folder `Resources`, by their paths in it.
            enum EmbeddedAssets {
                static let files: [String: StaticString] = [
            \(rows.isEmpty ? "        :\n" : rows.joined())    ]
            }

            """
    }

    private static func literal(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": literal += "\\\\"
            case "\"": literal += "\\\""
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            case "\u{0}"..<" ", "\u{7F}": literal += "\\u{\(String(scalar.value, radix: 16))}"
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }
}
