import SeedbedEpisodes

/// The hashes that this program stored with each episode when it recorded it (`meta/seedbed/episodes.jsonl`): where they
/// are, every changed number and picture is found.
struct EpisodeSeals: Sendable {
  private static let stretch = 64

  private let folder: DatasetFolder
  /// Where each episode's line begins, and where the last one ends.
  private let places: [Int]

  /// nil for datasets without them: recordings of others, and what their tools made of ours.
  init?(_ source: DatasetSource, _ findings: inout FindingList) {
    guard source.folder.exists(OriginLog.path) else { return nil }
    folder = source.folder
    do throws(DatasetError) {
      var lines = try LineReader(path: source.folder(OriginLog.path))
      var places = [0]
      while try lines.next() != nil { places.append(lines.offset) }
      self.places = places
    } catch {
      findings.add(.unreadable(error, file: OriginLog.path, "Restore it, or delete it: the episodes can do without."))
      return nil
    }
    guard findings.holds(places.count == source.episodes.count + 1) else {
      findings.warning(
        "seal", OriginLog.path, "it has \(places.count - 1) lines for \(source.episodes.count) episodes.",
        "Put it right with 'seedbed retag'; until then changes of the contents are found by statistics alone.")
      return nil
    }
  }

  private func line(_ k: Int) -> JSONValue? {
    guard let bytes = try? folder.read(OriginLog.path, places[k]..<places[k + 1]) else { return nil }
    return try? JSONParser.parse(bytes)
  }

  /// The hash of an episode's packets of a camera; nil where it has none.
  func video(_ k: Int, key: String) -> String? { line(k)?["videos"]?[key]?.string }

  /// The numbers of all episodes against their fingerprints.
  func checkNumbers(_ source: DatasetSource) -> FindingList {
    let features = source.info.columns.filter { !$0.isBookkeeping && $0.kind != .texts }
    let known: Set<String> = ["float32", "float64", "int64", "bool"]
    guard features.allSatisfy({ known.contains($0.dataType) }) else { return FindingList() }
    let starts = stride(from: 0, to: source.episodes.count, by: EpisodeSeals.stretch).map { $0 }
    let parts = parallelMap(starts.count) { i in
      var findings = FindingList()
      // What cannot be read has been reported.
      guard var frames = try? source.frames(features: features.map(\.name)) else { return findings }
      for k in starts[i]..<min(starts[i] + EpisodeSeals.stretch, source.episodes.count) {
        guard let columns = try? frames.read(k), let sealed = line(k)?["fingerprint"]?.string else { continue }
        let named = columns.compactMap { column in column.values.column.map { (column.feature.name, $0) } }
        if findings.holds(EpisodeHashes.fingerprint(named) == sealed) { continue }
        findings.error(
          "seal", source.dataFile(k), episode: k,
          "its numbers are not those that were recorded (their hash in \(OriginLog.path) is another).",
          "Regrow the episode with 'seedbed repair', or restore the file.")
      }
      return findings
    }
    var findings = FindingList()
    for part in parts { findings.merge(part) }
    return findings
  }
}
