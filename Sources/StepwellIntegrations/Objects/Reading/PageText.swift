import StepwellEngine
import StepwellHistory
import StepwellJSON

/// An item on its way into a page.
struct PageItem: Sendable {
    /// JSON text.
    var text: [UInt8]
    /// The key as JSON text, of a member of an object.
    var key: [UInt8]?
    /// Where it comes from, as the context object names it.
    var source: String

    init(_ item: ScannedItem, of object: ObjectName?) {
        text = item.text
        key = item.key
        source = object.map { "S3://\($0.bucket)/\($0.key)" } ?? ""
    }

    /// An object itself (developer guide, "ItemReader (Map)", with its spelling of `Etag`).
    init(_ object: ListedObject, bucket: String) {
        let members = JSONObject([
            ("Etag", .string(object.tag)), ("Key", .string(object.key)),
            ("LastModified", .number(JSONNumber(object.lastModified))),
            ("Size", .number(JSONNumber(Int64(object.size)))),
            ("StorageClass", .string(object.storageClass)),
        ])
        text = JSONWriter.write(.object(members))
        source = "S3://\(bucket)"
    }
}

/// The text of a page that is being filled.
struct PageText: Sendable {
    private var text: [UInt8] = []
    private var isObject = false
    private var origins: [ItemOrigin] = []
    /// The keys of the items, of members of objects: a page is an object with each once.
    private var keys: Set<String> = []
    private(set) var count = 0

    /// How many bytes it has.
    var bytes: Int { text.count }

    /// Whether an item can be in the same page as those before it.
    func takes(_ item: PageItem) -> Bool {
        guard count > 0 else { return true }
        guard let key = item.key else { return !isObject }
        return isObject && !keys.contains(Self.text(of: key))
    }

    /// The key that a JSON text is.
    private static func text(of key: [UInt8]) -> String {
        (try? JSONParser.parse(key))?.stringValue ?? String(decoding: key, as: UTF8.self)
    }

    mutating func add(_ item: PageItem) {
        if count == 0 {
            isObject = item.key != nil
            text.append(UInt8(ascii: isObject ? "{" : "["))
        } else {
            text.append(UInt8(ascii: ","))
        }
        if let key = item.key {
            keys.insert(Self.text(of: key))
            text.append(contentsOf: key)
            text.append(UInt8(ascii: ":"))
        }
        text.append(contentsOf: item.text)
        count += 1
        if let last = origins.indices.last,
            origins[last].source.utf8.elementsEqual(item.source.utf8)
        {
            origins[last].count += 1
        } else {
            origins.append(ItemOrigin(count: 1, source: item.source))
        }
    }

    /// The page; throws when an item is no JSON.
    func finished(_ order: Int, next: [UInt8]?) throws(MapRunDataFault) -> ItemPage {
        let whole = count == 0 ? Array("[]".utf8) : text + [UInt8(ascii: isObject ? "}" : "]")]
        // The parse is kept with the payload: nothing parses the page again.
        var items = Payload(text: whole)
        let value: JSONValue
        do throws(JSONParseError) {
            value = try items.value()
        } catch {
            // Text that is not of the encoding is shown as far as it goes.
            items = Payload(text: Array(String(decoding: whole, as: UTF8.self).utf8))
            guard let repaired = try? items.value() else { throw unreadable(error.reason) }
            value = repaired
        }
        // Two values for one, `1,2`, are no JSON, although a list of both is.
        let found = value.arrayValue?.count ?? value.objectValue?.count
        guard found == count else { throw unreadable("it is not one value") }
        return ItemPage(order: order, items: items, origins: origins, next: next)
    }

    private func unreadable(_ reason: String) -> MapRunDataFault {
        let place = origins.first?.source ?? ""
        return MapRunDataFault("An item of \(place) is not valid JSON: \(reason)")
    }
}
