import StepwellEngine

/// The items of one object, which are read one after another.
protocol ObjectItems: AnyObject {
    var name: ObjectName { get }

    /// Opens the object, at its beginning or where it was left: before anything else.
    func open() async throws(MapRunDataFault)

    /// The next item; nil at the end.
    func next() async throws(MapRunDataFault) -> ScannedItem?

    /// Where reading goes on behind the last item.
    var place: ItemCursor.Current { get }
}
