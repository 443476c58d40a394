/// One part of an analysed picture of a date or time.
enum DateTimePart {
    case literal(String)
    case marker(DateTimeMarker)
}
