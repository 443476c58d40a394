/// How large something is, in pixels.
package struct GraphSize: Sendable, Hashable {
    /// Pixels from left to right.
    package var width: Int
    /// Pixels from top to bottom.
    package var height: Int

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// Width and height exchanged.
    var transposed: GraphSize { GraphSize(width: height, height: width) }
}
