import StepwellReplay

/// A story as far as it was told, with what telling it on needs.
struct ToldStory: Sendable {
    var story: ExecutionStory
    /// The payloads of the turns that were read last.
    var payloads = RecentPayloads()
    /// The bytes of the turns that it was told from.
    var logBytes = 0

    init(_ story: ExecutionStory) {
        self.story = story
    }

    /// About how many bytes it takes beside the payloads, which the stories of one execution share.
    var weight: Int {
        4_096 + 56 * story.events.count + 160 * (story.visits.count + story.parts.count)
            + 96 * story.branches.count
    }
}
