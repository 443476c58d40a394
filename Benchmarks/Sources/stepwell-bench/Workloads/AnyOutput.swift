/// An output that is waited for and not looked at.
struct AnyOutput: Decodable {
    init(from decoder: any Decoder) {}
}
