/// Types to encode and decode.
struct Order: Codable, Equatable {
    enum Status: Codable, Equatable {
        case open
        case paid(at: String)
    }

    var id: Int
    var price: Double
    var ratio: Float
    var lines: [Line]
    var labels: [String: [Int?]]
    var status: Status
}

struct Line: Codable, Equatable {
    var sku: String
    var gift: Bool?
}

struct Empty: Codable, Equatable {}

/// An array of exactly two.
struct Pair: Decodable {
    let first: Int
    let second: Int

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        first = try container.decode(Int.self)
        second = try container.decode(Int.self)
    }
}

class Base: Codable {
    let name: String

    init(name: String) {
        self.name = name
    }
}

/// Encodes by hand, with every kind of nested container.
final class Derived: Base {
    private enum Keys: String, CodingKey {
        case size, list
        case `super`
    }

    private enum Inner: String, CodingKey {
        case key = "k"
    }

    let size: Int

    init(name: String, size: Int) {
        self.size = size
        super.init(name: name)
    }

    required init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        size = try container.decode(Int.self, forKey: .size)
        var list = try container.nestedUnkeyedContainer(forKey: .list)
        var inner = try list.nestedUnkeyedContainer()
        let one = try inner.decode(Int.self)
        let keyed = try list.nestedContainer(keyedBy: Inner.self)
        let text = try keyed.decode(String.self, forKey: .key)
        guard one == 1, text == "v", try list.decodeNil(), list.isAtEnd else {
            throw DecodingError.dataCorruptedError(in: list, debugDescription: "another list")
        }
        try super.init(from: try container.superDecoder())
    }

    override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(size, forKey: .size)
        try super.encode(to: container.superEncoder())
        var list = container.nestedUnkeyedContainer(forKey: .list)
        var inner = list.nestedUnkeyedContainer()
        try inner.encode(1)
        var keyed = list.nestedContainer(keyedBy: Inner.self)
        try keyed.encode("v", forKey: .key)
        try list.encodeNil()
    }
}
