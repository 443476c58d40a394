/// A sequence of tokens that must not occur, and what to do instead.
private struct Ban {
    let pattern: [Substring]
    let fix: String

    init(_ pattern: String, _ fix: String) {
        self.pattern = pattern.split(separator: " ")
        self.fix = fix
    }
}

extension Rule {
    private static func violations(in file: SourceFile, of bans: [Ban]) -> [Violation] {
        file.tokens.indices.flatMap { index in
            bans.filter { file.reads($0.pattern, at: index) }.map {
                file.violation(
                    file.tokens[index].line,
                    "`\($0.pattern.joined())` is banned here",
                    fix: $0.fix
                )
            }
        }
    }

    /// What ends the process on a mistake is used nowhere.
    static let bannedEverywhere = Rule(
        "calls banned everywhere",
        perFile: { file in
            violations(
                in: file,
                of: [
                    Ban("try!", "handle the error or throw it on"),
                    Ban("as!", "use `as?` and say what happens otherwise"),
                    Ban("fatalError (", "throw an error, or use precondition() for a bug"),
                    Ban("wait ( until :", "it waits longer when the clock is set back"),
                ]
            )
        }
    )

    private static let time = "time is an input: take it as a parameter"
    private static let chance = "randomness is an input: draw it outside and record it"
    private static let synchronous = "the pure layers are synchronous: return an effect instead"

    /// The pure layers reach for no clock, chance, task, lock or locale.
    static let pureCalls = Rule(
        "calls banned in the pure layers",
        perFile: { file in
            guard file.isPure else { return [] }
            return violations(
                in: file,
                of: [
                    Ban("Date (", time), Ban("Date .", time), Ban("ContinuousClock", time),
                    Ban("SuspendingClock", time), Ban("DispatchTime", time),
                    Ban("clock_gettime", time), Ban("gettimeofday", time),
                    Ban("UUID (", chance), Ban("Int . random", chance),
                    Ban("UInt8 . random", chance),
                    Ban("UInt64 . random", chance), Ban("Double . random", chance),
                    Ban("Bool . random", chance),
                    Ban("randomElement", chance), Ban("shuffled (", chance),
                    Ban("shuffle (", chance), Ban("SystemRandomNumberGenerator", chance),
                    Ban("hashValue", "hashes differ from process to process: use a digest"),
                    Ban("Hasher (", "hashes differ from process to process: use a digest"),
                    Ban("Thread", synchronous), Ban("Task {", synchronous),
                    Ban("Task . detached", synchronous), Ban("Task . sleep", synchronous),
                    Ban("Task . yield", synchronous), Ban("async", synchronous),
                    Ban("await", synchronous), Ban("actor", synchronous),
                    Ban("Mutex", "the pure layers hold no locks: use a value"),
                    Ban("NSLock", "the pure layers hold no locks: use a value"),
                    Ban("Locale", "texts do not depend on the machine: format by hand"),
                    Ban("print (", "the pure layers write nowhere: return the text"),
                ]
            )
        }
    )

    private static let compiled =
        "expressions are compiled when a definition is: keep the compiled form in the model"

    /// The interpreter evaluates and never compiles.
    static let compiledOnce = Rule(
        "compiling while executing",
        perFile: { file in
            guard file.module == "StepwellInterpreter" else { return [] }
            return violations(
                in: file,
                of: [
                    Ban("JSONPath ( parsing", compiled), Ban("ReferencePath ( parsing", compiled),
                    Ban("PathExpression ( parsing", compiled),
                    Ban("IntrinsicCall ( parsing", compiled), Ban("StringPattern (", compiled),
                    Ban("StateExpression (", compiled), Ban("ErrorMatcher (", compiled),
                    Ban("DefinitionDecoder", compiled),
                ]
            )
        }
    )

    /// What the compiler cannot check is argued for where it stands.
    static let proofs = Rule(
        "proofs of safety",
        perFile: { file in
            let claims: [[Substring]] = [
                ["@", "unchecked", "Sendable"], ["nonisolated", "(", "unsafe", ")"],
            ]
            return file.tokens.indices.flatMap { index in
                claims.filter { file.reads($0, at: index) }.compactMap { claim in
                    let line = file.tokens[index].line
                    let explanation = file.explanation(of: line)
                    guard !explanation.contains("Safe:"), !explanation.contains("Sendable`: ")
                    else { return nil }
                    return file.violation(
                        line,
                        "`\(claim.joined())` without a proof",
                        fix: "say why it holds in a comment `// Safe: …` right above"
                    )
                }
            }
        }
    )
}
