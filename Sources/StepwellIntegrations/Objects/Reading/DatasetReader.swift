import StepwellEngine
import StepwellHistory
import StepwellJSON

/// Reads one dataset, page after page.
actor DatasetReader {
    private let store: any ObjectStore
    private let plan: ReaderPlan
    private var cursor: ItemCursor
    /// The objects of a manifest; nil before it is read.
    private var manifest: Manifest?
    private var lister: (any ObjectLister)?
    /// Objects that were listed and not dealt with; the last is the next.
    private var listed: [ListedObject] = []
    private var items: (any ObjectItems)?
    /// An item that belongs to the next page.
    private var pushed: PageItem?

    /// A reader that goes on at a cursor; at the beginning without one.
    init(_ plan: ReaderPlan, in store: any ObjectStore, from cursor: ItemCursor?) {
        self.plan = plan
        self.store = store
        self.cursor = cursor ?? ItemCursor()
    }

    /// The next page.
    func page(
        order: Int,
        bytes: Int,
        limit: Int?
    ) async throws(MapRunDataFault) -> ItemPage {
        var page = PageText()
        while page.bytes < bytes, page.count < limit ?? .max {
            let before = cursor
            guard let item = try await nextItem() else {
                return try page.finished(order, next: nil)
            }
            guard page.takes(item) else {
                pushed = item
                return try page.finished(order, next: before.bytes)
            }
            page.add(item)
        }
        let isLast = limit.map { page.count >= $0 } ?? false
        return try page.finished(order, next: isLast ? nil : cursor.bytes)
    }

    private func nextItem() async throws(MapRunDataFault) -> PageItem? {
        if let pushed {
            self.pushed = nil
            cursor.current = items?.place
            return pushed
        }
        do throws(ObjectFault) {
            if case .listing(let bucket, let prefix, let after) = plan {
                return try await nextListed(bucket, prefix, after).map { object in
                    cursor.after = object.key
                    return PageItem(object, bucket: bucket)
                }
            }
        } catch {
            throw MapRunDataFault(error.cause)
        }
        return try await nextScanned()
    }

    // MARK: Items of objects

    private func nextScanned() async throws(MapRunDataFault) -> PageItem? {
        while true {
            if items == nil, try await !openNext() { return nil }
            if let items, let item = try await items.next() {
                cursor.current = items.place
                return PageItem(item, of: items.name)
            }
            close()
        }
    }

    private func close() {
        cursor.finished += 1
        if case .flattened = plan { cursor.after = items?.name.key }
        cursor.current = nil
        items = nil
    }

    /// Opens the object that was left, or the next one; false when there is none.
    private func openNext() async throws(MapRunDataFault) -> Bool {
        let next: any ObjectItems
        do throws(ObjectFault) {
            let format = try await self.format()
            let current = cursor.current
            var name = current?.name
            if name == nil { name = try await nextObject() }
            guard let name else { return false }
            next = format.items(of: name, in: store, from: current)
        } catch {
            throw MapRunDataFault(error.cause)
        }
        try await next.open()
        items = next
        return true
    }

    private func format() async throws(ObjectFault) -> ItemFormat {
        switch plan {
        case .object(_, let format), .flattened(_, _, _, let format): return format
        case .athena(_, let format):
            try await readManifest()
            return format
        case .inventory:
            try await readManifest()
            return manifest?.format ?? .jsonLines
        case .listing: return .jsonLines
        }
    }

    private func nextObject() async throws(ObjectFault) -> ObjectName? {
        switch plan {
        case .object(let name, _): return cursor.finished == 0 ? name : nil
        case .inventory, .athena:
            let objects = manifest?.objects ?? []
            return objects.indices.contains(cursor.finished) ? objects[cursor.finished] : nil
        case .flattened(let bucket, let prefix, let after, _):
            while let object = try await nextListed(bucket, prefix, after) {
                // What consoles make to stand for a folder has no items.
                if object.size == 0, object.key.utf8.last == UInt8(ascii: "/") { continue }
                return ObjectName(bucket: bucket, key: object.key)
            }
            return nil
        case .listing: return nil
        }
    }

    private func nextListed(
        _ bucket: String,
        _ prefix: String,
        _ after: String?
    ) async throws(ObjectFault) -> ListedObject? {
        if let next = listed.popLast() { return next }
        if lister == nil {
            // An object that is read in part is not listed again.
            let last = cursor.current?.name.key ?? cursor.after ?? after
            lister = try await store.list(bucket, prefix: prefix, after: last)
        }
        listed = try await lister?.next().reversed() ?? []
        return listed.popLast()
    }

    private func readManifest() async throws(ObjectFault) {
        guard manifest == nil else { return }
        switch plan {
        case .inventory(let name):
            manifest = try await Manifest(inventory: name, in: store, tag: cursor.manifestTag)
        case .athena(let name, _):
            manifest = try await Manifest(athena: name, in: store, tag: cursor.manifestTag)
        case .object, .listing, .flattened: return
        }
        cursor.manifestTag = manifest?.tag
    }
}
