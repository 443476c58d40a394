import Foundation
import StepwellIntegrations

/// Makes pixels of a drawing with a program that is installed: `rsvg-convert` or Chromium.
struct PNGConverter {
    /// What may be made, in bytes.
    private static let largestPicture = 256 << 20
    /// What both programs draw of, in pixels of either dimension.
    private static let longestSide = 16_384
    private static let patience = Duration.seconds(60)
    private static let browsers = ["chromium", "chromium-browser", "google-chrome"]

    private let path = ProcessInfo.processInfo.environment["PATH"] ?? ProgramSearch.standardPath
    private let folder = FileManager.default.currentDirectoryPath

    /// The PNG, at twice the drawing's size, or as large as can be.
    ///
    /// - Throws: `CommandFailure` when there is no such program, or it fails.
    func picture(of svg: String, width: Int, height: Int) async throws -> [UInt8] {
        if let program = program("rsvg-convert") {
            let zoom = Self.zoom(width, height)
            let arguments = ["--zoom", "\(zoom)", "--format", "png", "--unlimited"]
            return try await run(program, arguments, input: Array(svg.utf8)).output
        }
        if let program = Self.browsers.lazy.compactMap({ program($0) }).first {
            return try await shot(by: program, svg, width: width, height: height)
        }
        throw CommandFailure(
            .failed,
            "png needs rsvg-convert or Chromium, and neither is installed: "
                + "apt-get install librsvg2-bin; or use -o svg"
        )
    }

    private static func zoom(_ width: Int, _ height: Int) -> Double {
        min(2, Double(longestSide) / Double(max(width, height, 1)))
    }

    private func program(_ name: String) -> String? {
        ProgramSearch.file(of: name, path: path, folder: folder)
    }

    private func shot(
        by browser: String,
        _ svg: String,
        width: Int,
        height: Int
    ) async throws -> [UInt8] {
        let place = FileManager.default.temporaryDirectory
            .appendingPathComponent("sfnctl-graph-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let page = place.appendingPathComponent("graph.html")
        let picture = place.appendingPathComponent("graph.png")
        let text = "<!DOCTYPE html><meta charset=\"utf-8\"><body style=\"margin:0\">\(svg)"
        try Data(text.utf8).write(to: page)
        let zoom = Self.zoom(width, height)
        var arguments = [
            "--headless", "--disable-gpu", "--hide-scrollbars",
            "--force-device-scale-factor=\(zoom)", "--user-data-dir=\(place.path)/profile",
            "--window-size=\(width),\(height)",
            "--screenshot=\(picture.path)", page.absoluteString,
        ]
        // Chromium's own sandbox does not start for root.
        if getuid() == 0 { arguments.insert("--no-sandbox", at: 0) }
        _ = try await run(browser, arguments, input: nil)
        guard let data = FileManager.default.contents(atPath: picture.path) else {
            throw CommandFailure(.failed, "\(browser) made no picture")
        }
        return Array(data)
    }

    private func run(
        _ program: String,
        _ arguments: [String],
        input: [UInt8]?
    ) async throws -> GatheredRun {
        var launch = ProcessLaunch(
            program: program,
            arguments: arguments,
            environment: ProcessInfo.processInfo.environment,
            folder: folder
        )
        launch.input = input
        let run: GatheredRun
        do throws(LaunchFault) {
            run = try await GatheredRun.of(
                launch,
                limit: Self.largestPicture,
                grace: .seconds(2),
                timeout: Self.patience
            )
        } catch {
            throw CommandFailure(.failed, error.description)
        }
        guard run.end == .exited(0), !run.isCut, !run.isLate else {
            let said = String(decoding: run.errors.suffix(500), as: UTF8.self)
            let reason = run.isLate ? "it took more than a minute" : "\(run.end)"
            throw CommandFailure(.failed, "\(program) failed: \(reason)\n\(Terminal.plain(said))")
        }
        return run
    }
}
