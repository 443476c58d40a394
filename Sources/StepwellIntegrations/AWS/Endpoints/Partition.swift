/// A part of AWS with names and accounts of its own.
struct Partition: Sendable {
    /// As in ARNs.
    let name: String
    let dnsSuffix: String
    /// Where global services are signed for.
    let globalRegion: String

    private static let table: [(prefix: String, partition: Partition)] = [
        (
            "cn-",
            Partition(name: "aws-cn", dnsSuffix: "amazonaws.com.cn", globalRegion: "cn-north-1")
        ),
        (
            "us-gov-",
            Partition(name: "aws-us-gov", dnsSuffix: "amazonaws.com", globalRegion: "us-gov-west-1")
        ),
        (
            "us-isob-",
            Partition(name: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov", globalRegion: "us-isob-east-1")
        ),
        (
            "us-iso-",
            Partition(name: "aws-iso", dnsSuffix: "c2s.ic.gov", globalRegion: "us-iso-east-1")
        ),
    ]

    private static let standard = Partition(
        name: "aws",
        dnsSuffix: "amazonaws.com",
        globalRegion: "us-east-1"
    )

    /// The partition of a region.
    static func of(_ region: String) -> Partition {
        table.first { region.hasPrefix($0.prefix) }?.partition ?? standard
    }
}
