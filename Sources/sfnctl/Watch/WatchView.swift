/// A page of `sfnctl watch`.
protocol WatchView {
    /// Looks at what there is now.
    mutating func refresh(from api: any ServiceAPI) async throws

    /// Does what a key asks for; the view that it leads to, if it leads to another.
    mutating func press(_ key: Key) -> (any WatchView)?

    /// The lines of the page, for so many lines of so many columns.
    func lines(in size: Screen.Size) -> [StyledLine]
}
