import Testing

@testable import StepwellJSONata

/// Pictures, numbers and encodings against the reference's documented results.
struct PictureTests {
    static let moments: [(millis: Int64, picture: String?, zone: String?, text: String)] = [
        (1, nil, nil, "1970-01-01T00:00:00.001Z"),
        (-1, nil, nil, "1969-12-31T23:59:59.999Z"),
        (1_540_127_100_000, nil, "-0500", "2018-10-21T08:05:00.000-05:00"),
        // The reference rounds the hours of what is west of Greenwich down.
        (1_540_127_100_000, nil, "-0530", "2018-10-21T06:35:00.000-06:30"),
        (1_521_801_216_617, "[FNn,3-3], [D1o] [MNn,3-3] [Y] [C]", nil, "Fri, 23rd Mar 2018 ISO"),
        (1_483_272_000_000, "Week: [w] of [xNn]", nil, "Week: 5 of December"),
        (1_104_537_600_000, "[X0001]-W[W01]-[F1]", nil, "2004-W53-6"),
        (1_531_310_400_000, "[H01]:[m] [Z0] [z]", "-0500", "07:00 -5 GMT-05:00"),
    ]

    @Test("Moments are written by their pictures", arguments: moments)
    func moment(
        _ row: (millis: Int64, picture: String?, zone: String?, text: String)
    ) throws {
        let text = try DateTimePicture.format(
            millis: row.millis,
            picture: row.picture,
            timezone: row.zone
        )
        #expect(text == row.text)
    }

    static let texts: [(text: String, picture: String?, millis: Int64?)] = [
        ("2018", nil, 1_514_764_800_000),
        ("1970-01-01T00:00:00.001Z", nil, 1),
        ("20180205", "[Y0001][M01][D01]", 1_517_788_800_000),
        ("ae C mmxviii", "[Da] [MA] [Yi]", 1_522_454_400_000),
        ("twenty-seventh April 2008", "[Dw] [MNn] [Y0001]", 1_209_254_400_000),
        ("4/4/2018 12:06 am", "[D1]/[M1]/[Y0001] [h]:[m] [P]", 1_522_800_360_000),
        ("2018--180", "[Y]--[d]", 1_530_230_400_000),
        ("12:00 -05:30", "[H]:[m] [Z]", 63_000_000),
        ("x", "[Y]", nil),
    ]

    @Test("Moments are read by their pictures", arguments: texts)
    func reading(_ row: (text: String, picture: String?, millis: Int64?)) throws {
        #expect(try DateTimePicture.parse(row.text, picture: row.picture, now: 0) == row.millis)
    }

    @Test(
        "Pictures of dates are refused with the reference's codes",
        arguments: [
            ("[Y]-[M]-[q]", "D3132"), ("[M]-[D] [m]:[s]", "D3136"), ("[YN]", "D3133"),
            ("[Y", "D3135"),
        ]
    )
    func refusal(_ picture: String, _ code: String) {
        let error = #expect(throws: JSONataPictureError.self) {
            try DateTimePicture.parse("5-22 23:59", picture: picture, now: 0)
        }
        #expect(error?.code == code)
    }

    @Test(
        "Numbers are written by their pictures",
        arguments: [
            (12_345_678.9, "9,999.99", "12,345,678.90"), (0.14, "01%", "14%"),
            (1234.5678, "00.000e0", "12.346e2"), (0.234, ".00e0", ".23e0"),
            (1e20, "#,######", "100,000000,000000,000000"), (-5, "0.0;(0.0)", "(5.0)"),
            (-5, "#0", "-5"), (0, "0.0e0", "0.0e0"), (5, "#,#,##", "5"),
        ]
    )
    func number(_ value: Double, _ picture: String, _ text: String) throws {
        #expect(try NumberPicture.format(value, picture: picture) == text)
    }

    @Test(
        "Pictures of numbers are refused with the reference's codes",
        arguments: [
            ("#;#;#", "D3080"), ("#0%%", "D3082"), (".e0", "D3085"), ("‰‰", "D3086"),
            ("0.,0", "D3087"), ("0,", "D3088"), ("0,,0", "D3089"), ("0#", "D3090"),
            ("#0.#0e0", "D3091"), ("#0.0e0%", "D3092"), ("0e#", "D3093"),
        ]
    )
    func numberRefusal(_ picture: String, _ code: String) {
        let error = #expect(throws: JSONataPictureError.self) {
            try NumberPicture.format(20, picture: picture)
        }
        #expect(error?.code == code)
    }

    @Test(
        "Integers are written and read by their pictures",
        arguments: [
            (1984, "I", "MCMLXXXIV"), (99, "w", "ninety-nine"), (27, "a", "aa"),
            (1_000, "w;o", "one thousandth"), (112, "0;o", "112th"),
            (1_234_567_890, "#:###,##0", "1234:567,890"), (12_340, "###０", "１２３４０"),
            (555, "Ww", "Five Hundred and Fifty-Five"),
        ]
    )
    func integer(_ value: Double, _ picture: String, _ text: String) throws {
        #expect(try IntegerPicture.format(value, picture: picture) == text)
        #expect(try IntegerPicture.parse(text, picture: picture) == value)
    }

    @Test(
        "Numbers have the text of JavaScript",
        arguments: [
            (1e21, "1e+21"), (1e20, "100000000000000000000"), (1e-7, "1e-7"),
            (0.000001, "0.000001"), (-0.0, "0"), (0.1 + 0.2, "0.30000000000000004"),
        ]
    )
    func text(_ value: Double, _ text: String) {
        #expect(NumberText.string(value) == text)
    }

    @Test("Rounding is half to even, to 15 digits half up")
    func rounding() {
        #expect(NumberText.round(4.515, precision: 2) == 4.52)
        #expect(NumberText.round(12_450, precision: -2) == 12_400)
        #expect(NumberText.round(-0.5).sign == .plus)
        #expect(NumberText.rounded(toPrecision: 22.0 / 7) == 3.14285714285714)
        #expect(NumberText.rounded(toPrecision: 0.1 + 0.2) == 0.3)
    }

    @Test("Texts are encoded as the reference does")
    func encodings() throws {
        #expect(try URLText.encode("/?x=ш".utf16) == "/?x=%D1%88")
        #expect(try URLText.encodeComponent("?x=t".utf16) == "%3Fx%3Dt")
        #expect(try URLText.decode("%2F%D1%88".utf16) == Array("%2Fш".utf16))
        #expect(try URLText.decodeComponent("%2F%D1%88".utf16) == Array("/ш".utf16))
        #expect(throws: JSONataPictureError("D3140")) { try URLText.encode([0xD800]) }
        #expect(throws: JSONataPictureError("D3140")) { try URLText.decode("%E0%A4%A".utf16) }
        #expect(Base64Text.encode("héllo".utf16) == "aOlsbG8=")
        #expect(Base64Text.decode("aOlsbG8=".utf16) == "héllo")
        #expect(try BaseText.format(-100, radix: 2) == "-1100100")
        #expect(throws: JSONataPictureError("D3100", value: "37")) {
            try BaseText.format(100, radix: 37)
        }
    }
}
