import Digest
package import SeedbedEpisodes
import Video

/// What tells an episode from all others, and whole from damaged.
package struct EpisodeHashes: Sendable {
  /// What an episode is recognised by after other tools renumbered, merged or split the dataset: SHA-256 over the names
  /// and little-endian values of all number columns but `index`, `episode_index` and `task_index`, sorted by name.
  package var fingerprint: String
  /// SHA-256 of each camera's packets, one behind another; the cameras in the schema's order.
  package var videos: [(key: String, sha256: String)]

  /// - Parameter standard: The values of `FeatureSchema.standard`.
  init(schema: FeatureSchema, columns: [Column], standard: [Column], clips: [EncodedClip]) {
    let named =
      Array(zip(schema.features.map(\.name), columns)) + Array(zip(FeatureSchema.standard.map(\.name), standard))
    fingerprint = EpisodeHashes.fingerprint(named)
    videos = zip(schema.cameras, clips).map { ($0.key, EpisodeHashes.sha256($1)) }
  }

  init(fingerprint: String, videos: [(key: String, sha256: String)]) {
    self.fingerprint = fingerprint
    self.videos = videos
  }

  package static func fingerprint(_ named: [(String, Column)]) -> String {
    let renumbered: Set<String> = ["index", "episode_index", "task_index"]
    var hash = IncrementalSHA256()
    for (name, column) in named.filter({ !renumbered.contains($0.0) })
      .sorted(by: { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) })
    {
      if case .text = column { continue }
      Array(name.utf8).withUnsafeBytes { hash.update($0) }
      switch column {
      case .float32(let values): values.withUnsafeBytes { hash.update($0) }
      case .float64(let values): values.withUnsafeBytes { hash.update($0) }
      case .int64(let values): values.withUnsafeBytes { hash.update($0) }
      case .bool(let values): values.withUnsafeBytes { hash.update($0) }
      case .text: break
      }
    }
    return hex(hash.finish())
  }

  static func sha256(_ clip: EncodedClip) -> String {
    var hash = IncrementalSHA256()
    for packet in clip.packets { packet.bytes.withUnsafeBytes { hash.update($0) } }
    return hex(hash.finish())
  }
}
