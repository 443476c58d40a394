import StepwellEngine
import StepwellLMDB

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The creation of a store: its file is made aside, with who the store is, and is put in its place
/// when all of it is on the disk.
///
/// LMDB does not wait for the first meta pages of a file before it goes on. A loss of power would
/// leave a file with pages and without meta pages, which cannot be told from a damaged one.
struct NewStore {
    /// The directory of the shard's files.
    let path: String
    let shard: UInt16
    let options: StoreOptions

    /// The commits that a new file saw before it held a store, when it was made in its place.
    private static let commitsOfCreation = 3

    /// Creates the store's file unless it is there.
    ///
    /// An empty file stands for none, and so does one whose creation in its place was broken off.
    func createIfAbsent() throws(StoreError) {
        guard isAbsent() else { return }
        let aside = "\(path)/new"
        remove(aside)
        guard mkdir(aside, 0o755) == 0 else {
            let reason = String(cString: strerror(errno))
            throw StoreError(.unusable, "cannot create \(aside): \(reason)")
        }
        try fill(aside)
        let file = Environment.dataFile(in: path)
        guard rename(Environment.dataFile(in: aside), file) == 0 else {
            let reason = String(cString: strerror(errno))
            throw StoreError(.unusable, "cannot put \(file) in its place: \(reason)")
        }
        if !options.isRelaxed { Self.synchronize([path]) }
        remove(aside)
    }

    private func isAbsent() -> Bool {
        do throws(LMDBError) {
            let file = Environment.dataFile(in: path)
            guard let length = try DataFile.length(of: file), length > 0 else { return true }
            let data = try DataFile(path: file)
            guard try data.newestMeta().transaction <= Self.commitsOfCreation else { return false }
            var walker = try PageWalker(data)
            return try !walker.rows().rows.contains { $0.key == KeySpace.Row.identity.key }
        } catch {
            // Opening it says what is wrong with it.
            return false
        }
    }

    /// Makes the file, with its tables and the row of identity.
    private func fill(_ aside: String) throws(StoreError) {
        let identity = try newIdentity()
        let journal = try Journal(path: aside, options: options)
        do throws(LMDBError) {
            let row = IdentityRow.encode(identity)
            try journal.environment.write { transaction throws(LMDBError) in
                try transaction.put(KeySpace.Row.identity.key, row, in: journal.main)
            }
        } catch {
            throw StoreError(error)
        }
    }

    private func newIdentity() throws(StoreError) -> StoreIdentity {
        guard options.storeID?.count ?? 16 == 16 else {
            throw StoreError(.unusable, "a store id has 16 bytes")
        }
        var generator = SystemRandomNumberGenerator()
        let random = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return StoreIdentity(
            storeID: options.storeID ?? random,
            shard: shard,
            shardCount: options.shardCount,
            formatVersion: IdentityRow.formatVersion
        )
    }

    private func remove(_ aside: String) {
        unlink(Environment.dataFile(in: aside))
        unlink("\(aside)/lock.mdb")
        rmdir(aside)
    }

    /// Makes the entries of directories durable.
    static func synchronize(_ paths: [String]) {
        for path in paths {
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            fsync(descriptor)
            close(descriptor)
        }
    }
}
