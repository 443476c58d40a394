/// Where an engine has its mocked responses from: asked at every start and task of a test case, so
/// that a file may change while the engine runs.
package protocol MockSource: Sendable {
    /// The responses as they are now.
    var configuration: MockConfiguration { get }
    /// What to call the source in messages.
    var name: String { get }
}

/// Mocked responses that do not change.
package struct FixedMocks: MockSource {
    package let configuration: MockConfiguration
    package let name: String

    package init(_ configuration: MockConfiguration, name: String) {
        self.configuration = configuration
        self.name = name
    }
}
