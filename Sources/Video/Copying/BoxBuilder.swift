/// Boxes of an MP4 file (ISO/IEC 14496-12), put together in memory.
struct BoxBuilder {
  private(set) var bytes: [UInt8] = []

  mutating func uint8(_ value: UInt8) { bytes.append(value) }
  mutating func uint16(_ value: Int) { append(UInt16(truncatingIfNeeded: value)) }
  mutating func uint32(_ value: Int) { append(UInt32(truncatingIfNeeded: value)) }
  mutating func uint64(_ value: Int) { append(UInt64(bitPattern: Int64(value))) }
  mutating func zeros(_ count: Int) { bytes += [UInt8](repeating: 0, count: count) }
  mutating func raw(_ more: [UInt8]) { bytes += more }
  mutating func text(_ text: StaticString) { text.withUTF8Buffer { bytes += $0 } }

  private mutating func append<T: FixedWidthInteger>(_ value: T) {
    withUnsafeBytes(of: value.bigEndian) { bytes += $0 }
  }

  /// A box; its length stands in front of what `content` adds.
  mutating func box(_ name: StaticString, _ content: (inout BoxBuilder) -> Void) {
    let start = bytes.count
    uint32(0)
    text(name)
    content(&self)
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: bytes.count - start).bigEndian) {
      for (i, byte) in $0.enumerated() { bytes[start + i] = byte }
    }
  }

  /// A box with a version and flags in front of its content.
  mutating func fullBox(
    _ name: StaticString, version: Int = 0, flags: Int = 0, _ content: (inout BoxBuilder) -> Void
  ) {
    box(name) { box in
      box.uint32(version << 24 | flags)
      content(&box)
    }
  }

  /// The rotation and scale of a picture that is shown as it is.
  mutating func identityMatrix() {
    for value in [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000] { uint32(value) }
  }
}
