/// Finds what a misspelt name was meant to be.
enum NearMiss {
    /// The candidate that is most like `name`, when one is like enough.
    static func suggestion(for name: String, among candidates: [String]) -> String? {
        let written = folded(name)
        guard written.count <= 80 else { return nil }
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let wanted = folded(candidate)
            let allowed = max(1, min(3, wanted.count / 3))
            guard abs(wanted.count - written.count) <= allowed else { continue }
            let distance = distance(written, wanted)
            if distance <= allowed, distance < best?.distance ?? Int.max {
                best = (candidate, distance)
            }
        }
        return best?.candidate
    }

    /// A sentence for `DefinitionProblem.hint`.
    static func hint(for name: String, among candidates: [String]) -> String? {
        suggestion(for: name, among: candidates).map { "Did you mean '\($0)'?" }
    }

    /// ASCII letters without case, so that `resultpath` is close to `ResultPath`.
    private static func folded(_ text: String) -> [UInt8] {
        text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }

    /// The number of insertions, deletions and replacements between two texts.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (place, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = place + 1
            for column in right.indices {
                let cost = byte == right[column] ? diagonal : diagonal + 1
                diagonal = row[column + 1]
                row[column + 1] = min(cost, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
