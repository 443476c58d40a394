import FuzzTargets
import Testing

@Suite("Fuzz targets")
struct FuzzTargetsTests {
    @Test("every seed and its mutations hold the properties", arguments: FuzzTarget.all.map(\.name))
    func seeds(name: String) throws {
        let target = try #require(FuzzTarget.named(name))
        var state: UInt64 = 0x2545_F491_4F6C_DD1D
        for seed in target.seeds {
            let bytes = Array(seed.utf8)
            #expect(target.complaint(bytes) == nil, "\(seed)")
            for _ in 0..<20 {
                var mutated = bytes
                for _ in 0..<3 {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    mutated[Int(state >> 33) % mutated.count] = UInt8(
                        truncatingIfNeeded: state >> 25
                    )
                }
                #expect(target.complaint(mutated) == nil, "\(mutated)")
            }
        }
    }

    @Test("an unknown name is no target")
    func unknown() {
        #expect(FuzzTarget.named("nothing") == nil)
    }
}
