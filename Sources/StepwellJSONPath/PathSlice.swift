/// The bounds of a slice, read as Jayway's library does.
struct PathSlice {
    let from: Int?
    let to: Int?

    /// The indices that the slice takes of an array of `count` items, negative ones counting from
    /// the end.
    ///
    /// With both bounds given they are compared as written, so `[1:-1]` takes nothing.
    func indices(count: Int) -> Range<Int> {
        switch (from, to) {
        case (let from?, let to?):
            let end = min(count, to)
            return from < end ? max(from, -count)..<max(end, -count) : 0..<0
        case (let from?, nil):
            let start = max(0, from < 0 ? count + from : from)
            return start..<max(start, count)
        case (nil, let to?):
            return 0..<max(0, min(count, to < 0 ? count + to : to))
        case (nil, nil):
            return 0..<count
        }
    }
}
