import SeedbedDatasets

/// Which shard of a folder of TensorFlow Datasets belongs to which split, by the names that it gives them:
/// `NAME-SPLIT.tfrecord-00000-of-00002`.
struct RLDSSplits {
  struct Shard {
    var name: String
    /// Empty where the name says none.
    var split: String
  }

  /// In the order train, validation, test, all others by name.
  let shards: [Shard]

  init(_ entries: [String]) {
    let names = entries.filter { $0.contains(".tfrecord") && !$0.hasSuffix(".json") && !$0.hasPrefix(".") }
    shards = names.map { Shard(name: $0, split: RLDSSplits.split($0)) }
      .sorted { (RLDSSplits.rank($0.split), $0.split, $0.name) < (RLDSSplits.rank($1.split), $1.split, $1.name) }
  }

  private static func split(_ name: String) -> String {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let stem = parts.prefix { !$0.hasPrefix("tfrecord") }.joined(separator: ".")
    return stem.lastIndex(of: "-").map { String(stem[stem.index(after: $0)...]) } ?? ""
  }

  private static func rank(_ split: String) -> Int {
    ["train": 0, "val": 1, "valid": 1, "validation": 1, "test": 2][split] ?? 3
  }

  /// The splits' names, each once.
  private var names: [String] {
    var names: [String] = []
    for shard in shards where names.last != shard.split { names.append(shard.split) }
    return names
  }

  /// The shards of a split; of nil all.
  func chosen(_ split: String?, path: String) throws(DatasetError) -> [Shard] {
    guard let split else { return shards }
    let chosen = shards.filter { $0.split == split }
    guard !chosen.isEmpty else {
      throw DatasetError(
        .invalid, path: path,
        "it has no split '\(split)'; it has \(names.joined(separator: ", ")). Give one of them to --split")
    }
    return chosen
  }

  /// Holds what was found against the shards' lengths that dataset_info.json names.
  func check(
    _ counts: [String: Int], _ info: JSONValue, _ wanted: String?, path: String
  ) throws(DatasetError) {
    var claims: [String: Int] = [:]
    for split in info["splits"]?.array ?? [] {
      let lengths = (split["shardLengths"]?.array ?? []).compactMap { $0.integer ?? $0.string.flatMap { Int($0) } }
      guard let name = split["name"]?.string, !lengths.isEmpty else { continue }
      claims[name, default: 0] &+= lengths.reduce(0) { $0 &+ $1 }
    }
    let lies = claims.filter { (wanted ?? $0.key) == $0.key && $0.value != counts[$0.key] ?? 0 }.keys.sorted()
    guard lies.isEmpty else {
      let texts = lies.map { "\(claims[$0] ?? 0) in '\($0)', where there are \(counts[$0] ?? 0)" }
      throw DatasetError(
        .damaged, path: path,
        "dataset_info.json counts episodes that are not there: \(texts.joined(separator: ", ")). Fetch the missing shards"
          + (names.count > 1 ? ", or take another split with --split" : ""))
    }
  }

  func remarks(_ counts: [String: Int], _ wanted: String?, isOurs: Bool) -> Remarks {
    var remarks = Remarks()
    let told = names.map { name in
      "\(name.isEmpty ? "without a name" : name) \(counts[name].map(String.init) ?? "not taken")"
    }
    if let wanted {
      remarks.note("of the splits \(names.joined(separator: ", ")) only '\(wanted)' is taken, as --split says")
    } else if names.count > 1 {
      remarks.note(
        "episodes of its splits: \(told.joined(separator: ", "))"
          + (isOurs ? "" : "; the tag 'split' tells them apart") + ". --split takes one")
    }
    return remarks
  }
}
