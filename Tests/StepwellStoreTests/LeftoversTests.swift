import Dispatch
import Foundation
import Synchronization
import Testing

@testable import StepwellStore

/// What runs were made of is freed beside the commits.
@Suite("Leftovers of runs")
struct LeftoversTests {
    /// Notes on which thread it was freed.
    private final class Probe: Sendable {
        let place: Place

        init(_ place: Place) {
            self.place = place
        }

        deinit { place.note() }
    }

    private final class Place: Sendable {
        private let thread = Mutex<pthread_t?>(nil)
        private let isKnown = DispatchSemaphore(value: 0)

        func note() {
            thread.withLock { $0 = pthread_self() }
            isKnown.signal()
        }

        /// Whether it is the thread that asks; waits until it is known.
        func isHere() -> Bool {
            isKnown.wait()
            return thread.withLock { $0 == pthread_self() }
        }
    }

    private func freesHere(inBackground: Bool) -> Bool {
        let place = Place()
        var leftovers = Leftovers()
        leftovers.keep(Probe(place))
        leftovers.letGo(inBackground: inBackground)
        return place.isHere()
    }

    @Test("They are freed by another thread, or where they are let go of in a simulation")
    func freedElsewhere() {
        #expect(!freesHere(inBackground: true))
        #expect(freesHere(inBackground: false))
    }
}
