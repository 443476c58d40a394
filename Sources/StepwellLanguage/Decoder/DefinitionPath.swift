/// A place in a definition.
struct DefinitionPath: Sendable, Equatable {
    enum Step: Sendable, Equatable {
        case member(String)
        case item(Int)
    }

    var steps: [Step] = []

    func member(_ key: String) -> DefinitionPath {
        DefinitionPath(steps: steps + [.member(key)])
    }

    func item(_ index: Int) -> DefinitionPath {
        DefinitionPath(steps: steps + [.item(index)])
    }

    /// As AWS writes it: `/States/A/Choices[0]/Next`, `/` for the whole.
    var location: String {
        if steps.isEmpty { return "/" }
        var text = ""
        for step in steps {
            switch step {
            case .member(let key): text += "/\(key)"
            case .item(let index): text += "[\(index)]"
            }
        }
        return text
    }

    /// As a JSON pointer (RFC 6901).
    var pointer: String {
        var text = ""
        for step in steps {
            text += "/"
            switch step {
            case .member(let key):
                for scalar in key.unicodeScalars {
                    switch scalar {
                    case "~": text += "~0"
                    case "/": text += "~1"
                    default: text.unicodeScalars.append(scalar)
                    }
                }
            case .item(let index): text += "\(index)"
            }
        }
        return text
    }
}
