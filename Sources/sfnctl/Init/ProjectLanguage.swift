import ArgumentParser

/// What the functions of a project are written in.
enum ProjectLanguage: String, ExpressibleByArgument, CaseIterable {
    case python
    case node
    case swift
}
