package import StepwellEngine
package import StepwellHistory
import Synchronization

/// Reads the items of Map Runs from objects.
///
/// A reader is kept, open, for the page that will be asked for next; one that is not kept any more
/// is opened again where the cursor says.
package final class ObjectItemSource: ItemSource {
    /// Readers that are kept open.
    private static let kept = 64

    private struct Kept: Sendable {
        let mapRunARN: String
        let cursor: [UInt8]
        let reader: DatasetReader
    }

    private let store: any ObjectStore
    private let permissions: ObjectPermissions?
    private let readers = Mutex<[Kept]>([])

    /// Reads from buckets, as far as `permissions` let the roles of executions; without them
    /// everything may be read.
    package init(_ store: any ObjectStore, permissions: ObjectPermissions? = nil) {
        self.store = store
        self.permissions = permissions
    }

    package func read(_ request: ItemRequest) async throws(MapRunDataFault) -> ItemPage {
        let reader = try take(request)
        let page = try await reader.page(
            order: request.order,
            bytes: request.pageBytes,
            limit: request.limit
        )
        if let next = page.next { keep(reader, for: request.mapRunARN, at: next) }
        return page
    }

    private func take(_ request: ItemRequest) throws(MapRunDataFault) -> DatasetReader {
        let found = readers.withLock { readers -> DatasetReader? in
            let place = readers.firstIndex { kept in
                kept.cursor == request.cursor
                    && kept.mapRunARN.utf8.elementsEqual(request.mapRunARN.utf8)
            }
            return place.map { readers.remove(at: $0).reader }
        }
        if let found { return found }
        let plan = try ReaderPlan(request.reader)
        let store = permissions.store(
            self.store,
            roleARN: request.roleARN,
            mapRunARN: request.mapRunARN
        )
        guard let bytes = request.cursor else {
            return DatasetReader(plan, in: store, from: nil)
        }
        guard let cursor = ItemCursor(bytes) else {
            throw MapRunDataFault("The position where reading continues cannot be read.")
        }
        return DatasetReader(plan, in: store, from: cursor)
    }

    private func keep(_ reader: DatasetReader, for mapRunARN: String, at cursor: [UInt8]) {
        readers.withLock { readers in
            readers.removeAll { $0.mapRunARN.utf8.elementsEqual(mapRunARN.utf8) }
            readers.append(Kept(mapRunARN: mapRunARN, cursor: cursor, reader: reader))
            readers.removeFirst(max(0, readers.count - Self.kept))
        }
    }
}
