/// The layout of a scope by itself, its upper left corner at zero.
struct Drawing {
    var size = GraphSize(width: 0, height: 0)
    var boxes: [GraphBox] = []
    var regions: [GraphRegion] = []
    var edges: [GraphEdge] = []
    var work = 0

    /// Moves everything.
    mutating func move(by offset: GraphPoint) {
        guard offset.x != 0 || offset.y != 0 else { return }
        for place in boxes.indices {
            boxes[place].frame = boxes[place].frame.moved(by: offset)
            boxes[place].header = boxes[place].header?.moved(by: offset)
        }
        for place in regions.indices {
            regions[place].frame = regions[place].frame.moved(by: offset)
        }
        for place in edges.indices {
            for corner in edges[place].points.indices {
                edges[place].points[corner] = edges[place].points[corner].moved(by: offset)
            }
            if let frame = edges[place].label?.frame {
                edges[place].label?.frame = frame.moved(by: offset)
            }
        }
    }

    /// Takes in all of another one, which was moved to where it is wanted.
    mutating func add(_ other: Drawing) {
        boxes += other.boxes
        regions += other.regions
        edges += other.edges
        work += other.work
    }
}
