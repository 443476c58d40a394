import StepwellHistory

/// The payloads of the turns that were read last, by place: most of what a turn refers to is among
/// them, and a state with ten thousand branches is not searched for it.
struct RecentPayloads {
    private var texts: [PayloadLocation: [UInt8]] = [:]
    private var byteCount = 0
    /// What is kept at most.
    private static let (capacity, byteCapacity) = (65_536, 16 << 20)

    /// The text at a place.
    subscript(location: PayloadLocation) -> [UInt8]? { texts[location] }

    /// Takes in what a turn holds.
    mutating func add(_ turn: Turn) {
        for record in turn.records {
            for payload in record.payloads {
                guard let location = payload.location,
                    texts.updateValue(payload.text, forKey: location) == nil
                else { continue }
                byteCount += payload.text.count
            }
        }
        guard texts.count > Self.capacity || byteCount > Self.byteCapacity else { return }
        texts = [:]
        byteCount = 0
    }
}
