/// What converting a value to JSON may take, and how it is done.
struct JSONRoom {
    /// About how many bytes it may still be written with; below zero there was too little.
    var bytes: Int
    /// Whether a number that JSON has not is its name as text, as AWS has it; else it is null.
    var namesNonFinite = false
}
