/// A place with buckets of objects: folders of this machine, or S3.
package protocol ObjectStore: Sendable {
    /// Begins to read an object, from a byte on; `tag`, when given, is what it has to be known by.
    func open(
        _ object: ObjectName,
        from offset: Int,
        tag: String?
    ) async throws(ObjectFault) -> any ObjectBody

    /// Reads a part of an object, as much of a range as there is; `tag` as for `open`.
    func read(
        _ object: ObjectName,
        _ range: Range<Int>,
        tag: String?
    ) async throws(ObjectFault) -> ObjectPart

    /// Begins to list the objects whose keys begin with a prefix, in the order of their keys, those
    /// behind a key if one is given.
    func list(
        _ bucket: String,
        prefix: String,
        after key: String?
    ) async throws(ObjectFault) -> any ObjectLister

    /// Writes an object whole, in place of any that is there.
    func put(_ bytes: [UInt8], to object: ObjectName) async throws(ObjectFault)
}

/// An object that is being read, by one at a time.
package protocol ObjectBody: AnyObject, Sendable {
    /// What this content is known by: its ETag.
    var tag: String { get }

    /// The next bytes; none at the end.
    func next() async throws(ObjectFault) -> [UInt8]
}

/// A part of an object.
package struct ObjectPart: Sendable {
    package var bytes: [UInt8]
    /// Of the whole object, in bytes.
    package var size: Int
    /// What the content is known by: its ETag.
    package var tag: String

    package init(bytes: [UInt8], size: Int, tag: String) {
        self.bytes = bytes
        self.size = size
        self.tag = tag
    }
}

/// Objects that are being listed, by one at a time.
package protocol ObjectLister: AnyObject, Sendable {
    /// The next ones; none at the end.
    func next() async throws(ObjectFault) -> [ListedObject]
}

/// An object as it is listed.
package struct ListedObject: Sendable, Equatable {
    package var key: String
    /// In bytes.
    package var size: Int
    /// The ETag, with its quotes.
    package var tag: String
    /// In seconds since 1970.
    package var lastModified: Int64
    package var storageClass: String

    package init(
        key: String,
        size: Int,
        tag: String,
        lastModified: Int64,
        storageClass: String = "STANDARD"
    ) {
        self.key = key
        self.size = size
        self.tag = tag
        self.lastModified = lastModified
        self.storageClass = storageClass
    }
}
