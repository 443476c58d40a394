/// What RFC 8259 leaves to the parser, and what Stepwell does: one line for each `i_` file of
/// JSONTestSuite.
///
/// The rules behind the table:
/// - a number keeps its digits, however many and whatever its exponent, and is written again as it
///   was;
/// - a string holds Unicode scalars: bytes that are not UTF-8, and escapes that are half of a
///   surrogate pair, are refused and never replaced;
/// - the text is UTF-8 without a byte order mark;
/// - 512 levels of nesting are accepted.
enum OpenQuestions {
    struct Answer: Sendable {
        let file: String
        let outcome: Outcome

        init(_ file: String, _ outcome: Outcome) {
            self.file = file + ".json"
            self.outcome = outcome
        }
    }

    enum Outcome: Sendable {
        /// Accepted, and written again byte for byte.
        case keeps
        /// Refused with this reason at this byte.
        case refuses(String, at: Int)
    }

    private static let lone =
        "the escape is half of a surrogate pair, which is no character on its own"
    private static let mark =
        "the text starts with a byte order mark; it has to start with a value"

    private static func notUTF8(_ byte: String, at offset: Int) -> Outcome {
        .refuses("byte 0x\(byte) is not UTF-8 here", at: offset)
    }

    static let answers: [Answer] = numbers + surrogates + encodings + structures

    private static let numbers: [Answer] = [
        Answer("i_number_double_huge_neg_exp", .keeps),
        Answer("i_number_huge_exp", .keeps),
        Answer("i_number_neg_int_huge_exp", .keeps),
        Answer("i_number_pos_double_huge_exp", .keeps),
        Answer("i_number_real_neg_overflow", .keeps),
        Answer("i_number_real_pos_overflow", .keeps),
        Answer("i_number_real_underflow", .keeps),
        Answer("i_number_too_big_neg_int", .keeps),
        Answer("i_number_too_big_pos_int", .keeps),
        Answer("i_number_very_big_negative_int", .keeps),
    ]

    private static let surrogates: [Answer] = [
        Answer("i_object_key_lone_2nd_surrogate", .refuses(lone, at: 2)),
        Answer("i_string_1st_surrogate_but_2nd_missing", .refuses(lone, at: 2)),
        Answer("i_string_1st_valid_surrogate_2nd_invalid", .refuses(lone, at: 2)),
        Answer("i_string_incomplete_surrogate_and_escape_valid", .refuses(lone, at: 2)),
        Answer("i_string_incomplete_surrogate_pair", .refuses(lone, at: 2)),
        Answer("i_string_incomplete_surrogates_escape_valid", .refuses(lone, at: 2)),
        Answer("i_string_invalid_lonely_surrogate", .refuses(lone, at: 2)),
        Answer("i_string_invalid_surrogate", .refuses(lone, at: 2)),
        Answer("i_string_inverted_surrogates_U+1D11E", .refuses(lone, at: 2)),
        Answer("i_string_lone_second_surrogate", .refuses(lone, at: 2)),
    ]

    private static let encodings: [Answer] = [
        Answer("i_string_UTF-8_invalid_sequence", notUTF8("FA", at: 7)),
        Answer("i_string_UTF8_surrogate_U+D800", notUTF8("ED", at: 2)),
        Answer("i_string_invalid_utf-8", notUTF8("FF", at: 2)),
        Answer("i_string_iso_latin_1", notUTF8("E9", at: 2)),
        Answer("i_string_lone_utf8_continuation_byte", notUTF8("81", at: 2)),
        Answer("i_string_not_in_unicode_range", notUTF8("F4", at: 2)),
        Answer("i_string_overlong_sequence_2_bytes", notUTF8("C0", at: 2)),
        Answer("i_string_overlong_sequence_6_bytes", notUTF8("FC", at: 2)),
        Answer("i_string_overlong_sequence_6_bytes_null", notUTF8("FC", at: 2)),
        Answer("i_string_truncated-utf-8", notUTF8("E0", at: 2)),
        Answer(
            "i_string_UTF-16LE_with_BOM",
            .refuses("unexpected byte 0xFF, expected a value", at: 0)
        ),
        Answer(
            "i_string_utf16BE_no_BOM",
            .refuses("unexpected control character U+0000, expected a value", at: 0)
        ),
        Answer(
            "i_string_utf16LE_no_BOM",
            .refuses("unexpected control character U+0000, expected a value", at: 1)
        ),
        Answer("i_structure_UTF-8_BOM_empty_object", .refuses(mark, at: 0)),
    ]

    private static let structures: [Answer] = [
        Answer("i_structure_500_nested_arrays", .keeps)
    ]
}
