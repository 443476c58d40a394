/// A member as an object stores it.
///
/// A struct, since an array of tuples is freed by interpreting the tuple's type at run time.
struct JSONMember: Sendable {
    let key: String
    var value: JSONValue
}
