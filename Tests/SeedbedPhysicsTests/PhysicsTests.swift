import Testing

/// All tests of this module, one after the other: one world lives at a time.
@Suite(.serialized) enum PhysicsTests {}
