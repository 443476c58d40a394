import NIOCore
import NIOPosix

extension FunctionPlan {
    /// Whether the runtime is there, as far as that can be told without running the function.
    ///
    /// - Throws: `FunctionProblem` with the command that installs what is missing.
    func check() async throws(FunctionProblem) {
        let name = program.split(separator: "/").last.map(String.init) ?? program
        guard name.hasPrefix("python"), arguments.starts(with: ["-m", "awslambdaric"]) else {
            return
        }
        let probe = "import importlib.util as u, sys; sys.exit(not u.find_spec('awslambdaric'))"
        let launch = ProcessLaunch(
            program: program,
            arguments: ["-c", probe],
            environment: environment,
            folder: settings.directory
        )
        do {
            let group = try ProcessGroup(launch)
            let drain = PipeReader.start(
                group.output,
                on: MultiThreadedEventLoopGroup.singleton.next()
            ) { _ in }
            let watch = Task {
                try await Task.sleep(for: .seconds(20))
                group.terminate()
            }
            let end = await group.end()
            watch.cancel()
            _ = try? await drain.get()
            guard end != .exited(0) else { return }
        } catch {
            throw FunctionProblem("the function '\(settings.name)' cannot be hosted: \(error)")
        }
        throw FunctionProblem(
            "the function '\(settings.name)' cannot be hosted: \(program) has no runtime client "
                + "for it; run: \(program) -m pip install awslambdaric"
        )
    }
}
