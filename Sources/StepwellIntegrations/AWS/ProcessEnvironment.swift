import Foundation

/// The variables of this process's environment.
package enum ProcessEnvironment {
    /// All variables as they are now.
    package static var current: [String: String] { ProcessInfo.processInfo.environment }
}
