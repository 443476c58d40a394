import Foundation
import StepwellEngine
import StepwellServer
import Testing

@testable import StepwellConsole

@Suite("The console's files")
struct ConsoleFilesTests {
    @Test("Every file of the folder is part of the program, byte by byte")
    func embedded() throws {
        let root = URL(filePath: #filePath).appending(path: "../../..").standardized
        let folder = root.appending(path: "Sources/StepwellConsole/Resources")
        let source = EmbeddedAssetSource()
        var paths: [String] = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            let file = folder.appending(path: path)
            if try file.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true { continue }
            paths.append(path)
            #expect(
                source.bytes(of: path).map { Data($0) } == (try Data(contentsOf: file)),
                "\(path)"
            )
        }
        #expect(source.paths == paths.sorted())
    }

    @Test(
        "What is no file of the page is not found",
        arguments: ["/x", "/assets/", "/assets/..", "/assets/a\\b", "/assets/%41", "//", "/é"]
    )
    func strange(path: String) {
        let files = ConsoleFiles(Everything())
        let request = ServiceRequest(method: "GET", uri: "/console" + path)
        let error = #expect(throws: ServiceError.self) {
            try files.answer(request, Substring(path))
        }
        #expect(error?.code == "NotFound")
    }

    private struct Everything: AssetSource {
        func bytes(of path: String) -> [UInt8]? { [] }
    }
}
