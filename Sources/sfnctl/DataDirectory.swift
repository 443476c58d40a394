import Foundation
import Glibc
import StepwellEngine
import StepwellHistory
import StepwellIntegrations
import StepwellStore

/// A data directory that is only read: beside a running server, or as a crash left it.
struct DataDirectory {
    let store: any EventStore
    let catalog: Catalog
    private let teller: StoryTeller

    /// Opens the directory; it has to be there.
    init(_ path: String) throws {
        try Self.check(path)
        store = try LMDBEventStore.open(directory: path, options: .readOnly)
        catalog = try CatalogReader.catalog(in: store)
        teller = StoryTeller(store: store)
    }

    /// Throws `CommandFailure` when there is no directory that can be read.
    static func check(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(
                .unusableDirectory,
                "\(path): there is no such data directory; sfnctl serve --data-dir \(path) "
                    + "creates it"
            )
        }
        guard access(path, R_OK | X_OK) == 0 else {
            let reason = String(cString: strerror(errno))
            throw CommandFailure(.unusableDirectory, "\(path): cannot be read: \(reason)")
        }
    }

    /// The execution that a reference means.
    func head(of reference: ExecutionReference) throws -> ExecutionHead {
        let found: ExecutionHead?
        switch reference {
        case .number(let number):
            found = try store.head(of: ExecutionNumber(number))
        case .arn(let machine, let name, _):
            found = try store.head(named: name, in: machine)
        case .name(let machine, let name, _):
            found = try store.head(named: name, in: try arn(ofStateMachine: machine))
        }
        guard let head = found, head.execution != .catalog else {
            throw CommandFailure(.failed, "there is no execution \(reference)")
        }
        return head
    }

    /// What can be seen of an execution.
    func views(of head: ExecutionHead) -> ExecutionViews {
        ExecutionViews(of: head, store: store, teller: teller, catalog: catalog)
    }

    /// How many executions there are at most.
    func highestNumber() throws -> UInt64 { try store.newest()?.rawValue ?? 0 }

    /// Every execution, in order of start.
    func eachHead(_ body: (ExecutionHead) throws -> Void) throws {
        guard let newest = try store.newest() else { return }
        var number: UInt64 = 1
        while number <= newest.rawValue {
            if let head = try store.head(of: ExecutionNumber(number)) {
                try body(head)
            }
            number += 1
        }
    }

    /// The ARN of the state machine with a name, when the name means one.
    private func arn(ofStateMachine name: String) throws -> String {
        let machines = catalog.stateMachines(limit: .max)
        let found = machines.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.arn)
        if found.count == 1 { return found[0] }
        throw CommandFailure(
            .failed,
            found.isEmpty
                ? "there is no state machine '\(name)'"
                    + NearName.suggestion(name, in: machines.map(\.name))
                : "several state machines are named '\(name)'; give the execution's ARN: "
                    + found.joined(separator: ", ")
        )
    }
}
