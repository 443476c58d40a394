/// A line with rounded corners, as path data.
struct SVGPath {
    private static let radius = 8
    /// Dash and gap of the lines of errors.
    static let dash = 6
    static let dashGap = 4

    /// The data of the line, up to the head.
    let data: String
    /// The data of the head.
    let head: String
    /// The length in thousandths of a pixel.
    let length: Int

    /// The line through corners; its last part ends in a head.
    init(_ points: [GraphPoint]) {
        let shortened = Self.shortened(points)
        var data = ""
        var length = 0
        var last = shortened.first ?? GraphPoint(x: 0, y: 0)
        data += "M\(last.x) \(last.y)"
        for (place, point) in shortened.enumerated().dropFirst() {
            guard place + 1 < shortened.count else {
                data += Self.line(from: last, to: point)
                length += 1000 * Self.distance(last, point)
                break
            }
            let next = shortened[place + 1]
            let radius = min(
                Self.radius,
                Self.distance(shortened[place - 1], point) / 2,
                Self.distance(point, next) / 2
            )
            let before = Self.toward(shortened[place - 1], from: point, by: radius)
            let after = Self.toward(next, from: point, by: radius)
            data += Self.line(from: last, to: before)
            data += "Q\(point.x) \(point.y) \(after.x) \(after.y)"
            // The length of such a curve is 1.623 times its radius.
            length += 1000 * Self.distance(last, before) + 1623 * radius
            last = after
        }
        self.data = data
        self.length = length
        head = Self.head(points)
    }

    /// Where the dashes begin, so that they coincide where lines run together to their end.
    var dashOffset: String {
        let period = 1000 * (Self.dash + Self.dashGap)
        let offset = (period - length % period) % period
        let digits = "\(1000 + offset % 1000)".dropFirst()
        return "\(offset / 1000).\(digits)"
    }

    private static func distance(_ one: GraphPoint, _ other: GraphPoint) -> Int {
        abs(one.x - other.x) + abs(one.y - other.y)
    }

    private static func line(from last: GraphPoint, to point: GraphPoint) -> String {
        if last == point { return "" }
        return last.x == point.x ? "V\(point.y)" : "H\(point.x)"
    }

    private static func toward(
        _ target: GraphPoint,
        from point: GraphPoint,
        by step: Int
    )
        -> GraphPoint
    {
        GraphPoint(
            x: point.x + (target.x - point.x).signum() * step,
            y: point.y + (target.y - point.y).signum() * step
        )
    }

    /// The line without the part that the head covers.
    private static func shortened(_ points: [GraphPoint]) -> [GraphPoint] {
        guard points.count >= 2, let last = points.last else { return points }
        let before = points[points.count - 2]
        let step = min(6, distance(before, last))
        return points.dropLast() + [toward(before, from: last, by: step)]
    }

    private static func head(_ points: [GraphPoint]) -> String {
        guard points.count >= 2, let tip = points.last else { return "" }
        let before = points[points.count - 2]
        let step = GraphPoint(x: (tip.x - before.x).signum(), y: (tip.y - before.y).signum())
        let base = GraphPoint(x: tip.x - 8 * step.x, y: tip.y - 8 * step.y)
        let left = GraphPoint(x: base.x - 4 * step.y, y: base.y + 4 * step.x)
        let right = GraphPoint(x: base.x + 4 * step.y, y: base.y - 4 * step.x)
        return "M\(tip.x) \(tip.y)L\(left.x) \(left.y)L\(right.x) \(right.y)Z"
    }
}
