/// Finds the name that was probably meant.
package enum NearName {
    /// `; did you mean 'X'?` when a name is near, else nothing.
    package static func suggestion(_ wrong: String, in names: [String]) -> String {
        let near = names.map { (name: $0, distance: distance(wrong, $0)) }
            .min { $0.distance < $1.distance }
        guard let near, near.distance <= max(2, wrong.utf8.count / 3) else { return "" }
        return "; did you mean '\(near.name)'?"
    }

    /// Levenshtein's distance of the bytes.
    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right.utf8)
        var row = Array(0...right.count)
        for (index, byte) in left.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let replaced = diagonal + (byte == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
