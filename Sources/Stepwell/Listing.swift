/// What there is of something, read page by page while it is looked at.
///
/// ```swift
/// for try await execution in engine.executions(of: "orders", status: .failed) {
///     try await engine.execution(arn: execution.arn).redrive()
/// }
/// let newest = try await engine.executions(of: "orders").array(limit: 10)
/// ```
///
/// What is added or ends meanwhile may be in it or not; nothing is given twice.
public struct Listing<Element: Sendable>: AsyncSequence, Sendable {
    /// A page, and where the next one begins.
    struct Page: Sendable {
        var items: [Element]
        var next: (any Sendable)?
    }

    private let page: @Sendable ((any Sendable)?) async throws -> Page

    init(_ page: @escaping @Sendable ((any Sendable)?) async throws -> Page) {
        self.page = page
    }

    /// An iteration from the beginning.
    public func makeAsyncIterator() -> Iterator {
        Iterator(page: page)
    }

    /// The first of it, at most `limit`.
    public func array(limit: Int = .max) async throws -> [Element] {
        var found: [Element] = []
        guard limit > 0 else { return found }
        for try await element in self {
            found.append(element)
            if found.count == limit { break }
        }
        return found
    }

    /// Gives one element after the other.
    public struct Iterator: AsyncIteratorProtocol {
        private let page: @Sendable ((any Sendable)?) async throws -> Page
        private var items: ArraySlice<Element> = []
        private var next: (any Sendable)?
        private var isAtEnd = false

        init(page: @escaping @Sendable ((any Sendable)?) async throws -> Page) {
            self.page = page
        }

        /// The next element; nil after the last.
        ///
        /// - Throws: ``StepwellError``, when what is listed is not there or cannot be read;
        ///   `CancellationError`.
        public mutating func next() async throws -> Element? {
            while true {
                if let item = items.popFirst() { return item }
                guard !isAtEnd else { return nil }
                try Task.checkCancellation()
                let read = try await page(next)
                items = read.items[...]
                next = read.next
                isAtEnd = next == nil
            }
        }
    }
}
