import ArgumentParser
import StepwellJSONata

/// Whose JSONata `sfnctl eval` speaks.
enum EvalProfile: String, ExpressibleByArgument, CaseIterable {
    /// The reference's.
    case full
    /// AWS's.
    case aws

    /// The engine's name for it.
    var profile: JSONataProfile {
        switch self {
        case .full: .full
        case .aws: .aws
        }
    }
}
