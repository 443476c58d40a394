/// An order as the till writes it.
struct Order: Codable, Sendable {
    /// Its number, which names the execution.
    var order: String
    /// The number of the card that pays.
    var card: String
    /// Where the parcels go.
    var address: String
    /// Seconds until the carrier comes.
    var pickupInSeconds: Int
    /// What is ordered.
    var items: [Item]
    /// The sum of the items' prices.
    var total: Int

    private enum CodingKeys: String, CodingKey {
        case order, card, address, items, total
        case pickupInSeconds = "pickup_in_seconds"
    }

    /// One line of an order.
    struct Item: Codable, Sendable {
        /// What it is.
        var sku: String
        /// The price of one.
        var price: Int
        /// How many.
        var quantity: Int
        /// How often the picking arm jams over it.
        var jams: Int?
    }
}
