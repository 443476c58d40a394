/// Lines between two layers that run along them together: from one port to several, or from
/// several to one.
struct Track {
    /// The segments.
    var segments: [Int] = []
    /// Where lines come from above, and where they go on below.
    var uppers: [Int] = []
    var lowers: [Int] = []

    var left: Int { min(uppers.min() ?? .max, lowers.min() ?? .max) }
    var right: Int { max(uppers.max() ?? .min, lowers.max() ?? .min) }
}
