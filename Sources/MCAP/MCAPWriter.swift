import Checksum
import Files

/// Writes an MCAP file: messages in chunks with their indices, metadata, and a summary at the end.
///
/// The bytes depend on what is written alone. Memory holds one chunk. A file that was not finished lacks its summary.
public struct MCAPWriter: ~Copyable, Sendable {
  /// Bytes that a chunk may grow to before it is written.
  private static let chunkBytes = 1 << 22

  public let path: String
  private var file: WritableFile
  private let compress: @Sendable ([UInt8]) -> [UInt8]?
  private var position: Int { file.size }

  private var schemas: [MCAPSchema] = []
  private var channels: [MCAPChannel] = []
  private var counts: [UInt64] = []
  private var chunk: [UInt8] = []
  private var index: [[(time: UInt64, offset: UInt64)]] = []
  /// Records of the summary.
  private var chunks: [UInt8] = []
  private var metadata: [UInt8] = []
  private var chunkCount: UInt32 = 0, metadataCount: UInt32 = 0
  private var span: ClosedRange<UInt64>?

  /// - Parameter compress: Makes a frame of zstd out of a chunk; a chunk that it gives nil for is stored as it is.
  public init(
    path: String, library: String, compress: @escaping @Sendable ([UInt8]) -> [UInt8]?
  ) throws(MCAPError) {
    var header = RecordContent()
    header.text("")
    header.text(library)
    var file = try MCAPError.telling { () throws(FileFailure) in try WritableFile(path: path) }
    do throws(FileFailure) {
      try file.write(Opcode.magic + header.record(Opcode.header))
    } catch {
      throw MCAPError(error)
    }
    self.file = file
    self.path = path
    self.compress = compress
  }

  /// Adds a channel; messages refer to it by the number that this gives.
  public mutating func add(_ channel: MCAPChannel) -> Int {
    if let schema = channel.schema, !schemas.contains(schema) {
      schemas.append(schema)
      chunk += self.schema(schemas.count - 1)
    }
    channels.append(channel)
    counts.append(0)
    index.append([])
    chunk += self.channel(channels.count - 1)
    return channels.count - 1
  }

  /// Adds a message. Times are nanoseconds.
  public mutating func add(_ message: [UInt8], to channel: Int, time: UInt64) throws(MCAPError) {
    index[channel].append((time, UInt64(chunk.count)))
    var record = RecordContent()
    record.number(UInt16(channel))
    record.number(UInt32(truncatingIfNeeded: counts[channel]))
    record.number(time)
    record.number(time)
    record.data(message)
    chunk += record.record(Opcode.message)
    counts[channel] += 1
    span = min(span?.lowerBound ?? time, time)...max(span?.upperBound ?? time, time)
    if chunk.count >= MCAPWriter.chunkBytes { try endChunk() }
  }

  /// Adds texts under a name.
  public mutating func addMetadata(_ name: String, _ values: [String: String]) throws(MCAPError) {
    try endChunk()
    var content = RecordContent()
    content.text(name)
    content.map(values)
    let record = content.record(Opcode.metadata)
    var entry = RecordContent()
    entry.number(UInt64(position))
    entry.number(UInt64(record.count))
    entry.text(name)
    metadata += entry.record(Opcode.metadataIndex)
    metadataCount += 1
    try write(record)
  }

  /// Writes the summary, and all to the disk.
  public consuming func finish() throws(MCAPError) {
    try endChunk()
    var end = RecordContent()
    end.number(UInt32(0))
    try write(end.record(Opcode.dataEnd))
    let start = position
    var summary: [UInt8] = []
    var offsets: [UInt8] = []
    var described: [UInt8] = [], streams: [UInt8] = []
    for i in 0..<schemas.count { described += schema(i) }
    for i in 0..<channels.count { streams += channel(i) }
    let groups: [(UInt8, [UInt8])] = [
      (Opcode.schema, described), (Opcode.channel, streams), (Opcode.statistics, statistics()),
      (Opcode.chunkIndex, chunks), (Opcode.metadataIndex, metadata),
    ]
    for (opcode, group) in groups where !group.isEmpty {
      var offset = RecordContent()
      offset.number(opcode)
      offset.number(UInt64(start + summary.count))
      offset.number(UInt64(group.count))
      offsets += offset.record(Opcode.summaryOffset)
      summary += group
    }
    var footer = RecordContent()
    footer.number(UInt64(start))
    footer.number(UInt64(start + summary.count))
    // The checksum covers the footer up to itself, whose length counts the checksum.
    var head = RecordContent()
    head.number(Opcode.footer)
    head.number(UInt64(20))
    let checksum = CRC32.of(summary + offsets + head.bytes + footer.bytes, .ieee)
    footer.number(checksum)
    try write(summary + offsets + footer.record(Opcode.footer) + Opcode.magic)
    do throws(FileFailure) { try file.finish() } catch { throw MCAPError(error) }
  }

  private func schema(_ i: Int) -> [UInt8] {
    var content = RecordContent()
    content.number(UInt16(i + 1))
    content.text(schemas[i].name)
    content.text(schemas[i].encoding)
    content.number(UInt32(schemas[i].data.count))
    content.data(schemas[i].data)
    return content.record(Opcode.schema)
  }

  private func channel(_ i: Int) -> [UInt8] {
    var content = RecordContent()
    content.number(UInt16(i))
    content.number(UInt16(channels[i].schema.flatMap { schemas.firstIndex(of: $0) }.map { $0 + 1 } ?? 0))
    content.text(channels[i].topic)
    content.text(channels[i].messageEncoding)
    content.map(channels[i].metadata)
    return content.record(Opcode.channel)
  }

  private func statistics() -> [UInt8] {
    var content = RecordContent()
    content.number(counts.reduce(0, +))
    content.number(UInt16(schemas.count))
    content.number(UInt32(channels.count))
    content.number(UInt32(0))
    content.number(metadataCount)
    content.number(chunkCount)
    content.number(span?.lowerBound ?? 0)
    content.number(span?.upperBound ?? 0)
    content.number(UInt32(10 * counts.count))
    for (i, count) in counts.enumerated() {
      content.number(UInt16(i))
      content.number(count)
    }
    return content.record(Opcode.statistics)
  }

  private mutating func endChunk() throws(MCAPError) {
    if chunk.isEmpty { return }
    let packed = compress(chunk)
    let times = index.flatMap { $0.map(\.time) }
    let first = times.min() ?? 0, last = times.max() ?? 0
    var content = RecordContent()
    content.number(first)
    content.number(last)
    content.number(UInt64(chunk.count))
    content.number(CRC32.of(chunk, .ieee))
    content.text(packed == nil ? "" : "zstd")
    content.number(UInt64((packed ?? chunk).count))
    content.data(packed ?? chunk)
    let record = content.record(Opcode.chunk)
    let start = position
    try write(record)

    var places = RecordContent()
    let indexStart = position
    for (i, entries) in index.enumerated() where !entries.isEmpty {
      places.number(UInt16(i))
      places.number(UInt64(position))
      var content = RecordContent()
      content.number(UInt16(i))
      content.number(UInt32(16 * entries.count))
      for entry in entries {
        content.number(entry.time)
        content.number(entry.offset)
      }
      try write(content.record(Opcode.messageIndex))
    }
    var entry = RecordContent()
    entry.number(first)
    entry.number(last)
    entry.number(UInt64(start))
    entry.number(UInt64(record.count))
    entry.number(UInt32(places.bytes.count))
    entry.data(places.bytes)
    entry.number(UInt64(position - indexStart))
    entry.text(packed == nil ? "" : "zstd")
    entry.number(UInt64((packed ?? chunk).count))
    entry.number(UInt64(chunk.count))
    chunks += entry.record(Opcode.chunkIndex)
    chunkCount += 1
    chunk.removeAll(keepingCapacity: true)
    for i in index.indices { index[i].removeAll(keepingCapacity: true) }
  }

  private mutating func write(_ bytes: [UInt8]) throws(MCAPError) {
    do throws(FileFailure) { try file.write(bytes) } catch { throw MCAPError(error) }
  }
}
