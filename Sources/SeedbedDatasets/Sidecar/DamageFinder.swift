import SeedbedEpisodes

/// Says which parts of an episode are damaged, by the hashes that were stored with it: without growing it again.
public struct DamageFinder: Sendable {
  private let reader: LeRobotReader
  /// Where each episode's line begins, and where the last one ends.
  private let places: [Int]

  public init(_ reader: LeRobotReader) throws(DatasetError) {
    self.reader = reader
    var lines = try LineReader(path: reader.folder(OriginLog.path))
    var places = [0]
    while try lines.next() != nil { places.append(lines.offset) }
    guard places.count == reader.episodeCount + 1 else {
      throw DatasetError(
        .damaged, path: reader.folder(OriginLog.path),
        "it has \(places.count - 1) lines for \(reader.episodeCount) episodes")
    }
    self.places = places
  }

  /// The names of the columns and cameras of episode k that cannot be read, or whose pictures are not those that were
  /// written; empty where the episode is whole. "columns" where all columns can be read, but hold other numbers than were
  /// written (their hash is one for all).
  ///
  /// - Throws: Where the episode's row or its hashes cannot be read.
  public func damagedParts(_ k: Int) throws(DatasetError) -> [String] {
    let stored = try storedHashes(k)
    let metadata = try reader.episodeMetadata(k)
    var parts: [String] = []
    var columns: [(String, Column)] = []
    let wanted =
      reader.schema.features.map { ($0.name, $0.width, $0.dataType) }
      + FeatureSchema.standard.prefix(2).map { ($0.name, 1, $0.type) }
    for (name, width, type) in wanted {
      do {
        columns.append((name, try reader.column(name, width: width, type: type, of: metadata)))
      } catch {
        parts.append(name)
      }
    }
    if parts.isEmpty && EpisodeHashes.fingerprint(columns) != stored.fingerprint { parts.append("columns") }
    for (i, camera) in reader.schema.cameras.enumerated() {
      guard let hash = stored.videos.first(where: { $0.key == camera.key })?.sha256 else {
        throw DatasetError(
          .damaged, path: reader.folder(OriginLog.path), episode: k, "the hash of '\(camera.key)' is missing")
      }
      let clip: String?
      do { clip = EpisodeHashes.sha256(try reader.clip(k, camera: i)) } catch { clip = nil }
      if clip != hash { parts.append(camera.key) }
    }
    return parts
  }

  private func storedHashes(_ k: Int) throws(DatasetError) -> EpisodeHashes {
    guard k >= 0, k < places.count - 1 else {
      throw DatasetError(
        .invalid, path: reader.folder.path, episode: k, "there are \(reader.episodeCount) episodes")
    }
    let line = try reader.folder.read(OriginLog.path, places[k]..<places[k + 1])
    let json: JSONValue
    do {
      json = try JSONParser.parse(line)
    } catch {
      throw DatasetError(.damaged, path: reader.folder(OriginLog.path), episode: k, error.reason)
    }
    guard let fingerprint = json["fingerprint"]?.string, let videos = json["videos"]?.members else {
      throw DatasetError(.damaged, path: reader.folder(OriginLog.path), episode: k, "its hashes are missing")
    }
    return EpisodeHashes(
      fingerprint: fingerprint, videos: videos.map { (key: $0.name, sha256: $0.value.string ?? "") })
  }
}

extension LeRobotReader {
  /// One column of an episode's frames.
  fileprivate func column(
    _ name: String, width: Int, type: Feature.DataType, of metadata: EpisodeMetadata
  ) throws(DatasetError) -> Column {
    try frames(of: metadata).column(name, width: width, type: type)
  }
}
