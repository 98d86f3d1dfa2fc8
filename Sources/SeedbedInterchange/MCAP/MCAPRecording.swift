import MCAP
import Parquet
import ProtocolBuffers
import SeedbedDatasets

/// One MCAP file, read from beginning to end as often as somebody wants something of it.
struct MCAPRecording {
  let path: String

  /// Hands every message of a type that is read to `body`, in the file's order.
  ///
  /// - Parameter wanted: Topics; nil for all.
  /// - Returns: The channels and the metadata that the file has.
  @discardableResult
  func scan(
    _ k: Int?, wanted: Set<String>? = nil,
    _ body: (String, UInt64, MCAPContent) throws(DatasetError) -> Void
  ) throws(DatasetError) -> (channels: [MCAPChannel], metadata: [String: [String: String]]) {
    var reader: MCAPReader
    do throws(MCAPError) {
      reader = try MCAPReader(path: path) { compression, bytes, size in
        compression == "zstd" ? Zstandard.content(of: bytes, size: size) : LZ4Frame.content(of: bytes, size: size)
      }
    } catch {
      throw DatasetError(error, episode: k)
    }
    var readers: [Int: (@Sendable ([UInt8]) throws(MessageReader.Failure) -> MCAPContent)?] = [:]
    while true {
      let message: MCAPReader.Message
      do throws(MCAPError) {
        guard let next = try reader.next() else { break }
        message = next
      } catch {
        throw DatasetError(error, episode: k)
      }
      let channel = reader.channels[message.channel]
      if let wanted, !wanted.contains(channel.topic) { continue }
      if readers[message.channel] == nil { readers[message.channel] = .some(MCAPContent.reader(channel)) }
      guard let read = readers[message.channel] ?? nil else { continue }
      let content: MCAPContent
      do throws(MessageReader.Failure) {
        content = try read(message.data)
      } catch {
        throw DatasetError(.damaged, path: path, episode: k, "a message of '\(channel.topic)' \(error.reason)")
      }
      try body(channel.topic, message.logTime, content)
    }
    return (reader.channels, Dictionary(reader.metadata.map { ($0.name, $0.values) }) { first, _ in first })
  }

  /// Channels and metadata alone.
  func heads() throws(DatasetError) -> (channels: [MCAPChannel], metadata: [String: [String: String]]) {
    try scan(nil, wanted: []) { _, _, _ in }
  }
}
