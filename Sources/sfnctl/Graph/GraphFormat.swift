import ArgumentParser

/// What a graph is written as.
enum GraphFormat: String, ExpressibleByArgument, CaseIterable {
    case svg
    case png
    case mermaid
    case dot
}
