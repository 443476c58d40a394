internal import CLMDB

/// Memory that was freed and that the C library keeps for later.
package enum FreeMemory {
    /// Gives it back to the system; takes milliseconds when there is much of it.
    package static func giveBack() {
        malloc_trim(0)
    }
}
