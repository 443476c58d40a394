/// How much work a benchmark puts into its figures.
enum Effort: Sendable {
    /// A look whether it works, in a second or so.
    case quick
    /// Figures to rely on.
    case full

    /// The rounds whose median counts.
    var rounds: Int {
        switch self {
        case .quick: 5
        case .full: 25
        }
    }

    /// How long one round should last at least.
    var roundLength: Duration {
        switch self {
        case .quick: .milliseconds(10)
        case .full: .milliseconds(40)
        }
    }
}
