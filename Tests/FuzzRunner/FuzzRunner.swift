// The executable that libFuzzer drives. It is part of the package only when STEPWELL_FUZZ is set,
// because every module has to be built with `--sanitize=fuzzer`; see Tools/fuzz.
import FuzzTargets
import Glibc

private let target: FuzzTarget? = {
    guard let name = getenv("STEPWELL_FUZZ_TARGET") else { return nil }
    return FuzzTarget.named(String(cString: name))
}()

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let target else {
        preconditionFailure("STEPWELL_FUZZ_TARGET names no target")
    }
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let complaint = target.complaint(bytes) {
        preconditionFailure(complaint)
    }
    return 0
}
