import StepwellEngine
import StepwellHistory

/// A deterministic load of batches: starts, turns, timers, tasks, ends, snapshots; and of drops.
struct Workload {
    private var factory = TurnFactory()
    private var random: SeededGenerator
    private var running: [UInt64] = []
    private var closed: [UInt64] = []
    private(set) var started: UInt64 = 0

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// The next batch of about `size` turns.
    mutating func batch(_ size: Int = 6) -> AppendBatch {
        var batch = AppendBatch()
        for _ in 0..<size {
            if running.isEmpty || random.below(4) == 0 {
                started += 1
                running.append(started)
                batch.turns.append(factory.start(started, inputSize: random.below(600)))
                continue
            }
            let place = random.below(running.count)
            let number = running[place]
            switch random.below(6) {
            case 0:
                running.remove(at: place)
                closed.append(number)
                batch.turns.append(factory.end(number, .failed))
            case 1:
                let due = Int64(random.below(100_000))
                batch.turns.append(factory.turn(of: number, summary: .running(due: due)))
            case 2:
                batch.turns.append(factory.turn(of: number, summary: .running(tasks: 1)))
            default:
                batch.turns.append(factory.turn(of: number))
            }
            if random.below(8) == 0, let head = factory.heads[ExecutionNumber(number)] {
                let bytes = [UInt8](repeating: UInt8(number & 255), count: random.below(6000))
                batch.snapshots.append(
                    StoredSnapshot(
                        execution: head.execution,
                        ordinal: head.lastOrdinal,
                        bytes: bytes
                    )
                )
            }
        }
        return batch
    }

    /// Up to `count` closed executions, which are not heard of again.
    mutating func drop(_ count: Int) -> [ExecutionNumber] {
        (0..<min(count, closed.count)).map { _ in
            ExecutionNumber(closed.remove(at: random.below(closed.count)))
        }
    }
}

/// SplitMix64, so that a seed gives the same numbers for ever.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// A number from 0 to `limit - 1`.
    mutating func below(_ limit: Int) -> Int {
        Int(next() % UInt64(limit))
    }
}
