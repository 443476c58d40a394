/// What takes room in a layer: a box with the loops at its sides, a label, or a line that passes.
struct LayeredNode {
    /// What it is.
    enum Role: Hashable {
        /// The item at a place of the scope.
        case box(Int)
        /// What stands on the edge at a place.
        case label(Int)
        /// A line on its way through the layer.
        case lane
    }

    let role: Role
    /// Pixels across the layers' direction, loops included.
    var width: Int
    /// Pixels along it.
    var height: Int
    var layer = 0
    /// The place in its layer.
    var order = 0
    /// The left side, once it is known.
    var x = 0
    /// The upper side, once it is known.
    var y = 0
    /// Pixels from the left side to the box itself, and the box's own width.
    var boxOffset = 0
    var boxWidth: Int
    /// Pixels from the middle of the box to where Catch edges enter above and leave below.
    var caughtAbove = 0
    var caughtBelow = 0
    /// The segment by which a lane goes on to where its edges lead; nil otherwise.
    var onward: Int?

    init(role: Role, size: GraphSize) {
        self.role = role
        width = size.width
        height = size.height
        boxWidth = size.width
    }

    var isBox: Bool {
        if case .box = role { true } else { false }
    }

    var isLane: Bool { role == .lane }
}
