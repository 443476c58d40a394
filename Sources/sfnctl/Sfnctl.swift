@main
struct Sfnctl {
    static func main() {}
}
