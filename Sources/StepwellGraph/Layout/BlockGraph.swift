/// The least distances between blocks of nodes that stand in line.
struct BlockGraph {
    private var after: [[(block: Int, distance: Int)]]
    private var waiting: [Int]
    /// The number of distances.
    private(set) var count = 0

    init(count: Int) {
        after = Array(repeating: [], count: count)
        waiting = Array(repeating: 0, count: count)
    }

    /// Keeps the right block that far from the left one.
    mutating func add(_ left: Int, _ right: Int, _ distance: Int) {
        after[left].append((right, distance))
        waiting[right] += 1
        count += 1
    }

    /// The place of each block, close together.
    func compacted(isBlock: [Bool]) -> [Int] {
        var places = [Int](repeating: 0, count: after.count)
        var waiting = waiting
        var order = after.indices.filter { isBlock[$0] && waiting[$0] == 0 }
        var next = 0
        while next < order.count {
            let left = order[next]
            next += 1
            for (right, distance) in after[left] {
                places[right] = max(places[right], places[left] + distance)
                waiting[right] -= 1
                if waiting[right] == 0 { order.append(right) }
            }
        }
        for left in order.reversed() {
            let room = after[left].map { places[$0.block] - $0.distance }.min()
            if let room { places[left] = max(places[left], room) }
        }
        return places
    }
}
