/// The id of an AWS history event: contiguous from 1 within an execution; 0 stands for "none" in
/// `previousEventId`.
public typealias EventID = Int64
