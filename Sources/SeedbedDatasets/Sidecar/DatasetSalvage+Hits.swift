import Parquet
import SeedbedEpisodes

extension DatasetSalvage {
  /// Some episodes and what of them is damaged, in words ("action, numbers").
  public struct Hit: Sendable, Equatable {
    public var episodes: [Int]
    public var part: String

    public init(episodes: [Int], part: String) {
      self.episodes = episodes
      self.part = part
    }
  }

  /// Which episodes stand in a damaged file of data, videos, rows or origins (nil where that cannot be told), and which
  /// of them are hit. None is hit where only the file's index is.
  public func hits(in file: String) -> (holds: [Int]?, hits: [Hit]) {
    if file == OriginLog.path {
      let lost = (0..<episodeCount).filter { line($0) == nil }
      return (Array(0..<episodeCount), lost.isEmpty ? [] : [Hit(episodes: lost, part: "")])
    }
    if file.hasPrefix("meta/episodes/") { return tableHits(file) }
    guard !places.places.isEmpty else { return (nil, []) }
    let isData = file.hasPrefix("data/")
    var holds: [Int] = []
    var hits: [Hit] = []
    for (k, place) in places.places.enumerated() {
      let camera = place.videos.firstIndex { $0?.file == file }
      guard isData ? place.dataFile == file : camera != nil else { continue }
      holds.append(k)
      let part = isData ? dataDamage(k) : camera.flatMap { videoDamage(k, $0) }
      guard let part else { continue }
      if hits.last?.part == part {
        hits[hits.count - 1].episodes.append(k)
      } else {
        hits.append(Hit(episodes: [k], part: part))
      }
    }
    return (holds.isEmpty ? nil : holds, hits)
  }

  /// What is damaged of an episode's rows; nil where nothing is.
  private func dataDamage(_ k: Int) -> String? {
    let rows = data(k)
    var parts = rows.unreadable + rows.damagedOwners
    if parts.isEmpty {
      if line(k) == nil { return "its hashes are damaged too" }
      if !isAsWritten(k, rows) { parts.append("numbers") }
    }
    let first = places.places[k].firstFrame
    for (name, column) in rows.owners {
      guard case .int64(let values) = column else { continue }
      let isRight =
        switch name {
        case "episode_index": values.allSatisfy { $0 == k }
        case "index": values.elementsEqual(values.indices.map { Int64(first + $0) })
        default: values.allSatisfy { $0 == values.first && $0 >= 0 }
        }
      if !isRight { parts.append(name) }
    }
    return parts.isEmpty ? nil : parts.prefix(4).joined(separator: ", ") + (parts.count > 4 ? ", ..." : "")
  }

  private func videoDamage(_ k: Int, _ camera: Int) -> String? {
    guard let clip = clip(k, camera) else { return "pictures" }
    if line(k) == nil { return "its hashes are damaged too" }
    return isAsWritten(k, camera, clip) ? nil : "pictures"
  }

  private func tableHits(_ file: String) -> (holds: [Int]?, hits: [Hit]) {
    let files = EpisodePlaces.files(folder, "meta/episodes", ".parquet")
    guard let reader = try? ParquetReader(path: folder(file)) else {
      let holds = files.isEmpty || files == [file] ? Array(0..<episodeCount) : nil
      return (holds, holds.map { [Hit(episodes: $0, part: "all columns")] } ?? [])
    }
    var row = 0
    for other in files.prefix(while: { $0 != file }) {
      guard let before = try? ParquetReader(path: folder(other)) else { return (nil, []) }
      row += before.rowCount
    }
    let first = row
    var hits: [Hit] = []
    for (group, rows) in reader.rowGroups.enumerated() {
      var names: [String] = []
      for (i, leaf) in reader.leaves.enumerated() where names.count < 4 {
        do { _ = try reader.read(leaf: i, rowGroup: group) } catch { names.append(leaf.path[0]) }
      }
      let end = min(row + rows, episodeCount)
      if !names.isEmpty, row < end {
        hits.append(
          Hit(
            episodes: Array(row..<end),
            part: names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", ..." : "")))
      }
      row = end
    }
    return (Array(first..<max(first, row)), hits)
  }
}
