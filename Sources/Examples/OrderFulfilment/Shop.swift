import Stepwell

/// The shop's side of the tasks, as typed workers of the activities that the definition names.
struct Shop: Sendable {
    let engine: WorkflowEngine

    private static let activities = [
        "request-approval", "charge-payment", "refund-payment", "reserve-stock", "release-stock",
        "pick-item", "ship-order",
    ]

    /// Creates the activities that the definition names; those that are there stay.
    func createActivities() async throws {
        for name in Self.activities { try await engine.createActivity(name) }
    }

    /// Starts a worker for each activity.
    func open(in workers: inout TaskGroup<Void>) {
        work(on: "request-approval", in: &workers) { (request: Approval) in
            guard request.total < 4_000 else {
                throw TaskError("ApprovalDenied", cause: "too large for one customer")
            }
            return ["approved": true]
        }
        work(on: "charge-payment", in: &workers) { (charge: Charge) in
            guard !charge.card.hasSuffix("0002") else {
                throw TaskError("CardDeclined", cause: "the card was declined")
            }
            return ["charged": true]
        }
        work(on: "refund-payment", in: &workers) { (refund: Refund) in
            ["refunded": refund.amount]
        }
        for activity in ["reserve-stock", "release-stock"] {
            work(on: activity, in: &workers) { (stock: Stock) in
                ["pieces": stock.items.reduce(0) { $0 + $1.quantity }]
            }
        }
        work(on: "pick-item", in: &workers) { (pick: Pick) in ["picked": pick.item.sku] }
        work(on: "ship-order", in: &workers) { (shipment: Shipment) in
            guard shipment.address != "nowhere" else {
                throw TaskError("NoSuchAddress", cause: "the carrier knows no such address")
            }
            return ["to": shipment.address]
        }
    }

    /// Starts every order, by name, hence once, and waits for all; a line for each.
    func fulfil(_ orders: [Order]) async -> [String] {
        await withTaskGroup(of: String.self) { group in
            for order in orders {
                group.addTask { await line(for: order) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted()
        }
    }

    private func line(for order: Order) async -> String {
        do {
            let closed = try await execution(of: order).waitUntilClosed()
            return "\(order.order)  \(closed.status.rawValue)  \(closed.failure?.error ?? "")"
        } catch {
            return "\(order.order)  \(error)"
        }
    }

    /// The order's execution, started now or in an earlier life of this program.
    private func execution(of order: Order) async throws -> Execution {
        try await engine.startOrAttach("OrderFulfilment", name: order.order, input: order)
    }

    /// Adds a worker that does the tasks of an activity one by one until it is cancelled.
    private func work<Input: Decodable & Sendable, Output: Encodable & Sendable>(
        on activity: String,
        in workers: inout TaskGroup<Void>,
        _ body: @escaping @Sendable (Input) throws -> Output
    ) {
        workers.addTask {
            do {
                try await engine.work(on: activity) { (task: ActivityWork<Input>) in
                    try body(task.input)
                }
            } catch {
                print("nobody works on \(activity) any more: \(error)")
            }
        }
    }

    private struct Approval: Decodable { var total: Int }
    private struct Charge: Decodable { var card: String }
    private struct Refund: Decodable { var amount: Int }
    private struct Stock: Decodable { var items: [Order.Item] }
    private struct Pick: Decodable { var item: Order.Item }
    private struct Shipment: Decodable { var address: String }
}
