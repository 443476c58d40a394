import StepwellHistory
import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath
import StepwellLanguage

/// What the expressions of one state see, and what they draw: the state's input, the context
/// object and the variables in scope.
struct Evaluation: PathScope {
    var input: JSONValue
    let variables: VisibleVariables
    let dialect: PathDialect
    private let contextObject: ContextObject

    init(
        input: JSONValue,
        contextSource: ContextSource,
        variables: VisibleVariables,
        dialect: PathDialect
    ) {
        self.input = input
        self.variables = variables
        self.dialect = dialect
        contextObject = ContextObject(contextSource)
    }

    /// Built when an expression asks for it, once for all that do.
    var context: JSONValue { contextObject.value }

    func variable(_ name: String) -> JSONValue? {
        variables[name].flatMap { try? $0.value() }
    }

    /// The context object, made when it is first looked at.
    private final class ContextObject {
        private let source: ContextSource
        private(set) lazy var value = source.object

        init(_ source: ContextSource) {
            self.source = source
        }
    }
}

/// Draws from an execution's random stream and keeps what was drawn, to be recorded.
struct Draws: IntrinsicEntropy {
    var stream: RandomStream
    private(set) var drawn: [(purpose: RandomPurpose, value: String)] = []

    init(stream: RandomStream) {
        self.stream = stream
    }

    /// A version 4 UUID (RFC 9562) from the next block of the stream.
    mutating func uuid() -> String {
        var bytes = Array(stream.block().prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let text = UUIDText.string(bytes)
        drawn.append((.uuid, text))
        return text
    }

    /// An integer in a range, from the next block of the stream or, with a seed, from the block
    /// that the seed names.
    mutating func random(in range: Range<Int64>, seed: Int64?) -> Int64 {
        let word: UInt64
        if let seed {
            var seeded = RandomStream(seed: [], position: UInt64(bitPattern: seed))
            word = seeded.word()
            _ = stream.block()
        } else {
            word = stream.word()
        }
        let width = UInt64(bitPattern: range.upperBound &- range.lowerBound)
        let value = range.lowerBound &+ Int64(bitPattern: word.multipliedFullWidth(by: width).high)
        drawn.append((.mathRandom, String(value)))
        return value
    }
}

/// The text form of a UUID.
enum UUIDText {
    /// `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`, lower case, from 16 bytes.
    static func string(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if index == 4 || index == 6 || index == 8 || index == 10 { text.append(0x2D) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0xF)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
