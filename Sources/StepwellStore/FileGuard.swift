import StepwellEngine
import StepwellHistory
import StepwellLMDB

/// Checks of a store's file that need its owner to have it alone, made before LMDB maps it.
enum FileGuard {
    /// Whether both meta pages lead to trees that their own commits wrote: each commit writes its
    /// number into the head row, so a meta page that was altered to look older shows.
    static func check(_ path: String) throws(StoreError) {
        do throws(LMDBError) {
            let name = Environment.dataFile(in: path)
            guard let length = try DataFile.length(of: name), length > 0 else { return }
            let file = try DataFile(path: name)
            let metas = try file.metas()
            for meta in [metas.0, metas.1] {
                var walker = try PageWalker(file, at: meta)
                let rows = try walker.rows().rows
                guard let row = rows.first(where: { $0.key == KeySpace.Row.head.key }) else {
                    continue
                }
                guard let head = try? HeadRow(row.value), head.transaction == meta.transaction
                else {
                    throw LMDBError(
                        .damaged,
                        name,
                        "the meta page of commit \(meta.transaction) leads to another commit"
                    )
                }
            }
        } catch {
            throw StoreError(error)
        }
    }
}
