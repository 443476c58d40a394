/// A part of AWS with names and accounts of its own: every region is in one, and every ARN says
/// in which its resource is.
///
/// Source: the partitions of AWS's endpoint rules (`partitions.json` of its SDKs), of which a
/// region's name tells them.
package struct Partition: Sendable, Hashable {
    /// As in ARNs.
    package let name: String
    /// What the names of its hosts end with.
    package let dnsSuffix: String
    /// Where global services are signed for.
    package let globalRegion: String

    /// How the names of its regions begin.
    private let prefix: String

    private static let table = [
        Partition(
            name: "aws-cn",
            dnsSuffix: "amazonaws.com.cn",
            globalRegion: "cn-north-1",
            prefix: "cn-"
        ),
        Partition(
            name: "aws-us-gov",
            dnsSuffix: "amazonaws.com",
            globalRegion: "us-gov-west-1",
            prefix: "us-gov-"
        ),
        Partition(
            name: "aws-eusc",
            dnsSuffix: "amazonaws.eu",
            globalRegion: "eusc-de-east-1",
            prefix: "eusc-"
        ),
        Partition(
            name: "aws-iso",
            dnsSuffix: "c2s.ic.gov",
            globalRegion: "us-iso-east-1",
            prefix: "us-iso-"
        ),
        Partition(
            name: "aws-iso-b",
            dnsSuffix: "sc2s.sgov.gov",
            globalRegion: "us-isob-east-1",
            prefix: "us-isob-"
        ),
        Partition(
            name: "aws-iso-e",
            dnsSuffix: "cloud.adc-e.uk",
            globalRegion: "eu-isoe-west-1",
            prefix: "eu-isoe-"
        ),
        Partition(
            name: "aws-iso-f",
            dnsSuffix: "csp.hci.ic.gov",
            globalRegion: "us-isof-south-1",
            prefix: "us-isof-"
        ),
    ]

    private static let standard = Partition(
        name: "aws",
        dnsSuffix: "amazonaws.com",
        globalRegion: "us-east-1",
        prefix: ""
    )

    /// The partition of a region; AWS's first for a region of a name of one's own.
    package static func of(_ region: String) -> Partition {
        table.first { region.utf8.starts(with: $0.prefix.utf8) } ?? standard
    }

    /// An ARN: its service, region and account, and what comes after them.
    ///
    /// `region` and `account` are as the service has them in ARNs, which some leave empty.
    package func arn(
        _ service: String,
        region: String = "",
        account: String = "",
        _ resource: String
    ) -> String {
        "arn:\(name):\(service):\(region):\(account):\(resource)"
    }

    /// The ARN of a resource in a region and an account.
    package static func arn(
        _ service: String,
        region: String,
        account: String,
        _ resource: String
    ) -> String {
        of(region).arn(service, region: region, account: account, resource)
    }

    /// The partition that an ARN names; AWS's first for what is no ARN.
    package static func name(in arn: String) -> String {
        let parts = arn.utf8.split(
            separator: UInt8(ascii: ":"),
            maxSplits: 2,
            omittingEmptySubsequences: false
        )
        guard parts.count == 3, parts[0].elementsEqual("arn".utf8), !parts[1].isEmpty else {
            return standard.name
        }
        return String(decoding: parts[1], as: UTF8.self)
    }
}
