package import StepwellEngine
import StepwellLMDB

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension LMDBEventStore {
    /// Opens a shard of a data directory, and creates both when they are not there (unless the
    /// store is only read).
    ///
    /// - Throws: `inUse` when another process owns the directory, `unusable` when it cannot be read
    ///   or written, is on a file system shared between machines or has another format or number
    ///   of shards, `damaged` when the files contradict each other.
    package static func open(
        directory: String,
        shard: UInt16 = 0,
        options: StoreOptions = StoreOptions()
    ) throws(StoreError) -> LMDBEventStore {
        let path = "\(directory)/shard-\(shard)"
        if options.isReadOnly {
            guard isDirectory(path) else {
                throw StoreError(.unusable, "\(directory) is not a Stepwell data directory")
            }
        } else {
            try createDirectory(directory)
        }
        try refuseRemote(directory)
        let ownership = options.isReadOnly ? nil : try own(directory)
        if !options.isReadOnly { try createDirectory(path) }
        if !options.isReadOnly {
            try NewStore(path: path, shard: shard, options: options).createIfAbsent()
        }
        let hold = options.isReadOnly ? nil : try hold(path)
        if !options.isReadOnly { try FileGuard.check(path) }
        let journal = try Journal(path: path, options: options)
        let identity = try identity(of: journal, path, shard, options)
        if !options.isReadOnly, !options.isRelaxed { NewStore.synchronize([path, directory]) }
        let recovery = Recovery(
            journal: journal,
            identity: identity,
            ignoresCheckpoints: options.ignoresCheckpoints
        )
        let cache = BlockCache(byteLimit: options.blockCacheBytes)
        let counters = ReadCounters()
        let source = RunSource(journal: journal, cache: cache, counters: counters)
        let tail = try recovery.run(source)
        return LMDBEventStore(
            identity: identity,
            path: path,
            options: options,
            journal: journal,
            tail: tail,
            cache: cache,
            counters: counters,
            ownership: ownership,
            hold: hold
        )
    }

    private static func own(_ directory: String) throws(StoreError) -> DirectoryLock {
        do throws(LMDBError) {
            return try DirectoryLock(file: "\(directory)/LOCK")
        } catch {
            throw StoreError(error)
        }
    }

    /// Takes hold of the shard's file itself.
    private static func hold(_ path: String) throws(StoreError) -> DataFileLock {
        do throws(LMDBError) {
            return try DataFileLock(file: Environment.dataFile(in: path))
        } catch {
            throw StoreError(error)
        }
    }

    /// Reads who the store is.
    private static func identity(
        of journal: Journal,
        _ path: String,
        _ shard: UInt16,
        _ options: StoreOptions
    ) throws(StoreError) -> StoreIdentity {
        guard let bytes = try journal.row(.identity, try journal.beginRead()) else {
            throw StoreError(.unusable, "\(path) holds no store yet")
        }
        let identity = try IdentityRow.decode(bytes, path: path)
        guard identity.shard == shard else {
            throw StoreError(.unusable, "\(path) holds shard \(identity.shard)")
        }
        guard options.isReadOnly || identity.shardCount == options.shardCount else {
            throw StoreError(
                .unusable,
                "\(path) was created for \(identity.shardCount) shards, not "
                    + "\(options.shardCount); the number is fixed for its life"
            )
        }
        return identity
    }

    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Creates a directory that its owner alone can look into: every payload is in there.
    private static func createDirectory(_ path: String) throws(StoreError) {
        guard mkdir(path, 0o700) != 0 else { return }
        let problem = errno
        if problem == EEXIST, isDirectory(path) { return }
        let reason = String(cString: strerror(problem))
        throw StoreError(.unusable, "cannot create the data directory \(path): \(reason)")
    }

    private static func refuseRemote(_ directory: String) throws(StoreError) {
        let fileSystem: FileSystem
        do throws(LMDBError) {
            fileSystem = try FileSystem(at: directory)
        } catch {
            throw StoreError(.unusable, "\(error)")
        }
        if case .remote(let name) = fileSystem.kind {
            throw StoreError(
                .unusable,
                "\(directory) is on \(name), a file system shared between machines, on which "
                    + "memory maps and locks are not safe: use a local disk"
            )
        }
    }
}
