/// Seventh step: the place of every layer and of every line between layers, along the drawing.
extension LayeredGraph {
    /// Gives every node its `y` and every segment that is not straight its track; the extent of it
    /// all.
    mutating func placeAlong() -> GraphSize {
        var top = 0
        for layer in layers.indices {
            let height = layers[layer].reduce(0) { max($0, nodes[$1].height) }
            for node in layers[layer] {
                // A small box beside a large one is near the box that leads to it.
                let slack = height - nodes[node].height
                nodes[node].y = top + min(slack / 2, 20)
                if nodes[node].isLane {
                    nodes[node].y = top
                    nodes[node].height = height
                }
            }
            top += height
            guard layer + 1 < layers.count else { break }
            top += placeTracks(below: layer, from: top)
        }
        let width = nodes.reduce(0) { max($0, $1.x + $1.width) }
        return GraphSize(width: width, height: top)
    }

    /// Places the lines between a layer and the next; the distance of the two.
    private mutating func placeTracks(below layer: Int, from top: Int) -> Int {
        typealias Metrics = LayoutMetrics
        let tracks = tracks(below: layer)
        var order = TrackOrder(tracks)
        let rows = order.rows()
        work += order.work
        let hasHeads = layers[layer + 1].contains { nodes[$0].isBox }
        let head = hasHeads ? Metrics.headMargin : Metrics.trackMargin - 4
        guard let last = rows.max() else { return hasHeads ? Metrics.layerGap : 20 }
        for (track, row) in zip(tracks, rows) {
            for segment in track.segments {
                segments[segment].track = top + Metrics.trackMargin + row * Metrics.trackGap
            }
        }
        return Metrics.trackMargin + last * Metrics.trackGap + head
    }

    private struct PortKey: Hashable {
        let node: Int
        let offset: Int
        let isCatch: Bool
    }

    /// The lines below a layer that are not straight: those of a port that several leave by are
    /// one, and of the rest those to the same port.
    private mutating func tracks(below layer: Int) -> [Track] {
        var leaving: [PortKey: Int] = [:]
        for node in layers[layer] {
            for place in below[node] { leaving[upperKey(place), default: 0] += 1 }
        }
        var places: [PortKey: Int] = [:]
        var tracks: [Track] = []
        for node in layers[layer] {
            for segment in below[node] {
                work += 1
                let ends = segments[segment]
                let upper = nodes[ends.upper].x + upperOffset(segment)
                let lower = nodes[ends.lower].x + lowerOffset(segment)
                let isFan = leaving[upperKey(segment), default: 0] > 1
                guard upper != lower || isFan else { continue }
                let key = isFan ? upperKey(segment) : lowerKey(segment)
                let place = places[key] ?? tracks.count
                if place == tracks.count {
                    places[key] = place
                    tracks.append(Track())
                }
                tracks[place].segments.append(segment)
                if tracks[place].uppers.last != upper { tracks[place].uppers.append(upper) }
                if tracks[place].lowers.last != lower { tracks[place].lowers.append(lower) }
            }
        }
        return tracks.filter { $0.left != $0.right }
    }

    private func upperKey(_ segment: Int) -> PortKey {
        PortKey(
            node: segments[segment].upper,
            offset: upperOffset(segment),
            isCatch: segments[segment].isCatch
        )
    }

    private func lowerKey(_ segment: Int) -> PortKey {
        // Of another sign than those above, so that the two never meet.
        PortKey(
            node: -1 - segments[segment].lower,
            offset: lowerOffset(segment),
            isCatch: segments[segment].isCatch
        )
    }
}
