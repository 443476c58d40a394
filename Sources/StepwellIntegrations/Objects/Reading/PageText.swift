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
    private(set) var count = 0

    /// How many bytes it has.
    var bytes: Int { text.count }

    /// Whether an item can be in the same page as those before it.
    func takes(_ item: PageItem) -> Bool { count == 0 || isObject == (item.key != nil) }

    mutating func add(_ item: PageItem) {
        if count == 0 {
            isObject = item.key != nil
            text.append(UInt8(ascii: isObject ? "{" : "["))
        } else {
            text.append(UInt8(ascii: ","))
        }
        if let key = item.key {
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
        do throws(JSONParseError) {
            // The parse is kept with the payload: nothing parses the page again.
            let items = Payload(text: whole)
            _ = try items.value()
            return ItemPage(order: order, items: items, origins: origins, next: next)
        } catch {
            // Text that is not of the encoding is shown as far as it goes.
            let repaired = Payload(text: Array(String(decoding: whole, as: UTF8.self).utf8))
            guard (try? repaired.value()) != nil else {
                let place = origins.first?.source ?? ""
                throw MapRunDataFault("An item of \(place) is not valid JSON: \(error.reason)")
            }
            return ItemPage(order: order, items: repaired, origins: origins, next: next)
        }
    }
}
