import StepwellEngine

/// The items of an object that is a text, taken apart as its bytes come.
final class TextItems: ObjectItems {
    let name: ObjectName
    private let store: any ObjectStore
    private let current: ItemCursor.Current?
    private var text: ObjectText?
    private var scanner: any ItemScanner

    /// `scanner` makes what takes the text apart from a place on.
    init(
        _ name: ObjectName,
        in store: any ObjectStore,
        from current: ItemCursor.Current?,
        scanner: (ScanPlace) -> any ItemScanner
    ) {
        self.name = name
        self.store = store
        self.current = current
        self.scanner = scanner(current?.place ?? ScanPlace())
    }

    var place: ItemCursor.Current {
        ItemCursor.Current(
            name: name,
            tag: text?.tag ?? "",
            isCompressed: text?.isCompressed ?? false,
            place: scanner.place
        )
    }

    func open() async throws(MapRunDataFault) {
        do throws(ObjectFault) {
            if let current {
                text = try await ObjectText(current, in: store)
            } else {
                text = try await ObjectText(name, in: store)
            }
        } catch {
            throw MapRunDataFault(error.cause)
        }
    }

    func next() async throws(MapRunDataFault) -> ScannedItem? {
        while true {
            do throws(ItemTextFault) {
                if let item = try scanner.next() { return item }
            } catch {
                throw MapRunDataFault("\(name): \(error.cause)")
            }
            if scanner.isDone { return nil }
            try await readOn()
        }
    }

    /// Gives the scanner more bytes.
    private func readOn() async throws(MapRunDataFault) {
        do throws(ObjectFault) {
            let bytes = try await text?.next() ?? []
            if bytes.isEmpty { scanner.end() } else { scanner.feed(bytes) }
        } catch {
            throw MapRunDataFault(error.cause)
        }
    }
}
