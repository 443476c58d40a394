import StepwellHistory

/// Whether an execution is one that is looked for, beyond what the index says.
struct ExecutionFilter {
    let search: ExecutionSearch
    /// The version or alias that it has to have been started with.
    let qualifiedARN: String?
    let reader: HistoryReader

    /// Whether it has to be read for that.
    var readsContent: Bool { search.readsContent || qualifiedARN != nil }

    func includes(_ head: ExecutionHead) throws(ServiceError) -> Bool {
        if let name = search.name, !Self.contains(head.executionName.utf8, name) { return false }
        guard readsContent else { return true }
        let record = try reader.record(of: head)
        let start = record.start
        if let qualifiedARN {
            let arns = [start.stateMachineVersionARN, start.stateMachineAliasARN]
            guard arns.contains(where: { $0?.utf8.elementsEqual(qualifiedARN.utf8) ?? false })
            else { return false }
        }
        if let input = search.input, !Self.contains(start.input.text, input) { return false }
        guard let text = search.text else { return true }
        if Self.contains(head.executionName.utf8, text) { return true }
        if Self.contains(start.input.text, text) { return true }
        if let output = record.output, Self.contains(output.text, text) { return true }
        return [record.failure?.error, record.failure?.cause].contains { part in
            part.map { Self.contains($0.utf8, text) } ?? false
        }
    }

    /// Whether bytes have a text in them; ASCII letters of both cases are the same.
    static func contains(_ bytes: some Collection<UInt8>, _ text: String) -> Bool {
        let wanted = text.utf8.map(lowered)
        guard let first = wanted.first else { return true }
        let found = bytes.withContiguousStorageIfAvailable { contains($0, wanted, first) }
        return found ?? Array(bytes).withUnsafeBufferPointer { contains($0, wanted, first) }
    }

    private static func contains(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ wanted: [UInt8],
        _ first: UInt8
    ) -> Bool {
        guard bytes.count >= wanted.count else { return false }
        for start in 0...(bytes.count - wanted.count) where lowered(bytes[start]) == first {
            var length = 1
            while length < wanted.count, lowered(bytes[start + length]) == wanted[length] {
                length += 1
            }
            if length == wanted.count { return true }
        }
        return false
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (65...90).contains(byte) ? byte + 32 : byte
    }
}
