/// A part of an edge between a layer and the next; edges share those where they run together.
struct LayeredSegment {
    let upper: Int
    let lower: Int
    let upperPort: LayeredPort
    let lowerPort: LayeredPort
    /// Whether errors go this way.
    let isCatch: Bool
    /// Whether it is gone upwards.
    let isBack: Bool
    /// Where it runs along the layers, once that is known; nil when it is straight.
    var track: Int?
}
