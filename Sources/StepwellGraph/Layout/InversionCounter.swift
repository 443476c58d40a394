/// Counts the pairs of a list that stand in the wrong order, by merging.
struct InversionCounter {
    private var values: [Int]
    private var spare: [Int]

    init(_ values: [Int]) {
        self.values = values
        spare = values
    }

    /// The pairs of which the first is greater; the list is sorted by it.
    mutating func count() -> Int {
        var sum = 0
        var width = 1
        while width < values.count {
            var start = 0
            while start < values.count {
                let middle = min(start + width, values.count)
                sum += merge(start, middle, min(start + 2 * width, values.count))
                start += 2 * width
            }
            swap(&values, &spare)
            width *= 2
        }
        return sum
    }

    private mutating func merge(_ start: Int, _ middle: Int, _ end: Int) -> Int {
        var (left, right, sum) = (start, middle, 0)
        for place in start..<end {
            if right >= end || left < middle && values[left] <= values[right] {
                spare[place] = values[left]
                left += 1
            } else {
                spare[place] = values[right]
                right += 1
                sum += middle - left
            }
        }
        return sum
    }
}
