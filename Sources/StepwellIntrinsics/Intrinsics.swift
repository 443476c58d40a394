/// What the intrinsic functions do, by family.
enum Intrinsics {}
