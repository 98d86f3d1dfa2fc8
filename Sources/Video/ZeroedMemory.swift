import Glibc

/// The C library's `memalign` for this process, with memory that holds zeros.
///
/// libx264 164, the only library here that calls it, reads some of its memory before it writes there: beyond the edges of small
/// pictures it compares what an earlier user of the memory left, and decides by it. Without this, one of some ten clips of
/// 96x96 pixels got other bytes in a process that had done other work before.
@_cdecl("memalign")
public func zeroedMemory(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? {
  guard let memory = aligned_alloc(alignment, size) else { return nil }
  memset(memory, 0, size)
  return memory
}
