/// What is wrong with a service model's file.
struct ModelFault: Error {
    /// The problem, in words.
    let text: String

    init(_ text: String) {
        self.text = text
    }
}
