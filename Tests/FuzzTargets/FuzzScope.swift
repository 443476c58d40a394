import StepwellIntrinsics
import StepwellJSON
import StepwellJSONPath

/// The document under every root: `$`, `$$` and the variable `$v`.
struct FuzzScope: PathScope {
    let input: JSONValue
    var context: JSONValue { input }

    func variable(_ name: String) -> JSONValue? {
        name.utf8.elementsEqual("v".utf8) ? input : nil
    }
}

/// Draws that are always the same.
struct FuzzEntropy: IntrinsicEntropy {
    mutating func uuid() -> String { "00000000-0000-4000-8000-000000000000" }
    mutating func random(in range: Range<Int64>, seed: Int64?) -> Int64 { range.lowerBound }
}
