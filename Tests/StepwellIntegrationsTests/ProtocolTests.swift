import StepwellJSON
import Testing

@testable import StepwellIntegrations

@Suite("Protocols of AWS services")
struct ProtocolTests {
    private static func request(
        _ service: String,
        _ action: String,
        _ parameters: JSONObject,
        _ change: (inout AWSCall) -> Void = { _ in }
    ) throws -> WireRequest {
        var call = AWSCall(service: service, action: action, parameters: parameters)
        change(&call)
        let (model, operation) = try ModelLibrary.builtIn()
            .operation(service: service, action: action)
        return try RequestWriter.write(call, model, operation)
    }

    private static func answer(
        _ service: String,
        _ action: String,
        _ answer: OutgoingAnswer
    ) throws -> AWSAnswer {
        let (model, operation) = try ModelLibrary.builtIn()
            .operation(service: service, action: action)
        return try AnswerReader(model: model, operation: operation).read(answer)
    }

    @Test("query: a form, maps as numbered entries")
    func query() throws {
        let request = try Self.request(
            "sns",
            "Publish",
            [
                "TopicArn": "arn:t", "Message": ["a": 1],
                "MessageAttributes": ["k": ["DataType": "String", "StringValue": "ü &"]],
            ]
        )
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "Action=Publish&Version=2010-03-31&TopicArn=arn%3At&Message=%7B%22a%22%3A1%7D"
                + "&MessageAttributes.entry.1.Name=k"
                + "&MessageAttributes.entry.1.Value.DataType=String"
                + "&MessageAttributes.entry.1.Value.StringValue=%C3%BC%20%26"
        )
    }

    @Test("What the model does not have is refused by AWS's words, a null is no value")
    func unsupported() throws {
        let fault = #expect(throws: AWSFault.self) {
            _ = try Self.request("sns", "Publish", ["Topic": "x"])
        }
        guard case .parameters(let text)? = fault else { Issue.record("\(fault as Any)"); return }
        #expect(text == "The field \"Topic\" is not supported by Step Functions")
        let request = try Self.request("sns", "Publish", ["TopicArn": nil as JSONValue? ?? .null])
        #expect(request.body.count == "Action=Publish&Version=2010-03-31".utf8.count)
        #expect(throws: AWSFault.self) {
            _ = try Self.request("lambda", "Invoke", ["payload": 1]) { $0.isStrict = true }
        }
    }

    @Test("rest-xml: path, query, headers, body")
    func restXML() throws {
        let put = try Self.request(
            "s3",
            "PutObject",
            [
                "Bucket": "b", "Key": "a/ü+.txt", "Metadata": ["x": "y"], "Body": ["v": 1],
                "ContentType": "text/plain", "BucketKeyEnabled": true,
            ]
        )
        #expect(put.method == "PUT")
        #expect(put.path == "/b/a/%C3%BC%2B.txt")
        #expect(put.header("x-amz-meta-x") == "y")
        #expect(put.header("content-type") == "text/plain")
        #expect(put.header("x-amz-server-side-encryption-bucket-key-enabled") == "true")
        #expect(String(decoding: put.body, as: UTF8.self) == #"{"v":1}"#)

        let complete = try Self.request(
            "s3",
            "CompleteMultipartUpload",
            [
                "Bucket": "b", "Key": "k", "UploadId": "u&1",
                "MultipartUpload": ["Parts": [["ETag": "<1>", "PartNumber": 1]]],
            ]
        )
        #expect(complete.queryText == "uploadId=u%261")
        #expect(
            String(decoding: complete.body, as: UTF8.self)
                == "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + "<Part><ETag>&lt;1&gt;</ETag>"
                + "<PartNumber>1</PartNumber></Part></CompleteMultipartUpload>"
        )
        let missing = #expect(throws: AWSFault.self) {
            _ = try Self.request("s3", "GetObject", ["Bucket": "b"])
        }
        guard case .parameters(let text)? = missing else { Issue.record("no fault"); return }
        #expect(text == "Parameter 'Key' must not be null or empty")
    }

    @Test("A text as the body is quoted for SDK integrations and plain otherwise")
    func bodies() throws {
        let parameters: JSONObject = ["Bucket": "b", "Key": "k", "Body": "text"]
        let plain = try Self.request("s3", "PutObject", parameters)
        #expect(plain.body == Array("text".utf8))
        let quoted = try Self.request("s3", "PutObject", parameters) { $0.quotesPayload = true }
        #expect(quoted.body == Array("\"text\"".utf8))
        let bytes = try Self.request("s3", "PutObject", ["Bucket": "b", "Key": "k"]) {
            $0.payload = [0, 255]
        }
        #expect(bytes.body == [0, 255])
    }

    @Test("Services whose members begin with small letters, maps untouched, tokens filled")
    func lowerCase() throws {
        let request = try Self.request(
            "emrcontainers",
            "StartJobRun",
            [
                "VirtualClusterId": "vc", "Name": "n",
                "Tags": ["Team": "X"],
                "ConfigurationOverrides": [
                    "ApplicationConfiguration": [
                        ["Classification": "c", "Properties": ["Spark.X": "1"]]
                    ]
                ],
            ]
        ) { $0.idempotencyKey = "key" }
        #expect(request.path == "/virtualclusters/vc/jobruns")
        let body = try JSONParser.parse(request.body)
        #expect(
            body == [
                "name": "n", "tags": ["Team": "X"],
                "configurationOverrides": [
                    "applicationConfiguration": [
                        ["classification": "c", "properties": ["Spark.X": "1"]]
                    ]
                ],
                "clientToken": .string(IdempotencyToken.uuid("key")),
            ]
        )
    }

    @Test("Answers: headers, XML lists, times, maps")
    func answers() throws {
        let object = try Self.answer(
            "s3",
            "GetObject",
            OutgoingAnswer(
                status: 200,
                headers: [
                    ("Content-Length", "2"), ("Last-Modified", "Wed, 02 Oct 2002 13:00:05 GMT"),
                    ("x-amz-meta-A", "b"), ("ETag", "\"e\""),
                ],
                body: Array("hi".utf8)
            )
        )
        #expect(
            JSONValue.object(object.output) == [
                "ContentLength": 2, "LastModified": "2002-10-02T13:00:05Z",
                "ETag": "\"e\"", "Metadata": ["a": "b"], "Body": "hi",
            ]
        )
        let listing = try Self.answer(
            "s3",
            "ListObjectsV2",
            OutgoingAnswer(
                status: 200,
                body: Array(
                    """
                    <?xml version="1.0"?>
                    <ListBucketResult xmlns="x"><IsTruncated>false</IsTruncated>
                    <Contents><Key>a&amp;b</Key><Size>12</Size>
                    <LastModified>2020-01-02T03:04:05.678Z</LastModified></Contents>
                    <Contents><Key><![CDATA[c<d]]></Key></Contents></ListBucketResult>
                    """.utf8
                )
            )
        )
        #expect(
            JSONValue.object(listing.output) == [
                "IsTruncated": false,
                "Contents": [
                    ["Key": "a&b", "LastModified": "2020-01-02T03:04:05.678Z", "Size": 12],
                    ["Key": "c<d"],
                ],
            ]
        )
        let task = try Self.answer(
            "ecs",
            "DescribeTasks",
            OutgoingAnswer(
                status: 200,
                body: Array(#"{"tasks":[{"createdAt":1600000000.5,"lastStatus":"RUNNING"}]}"#.utf8)
            )
        )
        #expect(
            JSONValue.object(task.output) == [
                "Tasks": [["CreatedAt": "2020-09-13T12:26:40.500Z", "LastStatus": "RUNNING"]]
            ]
        )
    }

    @Test("CBOR is written and read")
    func cbor() throws {
        var writer = CBORWriter()
        let member = { (name: String) in
            MemberShape(name: name, shape: "string", traits: ShapeTraits())
        }
        writer.write(
            .structure([
                (member("a"), .list(element: member(""), [.bool(true), .blob([1, 2])])),
                (member("n"), .number(-500, isSingle: false)),
                (member("d"), .number(1.5, isSingle: false)),
                (member("s"), .string("é")),
            ])
        )
        let value = CBORAnswerFormat.plain(try CBORReader.read(writer.bytes))
        #expect(value == ["a": [true, "AQI="], "n": -500, "d": 1.5, "s": "é"])
        for count in 0..<writer.bytes.count {
            #expect(throws: CBORReader.Fault.self) {
                _ = try CBORReader.read(Array(writer.bytes.prefix(count)))
            }
        }
        // Without lengths, and a time in half precision.
        let endless: [UInt8] = [0xBF, 0x61, 0x74, 0xC1, 0xF9, 0x3C, 0x00, 0xFF]
        #expect(CBORAnswerFormat.plain(try CBORReader.read(endless)) == ["t": 1.0])
    }

    @Test("XML that is none is refused, however deep or cut")
    func xml() {
        let texts = [
            "", "<a>", "<a></b>", "<a><b></a></b>", "<a x=1/>", "<a>&undefined;</a>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<a/><b/>", "<a x='1",
            String(repeating: "<a>", count: 5_000),
        ]
        for text in texts {
            #expect(throws: XMLReader.Fault.self, "\(text.prefix(40))") {
                _ = try XMLReader.read(Array(text.utf8))
            }
        }
    }

    @Test("Errors of every protocol: code without namespace, message, ids")
    func errors() throws {
        let cases: [(String, String, String)] = [
            (
                "dynamodb", "GetItem",
                ##"{"__type":"com.x#ResourceNotFoundException","Message":"m"}"##
            ),
            (
                "sns", "Publish",
                "<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code>"
                    + "<Message>m</Message></Error><RequestId>r</RequestId></ErrorResponse>"
            ),
            ("s3", "GetObject", "<Error><Code>NoSuchKey</Code><Message>m</Message></Error>"),
        ]
        let expected = ["ResourceNotFoundException", "NotFoundException", "NoSuchKey"]
        for (index, entry) in cases.enumerated() {
            let (model, operation) = try ModelLibrary.builtIn()
                .operation(service: entry.0, action: entry.1)
            let fault = ErrorReader(model: model, operation: operation).read(
                OutgoingAnswer(status: 400, body: Array(entry.2.utf8)),
                attempts: 1
            )
            #expect(fault.shape == expected[index])
            #expect(fault.message == "m")
        }
    }
}
