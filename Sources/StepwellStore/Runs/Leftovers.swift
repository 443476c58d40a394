import Dispatch
import StepwellLMDB
import Synchronization

/// What a run was made of, until it is let go of: a flush leaves an entry of every execution that
/// changed, and freeing hundreds of thousands of them takes longer than a commit may.
struct Leftovers {
    private var held: [any Sendable] = []

    /// Keeps something, so that whoever else lets go of it frees nothing.
    mutating func keep(_ content: some Sendable) { held.append(content) }

    /// Frees what is kept beside the caller, and gives the memory back to the system; here when it
    /// is not to be done in the background.
    ///
    /// Nobody else may hold it any more, or the last of them frees it after all.
    mutating func letGo(inBackground: Bool) {
        guard !held.isEmpty else { return }
        let bag = Bag(held)
        held = []
        guard inBackground else { return bag.empty() }
        DispatchQueue.global(qos: .background).async {
            bag.empty()
            FreeMemory.giveBack()
        }
    }

    /// Frees its content where it is emptied, whoever holds the bag.
    private final class Bag: Sendable {
        private let content: Mutex<[any Sendable]>

        init(_ content: [any Sendable]) {
            self.content = Mutex(content)
        }

        func empty() {
            let content = content.withLock { content in
                defer { content = [] }
                return content
            }
            withExtendedLifetime(content) {}
        }
    }
}
