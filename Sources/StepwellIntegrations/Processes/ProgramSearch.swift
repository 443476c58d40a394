import Glibc

/// Where programs are.
package enum ProgramSearch {
    /// What is looked through when the environment says nothing.
    package static let standardPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// The file of a program; nil when there is none that can be run.
    ///
    /// Of a name with a slash it is the file itself, seen from a folder; of any other the first in
    /// a search path.
    package static func file(
        of program: String,
        path: String = standardPath,
        folder: String
    ) -> String? {
        guard !program.isEmpty else { return nil }
        if program.utf8.contains(UInt8(ascii: "/")) {
            let file = program.utf8.first == UInt8(ascii: "/") ? program : "\(folder)/\(program)"
            return isProgram(file) ? file : nil
        }
        let folders = path.utf8.split(separator: UInt8(ascii: ":"))
        return folders.lazy.map { "\(Substring($0))/\(program)" }.first(where: isProgram)
    }

    /// Whether there is a regular file that can be run.
    package static func isProgram(_ file: String) -> Bool {
        var status = stat()
        return stat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
            && access(file, X_OK) == 0
    }
}
