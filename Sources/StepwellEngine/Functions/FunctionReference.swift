/// What names a Lambda function (API reference, Invoke, `FunctionName`): a name, an ARN or part of
/// one, with or without a version or alias.
///
///     charge            charge:live
///     000000000000:function:charge
///     arn:aws:lambda:REGION:ACCOUNT:function:charge:7
package struct FunctionReference: Sendable, Hashable {
    /// The function's own name.
    package let name: String
    /// The version or alias; nil when none is named.
    package let qualifier: String?
    /// `arn:aws:lambda:REGION:ACCOUNT:function`, or as much of it as there is.
    private let prefix: String

    /// Takes a text apart; nil when it names no function.
    package init?(_ text: String) {
        let parts = text.utf8.split(
            separator: UInt8(ascii: ":"),
            omittingEmptySubsequences: false
        ).map { String(Substring($0)) }
        let length =
            if parts.count >= 7, parts[0] == "arn", parts[2] == "lambda", parts[5] == "function" {
                6
            } else if parts.count >= 3, parts[1] == "function" {
                2
            } else if parts.count >= 2, parts[0] == "function" {
                1
            } else {
                0
            }
        let rest = parts[length...]
        guard (1...2).contains(rest.count), rest.allSatisfy({ !$0.isEmpty }) else { return nil }
        prefix = parts[..<length].joined(separator: ":")
        name = parts[length]
        qualifier = rest.count == 2 ? parts[length + 1] : nil
    }

    /// Takes an ARN apart; nil when it is not a function's.
    package init?(arn: String) {
        guard arn.utf8.starts(with: "arn:".utf8) else { return nil }
        self.init(arn)
        guard !prefix.isEmpty else { return nil }
    }

    /// The same text without a version or alias.
    package var unqualified: String { prefix.isEmpty ? name : "\(prefix):\(name)" }

    /// The ARN of a function in a region and an account.
    package static func arn(
        _ name: String,
        qualifier: String? = nil,
        region: String,
        account: String
    ) -> String {
        let function = "function:\(name)" + (qualifier.map { ":\($0)" } ?? "")
        return Partition.arn("lambda", region: region, account: account, function)
    }
}
