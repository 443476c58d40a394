import Foundation
import Stepwell

/// The order fulfilment in one process: the engine embedded, the workers as tasks beside it.
///
///     OrderFulfilment DATA-DIRECTORY DEFINITION ORDERS
///
/// `Tools/quickstart` runs the same definition on a server with workers in processes of their own.
/// Run it twice on one directory, or kill it in between: orders are started by name, once.
@main
struct OrderFulfilment {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 else {
            FileHandle.standardError.write(
                Data("usage: OrderFulfilment DATA-DIRECTORY DEFINITION ORDERS\n".utf8)
            )
            exit(64)
        }
        let orders = try JSONDecoder().decode(
            [Order].self,
            from: Data(contentsOf: URL(filePath: arguments[3]))
        )
        let engine = try await WorkflowEngine.open(at: arguments[1])
        engine.resume()
        let shop = Shop(engine: engine)
        try await shop.createActivities()
        try await engine.deployStateMachine(
            "OrderFulfilment",
            definition: .file(arguments[2])
        )
        await withTaskGroup(of: Void.self) { workers in
            shop.open(in: &workers)
            for line in await shop.fulfil(orders) { print(line) }
            workers.cancelAll()
        }
        await engine.shutdown()
    }
}
