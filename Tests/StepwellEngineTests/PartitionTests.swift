import Testing

@testable import StepwellEngine

@Suite("Partitions of ARNs")
struct PartitionTests {
    @Test(
        "A region's name tells its partition",
        arguments: [
            ("us-east-1", "aws", "amazonaws.com"), ("eu-central-2", "aws", "amazonaws.com"),
            ("cn-northwest-1", "aws-cn", "amazonaws.com.cn"),
            ("us-gov-east-1", "aws-us-gov", "amazonaws.com"),
            ("us-iso-west-1", "aws-iso", "c2s.ic.gov"),
            ("us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"),
            ("us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"),
            ("eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"),
            ("eusc-de-east-1", "aws-eusc", "amazonaws.eu"), ("local", "aws", "amazonaws.com"),
        ]
    )
    func regions(region: String, name: String, suffix: String) {
        let partition = Partition.of(region)
        #expect([partition.name, partition.dnsSuffix] == [name, suffix])
        #expect(Partition.of(partition.globalRegion) == partition)
    }

    @Test("ARNs are put together, and say their partition")
    func arns() {
        let arn = Partition.arn("sqs", region: "cn-north-1", account: "000000000000", "q")
        #expect(arn == "arn:aws-cn:sqs:cn-north-1:000000000000:q")
        #expect(Partition.of("eu-west-1").arn("s3", "b/k") == "arn:aws:s3:::b/k")
        #expect(Partition.name(in: arn) == "aws-cn")
        for text in ["", "arn", "arn:", "arn::x", "x:aws-cn:y"] {
            #expect(Partition.name(in: text) == "aws")
        }
    }
}
