package import StepwellHistory

/// Some spans of a timeline, and where the others begin.
package struct TimelinePage: Sendable {
    package var spans: [TimelineSpan] = []
    /// What `after` is for the page that follows; nil when there is none.
    package var next: EventID?
}
