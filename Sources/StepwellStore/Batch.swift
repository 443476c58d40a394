import Crypto
import StepwellEngine
import StepwellHistory

/// A batch as it was read, verified: its header and its segments in order.
struct Batch: Sendable {
    let header: BatchHeader
    /// The whole value: header, content, padding.
    let bytes: [UInt8]

    /// Reads a value of the journal and verifies it: magic, version, length, padding and digest.
    init(verifying bytes: [UInt8]) throws(StoreError) {
        let header: BatchHeader
        do throws(ByteReaderError) {
            header = try BatchHeader(bytes[...])
        } catch {
            throw StoreError(.damaged, "a batch's header: \(error.what)")
        }
        guard let content = Int(exactly: header.contentLength),
            content <= bytes.count - BatchHeader.byteCount,
            bytes.count == BatchHeader.valueSize(content: content)
        else { throw StoreError(.damaged, "batch \(header.position) has another length") }
        let end = BatchHeader.byteCount + content
        var hash = SHA256()
        hash.update(data: bytes[0..<96])
        hash.update(data: bytes[BatchHeader.byteCount..<end])
        guard Array(hash.finalize()) == header.digest else {
            throw StoreError(.damaged, "batch \(header.position): its checksum does not agree")
        }
        guard bytes[end...].allSatisfy({ $0 == 0 }) else {
            throw StoreError(.damaged, "batch \(header.position): bytes after its content")
        }
        self.header = header
        self.bytes = bytes
    }

    /// Calls `body` with each segment and its location, in order.
    func forEachSegment(
        _ body: (Segment, SegmentLocation) throws(StoreError) -> Void
    ) throws(StoreError) {
        let end = BatchHeader.byteCount + Int(header.contentLength)
        var offset = BatchHeader.byteCount
        for _ in 0..<header.segmentCount {
            let location = SegmentLocation(position: header.position, offset: UInt32(offset))
            var reader = ByteReader(bytes[offset..<end])
            let segment: Segment
            do throws(ByteReaderError) {
                segment = try Segment(from: &reader)
            } catch {
                throw StoreError(.damaged, "batch \(header.position): \(error.what)")
            }
            offset = reader.position
            try body(segment, location)
        }
        guard offset == end else {
            throw StoreError(.damaged, "batch \(header.position): bytes after its segments")
        }
    }
}

extension ByteReaderError {
    /// What is wrong, in words.
    var what: String {
        switch code {
        case .truncated: "it ends too early, at byte \(position)"
        case .invalid(let what): "byte \(position) is no \(what) this engine knows"
        }
    }
}
