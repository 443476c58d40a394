import Foundation

/// What a program is told of this process's environment: where programs are, where it may write,
/// how texts are encoded; never credentials.
package enum CleanEnvironment {
    /// The variables that are passed on.
    package static let names = ["PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ"]

    /// Those variables as this process has them, with defaults for what programs rely on.
    package static func variables(
        of environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> [String: String] {
        var variables = environment.filter { names.contains($0.key) }
        variables["PATH"] = variables["PATH"] ?? ProgramSearch.standardPath
        variables["HOME"] = variables["HOME"] ?? "/"
        variables["LANG"] = variables["LANG"] ?? "C.UTF-8"
        variables["TMPDIR"] = variables["TMPDIR"] ?? "/tmp"
        return variables
    }
}
