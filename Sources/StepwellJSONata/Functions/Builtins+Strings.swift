import StepwellJSON

extension Builtins {
    /// Functions of strings without patterns.
    static let strings: [Builtin] = [
        Builtin("string", "<x-b?:s>", 1) { (arguments, machine, _) throws(Fault) in
            let value = arguments.at(0)
            guard value.isDefined else {
                return .undefined
            }
            let text = try Text.string(value, machine, pretty: try machine.isTrue(arguments.at(1)))
            try machine.count(bytes: text.utf8.count)
            return .string(text)
        },
        Builtin("length", "<s-:n>", 1) { (arguments, _, _) throws(Fault) in
            arguments.string(0).map { .number(Double(UTF16Text.count($0))) } ?? .undefined
        },
        Builtin("substring", "<s-nn?:s>", 3) { (arguments, _, _) throws(Fault) in
            guard let text = arguments.string(0) else {
                return .undefined
            }
            guard let start = arguments.number(1) else {
                // Without a start a length leads nowhere: to the reference, not a number.
                return .string(arguments.number(2) == nil ? text : "")
            }
            return .string(StringFunctions.substring(text, start, arguments.number(2)))
        },
        Builtin("substringBefore", "<s-s:s>", 2) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0), let mark = arguments.string(1) else {
                return arguments.at(0)
            }
            let place = ByteSearch.first(mark, in: text)
            return .string(place.map { ByteSearch.slice(text, 0, $0) } ?? text)
        },
        Builtin("substringAfter", "<s-s:s>", 2) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0), let mark = arguments.string(1) else {
                return arguments.at(0)
            }
            let length = mark.utf8.count
            let place = ByteSearch.first(mark, in: text)
            return .string(
                place.map { ByteSearch.slice(text, $0 + length, text.utf8.count) } ?? text
            )
        },
        Builtin("lowercase", "<s-:s>", 1) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0) else {
                return .undefined
            }
            try machine.count(bytes: text.utf8.count)
            return .string(LowercaseText.lowercased(text))
        },
        Builtin("uppercase", "<s-:s>", 1) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0) else {
                return .undefined
            }
            try machine.count(bytes: text.utf8.count)
            return .string(text.uppercased())
        },
        Builtin("trim", "<s-:s>", 1) { (arguments, _, _) throws(Fault) in
            arguments.string(0).map { .string(StringFunctions.trim($0)) } ?? .undefined
        },
        Builtin("pad", "<s-ns?:s>", 3) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0), let width = arguments.number(1) else {
                return arguments.at(0)
            }
            return .string(try StringFunctions.pad(text, width, arguments.string(2), machine))
        },
        Builtin("join", "<a<s>s?:s>", 2) { (arguments, machine, _) throws(Fault) in
            guard let parts = arguments.array(0) else {
                return .undefined
            }
            return .string(try StringFunctions.join(parts, arguments.string(1) ?? "", machine))
        },
        Builtin("base64encode", "<s-:s>", 1) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0) else { return .undefined }
            try machine.count(converting: text)
            return .string(Base64Text.encode(UTF16Text.units(text)))
        },
        Builtin("base64decode", "<s-:s>", 1) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0) else { return .undefined }
            try machine.count(converting: text)
            return .string(Base64Text.decode(UTF16Text.units(text)))
        },
        url("encodeUrl") { (units) throws(JSONataPictureError) in try URLText.encode(units) },
        url("encodeUrlComponent") { (units) throws(JSONataPictureError) in
            try URLText.encodeComponent(units)
        },
        url("decodeUrl") { (units) throws(JSONataPictureError) in
            UTF16Text.string(try URLText.decode(units))
        },
        url("decodeUrlComponent") { (units) throws(JSONataPictureError) in
            UTF16Text.string(try URLText.decodeComponent(units))
        },
    ]

    private static func url(
        _ name: String,
        _ convert: @escaping @Sendable ([UInt16]) throws(JSONataPictureError) -> String
    ) -> Builtin {
        Builtin(name, "<s-:s>", 1) { (arguments, machine, _) throws(Fault) in
            guard let text = arguments.string(0) else {
                return .undefined
            }
            try machine.count(bytes: text.utf8.count)
            try machine.count(converting: text)
            return try Fault.picture(concerning: text) { () throws(JSONataPictureError) in
                .string(try convert(UTF16Text.units(text)))
            }
        }
    }
}

extension Fault {
    /// What a picture function gives, its error as a fault with its own value or `text`.
    static func picture(
        concerning text: String? = nil,
        _ body: () throws(JSONataPictureError) -> Value
    ) throws(Fault) -> Value {
        do throws(JSONataPictureError) {
            return try body()
        } catch {
            throw Fault(
                error.code,
                value: (error.value ?? text).map { .string($0) },
                detail: error.code == "U1001" ? "length" : nil
            )
        }
    }
}
