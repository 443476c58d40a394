/// The corners of a line of upright and level parts.
enum CornerList {
    /// The same line without corners at which it does not turn.
    static func simplified(_ points: [GraphPoint]) -> [GraphPoint] {
        var kept: [GraphPoint] = []
        for point in points {
            if point == kept.last { continue }
            if kept.count >= 2 {
                let (first, second) = (kept[kept.count - 2], kept[kept.count - 1])
                let isUpright = first.x == second.x && second.x == point.x
                let isLevel = first.y == second.y && second.y == point.y
                if isUpright || isLevel { kept.removeLast() }
            }
            kept.append(point)
        }
        return kept
    }
}
