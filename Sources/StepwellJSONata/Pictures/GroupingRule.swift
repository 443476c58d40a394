/// Where separators of groups of digits stand, counted in digits from the point.
enum GroupingRule {
    /// The distance at which separators repeat; 0 where they do not stand at all its multiples.
    static func interval(of positions: [Int]) -> Int {
        var divisor = 0
        for position in positions {
            var (larger, smaller) = (divisor, position)
            while smaller != 0 {
                (larger, smaller) = (smaller, larger % smaller)
            }
            divisor = larger
        }
        guard divisor > 0 else {
            return 0
        }
        return (1...positions.count).allSatisfy { positions.contains($0 * divisor) } ? divisor : 0
    }
}
