package import StepwellJSON

/// A path of names and non-negative indices that names one place, which can be written to
/// (ASL specification, "Reference Paths"): `ResultPath` and its like.
package struct ReferencePath: Sendable, Equatable {
    /// One step of the path.
    package enum Step: Sendable {
        /// The member of an object.
        case name(String)
        /// The item of an array, from 0.
        case index(Int)
    }

    /// The path as a path, to read with.
    package let path: JSONPath
    /// The steps below the root.
    package let steps: [Step]

    /// The path as it was written.
    package var text: String { path.text }

    /// Compiles `text`.
    ///
    /// - Throws: `JSONPathSyntaxError` when it is no path, starts from the context object or a
    ///   variable, or holds more than names and indices.
    package init(parsing text: String) throws(JSONPathSyntaxError) {
        let path = try JSONPath(parsing: text)
        guard path.root == .input else {
            throw JSONPathSyntaxError(reason: "a reference path starts with '$'", offset: 0)
        }
        var steps: [Step] = []
        for segment in path.segments {
            switch segment {
            case .child(let name): steps.append(.name(name))
            case .index(let index) where index >= 0: steps.append(.index(index))
            default:
                let reason = "a reference path has only names and indices, not \(segment.fragment)"
                throw JSONPathSyntaxError(reason: reason, offset: 0)
            }
        }
        self.path = path
        self.steps = steps
    }

    /// `input` with `value` at the place that the path names.
    ///
    /// Objects that are not there are made; what stands at the place is replaced.
    ///
    /// - Throws: `ReferencePathError` when a step needs an object where another value stands, or
    ///   an item that the array has not.
    package func write(
        _ value: JSONValue,
        into input: JSONValue
    ) throws(ReferencePathError) -> JSONValue {
        var result = input
        try put(value, at: steps[...], in: &result)
        return result
    }

    private func put(
        _ value: JSONValue,
        at steps: ArraySlice<Step>,
        in target: inout JSONValue
    ) throws(ReferencePathError) {
        guard let step = steps.first else {
            target = value
            return
        }
        switch (step, target) {
        case (.name(let name), .object(var object)):
            var member = object[name] ?? .object(JSONObject())
            try put(value, at: steps.dropFirst(), in: &member)
            object[name] = member
            target = .object(object)
        case (.index(let index), .array(var items)) where items.indices.contains(index):
            try put(value, at: steps.dropFirst(), in: &items[index])
            target = .array(items)
        case (.name(let name), _):
            throw failure(at: steps, on: target, "'\(name)' needs an object there")
        case (.index(let index), .array):
            throw failure(at: steps, on: target, "the array there has no item \(index)")
        case (.index(let index), _):
            throw failure(at: steps, on: target, "item \(index) needs an array there")
        }
    }

    private func failure(
        at steps: ArraySlice<Step>,
        on target: JSONValue,
        _ reason: String
    ) -> ReferencePathError {
        let before = Array(path.segments[..<steps.startIndex]).bracketForm
        return ReferencePathError(
            reason: path.conflict(at: steps.startIndex, on: target),
            firstReason: "The reference path '\(text)' cannot be applied at \(before): \(reason)"
        )
    }

    /// Two paths are equal when they are spelled with the same bytes.
    package static func == (lhs: ReferencePath, rhs: ReferencePath) -> Bool {
        lhs.path == rhs.path
    }
}
