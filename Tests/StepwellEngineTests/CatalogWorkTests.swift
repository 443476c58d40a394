import Glibc
import StepwellHistory
import Testing

@testable import StepwellEngine

/// What a change and a page of the catalog cost must not depend on how much there is.
///
/// Measured in the thread's own processor time, the best of several rounds; what it is compared
/// with is the same work on a small catalog, a hundred times smaller.
@Suite("The work that the catalog makes", .serialized)
struct CatalogWorkTests {
    private static let time = Timestamp(milliseconds: 1)

    private static func arn(_ number: Int) -> String {
        "arn:aws:states:us-east-1:000000000000:stateMachine:machine-\(number * 7_919 % 100_003)"
    }

    private static func creation(_ number: Int) -> CatalogRecord {
        CatalogSamples.creation(arn(number), "{\(number)}")
    }

    private static func catalog(of count: Int) -> Catalog {
        var catalog = CatalogSamples.empty
        for number in 0..<count {
            catalog.apply(creation(number), at: Ordinal(UInt64(number + 1)))
            let activity = ActivityDescription(
                activityARN: "arn:aws:states:us-east-1:000000000000:activity:a\(number)",
                name: "a\(number)",
                creationDate: time
            )
            catalog.apply(.activityCreated(activity, tags: []), at: Ordinal(1))
        }
        return catalog
    }

    /// The least processor time, in nanoseconds, that a piece of work took in 7 rounds.
    private static func cost(_ body: () -> Void) -> Int {
        (0..<7).map { _ in
            var (before, after) = (timespec(), timespec())
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before)
            body()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after)
            return (after.tv_sec - before.tv_sec) * 1_000_000_000 + after.tv_nsec - before.tv_nsec
        }.min() ?? 0
    }

    /// Creates, changes and deletes, each version held by a reply until the next.
    private static func changes(of catalog: Catalog) -> Int {
        cost {
            var catalog = catalog
            var held: [Catalog] = []
            for step in 0..<40 {
                let number = 100_000 + step
                let tags = [ResourceTag(key: "k", value: "\(step)")]
                for record in [
                    creation(number),
                    .resourceTagged(arn: arn(step), tags: tags, date: time),
                    .stateMachineDeleted(arn: arn(number), date: time),
                ] {
                    held = [catalog]
                    catalog.apply(record, at: Ordinal(2))
                }
            }
            withExtendedLifetime(held) {}
        }
    }

    private static func pages(of catalog: Catalog) -> Int {
        cost {
            for step in 0..<40 {
                let found = catalog.stateMachines(after: arn(step), limit: 5)
                #expect(found.count <= 5)
                _ = catalog.activities(
                    after: "arn:aws:states:us-east-1:000000000000:activity:a\(step)",
                    limit: 5
                )
            }
        }
    }

    @Test("grows no faster than the logarithm of their number")
    func scales() {
        let small = Self.catalog(of: 100)
        let (changes, pages) = (Self.changes(of: small), Self.pages(of: small))
        for count in [1_000, 10_000] {
            let large = Self.catalog(of: count)
            #expect(Self.changes(of: large) < 4 * changes)
            #expect(Self.pages(of: large) < 4 * pages)
        }
    }
}
