import Digest
import SeedbedEpisodes

/// What an episode is recognised by after other tools renumbered, merged or split the dataset: SHA-256 over the names
/// and little-endian values of all number columns but `index`, `episode_index` and `task_index`, sorted by name.
func fingerprint(schema: FeatureSchema, columns: [Column], standard: [Column]) -> String {
  let renumbered: Set<String> = ["index", "episode_index", "task_index"]
  let named = zip(schema.features.map(\.name), columns) + zip(FeatureSchema.standard.map(\.name), standard)
  var bytes: [UInt8] = []
  for (name, column) in named.filter({ !renumbered.contains($0.0) })
    .sorted(by: { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) })
  {
    bytes += Array(name.utf8)
    switch column {
    case .float32(let values): values.withUnsafeBytes { bytes += $0 }
    case .int64(let values): values.withUnsafeBytes { bytes += $0 }
    case .bool(let values): bytes += values.map { $0 ? 1 : 0 }
    }
  }
  return sha256Hex(bytes)
}

private func + <A, B>(_ a: Zip2Sequence<[A], [B]>, _ b: Zip2Sequence<[A], [B]>) -> [(A, B)] { Array(a) + Array(b) }
