import ArgumentParser

/// Where the process begins.
@main
enum Program {
    static func main() async {
        StandardStreams.complete()
        // Before anything else: a signal that comes while a store is opened counts too.
        Signals.trap()
        await Sfnctl.main()
    }
}
