/// The colours of a drawing.
package enum GraphTheme: String, Sendable, CaseIterable {
    /// Light or dark as the reader's screen is.
    case auto
    case light
    case dark
}
