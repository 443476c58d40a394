@main
struct OrderFulfilment {
    static func main() {}
}
