import SeedbedDatasets

/// The columns of episodes as sidecars remember them, found by the episodes' fingerprints.
struct TagStore {
  private struct Place {
    var file: Int
    var range: Range<Int>
  }

  /// Members of a line that are no columns.
  private static let ownMembers: Set<String> = ["fingerprint", "features", "videos", "pictures", "check"]

  private var folders: [(folder: DatasetFolder, path: String)] = []
  private var places: [String: Place] = [:]
  /// Lines with a fingerprint that an earlier line has, and other columns.
  private var further: [String: [Place]] = [:]
  /// The sets of columns that fingerprints are over; nil for all columns of the dataset.
  private(set) var featureSets: [[String]?] = []
  private(set) var lines = 0

  /// Reads a sidecar: `episodes.jsonl` itself, or the folder of a dataset that has one.
  mutating func add(_ path: String) throws(DatasetError) {
    let relative = MixSidecar.linesPath
    let folder: DatasetFolder, name: String
    if let dataset = try? DatasetFolder(existing: path) {
      (folder, name) = (dataset, relative)
      guard folder.exists(name) else {
        throw DatasetError(.damaged, path: path, "it has no \(relative): nothing is remembered of its episodes")
      }
    } else {
      let slash = path.lastIndex(of: "/")
      let parent = slash.map { path[..<$0].isEmpty ? "/" : String(path[..<$0]) } ?? "."
      do throws(DatasetError) { folder = try DatasetFolder(existing: parent) } catch {
        throw DatasetError(.damaged, path: path, "there is no such file or folder")
      }
      name = String(slash.map { path[path.index(after: $0)...] } ?? path[...])
      guard folder.exists(name) else {
        throw DatasetError(.damaged, path: path, "there is no such file or folder")
      }
    }
    let declared = declaredFeatures(folder, name)
    var reader = try LineReader(path: folder(name), takesUnendedLine: true)
    let file = folders.count
    folders.append((folder, name))
    var start = 0
    var number = 0
    while let bytes = try reader.next() {
      let range = start..<start + bytes.count
      start = reader.offset
      number += 1
      if bytes.allSatisfy({ [32, 9, 13].contains($0) }) { continue }
      guard let json = try? JSONParser.parse(bytes), let fingerprint = json["fingerprint"]?.string else {
        throw DatasetError(.damaged, path: folder(name), "line \(number) is no object with a 'fingerprint'")
      }
      lines += 1
      let features = json["features"]?.array.map { $0.compactMap(\.string) } ?? declared
      if !featureSets.contains(features) { featureSets.append(features) }
      if let known = places[fingerprint] {
        let columns = TagStore.columns(json)
        let others = try ([known] + (further[fingerprint] ?? [])).map { place throws(DatasetError) in try members(place)
        }
        if !others.contains(columns) {
          further[fingerprint, default: []].append(Place(file: file, range: range))
        }
      } else {
        places[fingerprint] = Place(file: file, range: range)
      }
    }
  }

  /// The features that a grown dataset had; they stand beside its sidecar.
  private func declaredFeatures(_ folder: DatasetFolder, _ name: String) -> [String]? {
    let parts = name.split(separator: "/")
    let path = parts.dropLast().map { $0 + "/" }.joined() + "features.json"
    guard let json = try? folder.readJSON(path) else { return nil }
    let names = json["features"]?.array?.compactMap { $0["name"]?.string } ?? []
    return names.isEmpty ? nil : (names + ["timestamp", "frame_index"]).sorted()
  }

  private func members(_ place: Place) throws(DatasetError) -> [JSONValue.Member] {
    let (folder, name) = folders[place.file]
    guard let json = try? JSONParser.parse(try folder.read(name, place.range)) else { return [] }
    return TagStore.columns(json)
  }

  private static func columns(_ json: JSONValue) -> [JSONValue.Member] {
    (json.members ?? []).filter { !ownMembers.contains($0.name) }
  }

  /// What all lines say that have the first known one of these fingerprints, in their order; empty where nothing is remembered.
  func lines(_ fingerprints: [String]) throws(DatasetError) -> [EpisodeTags.Line] {
    for fingerprint in fingerprints {
      guard let first = places[fingerprint] else { continue }
      return try ([first] + (further[fingerprint] ?? [])).map { place throws(DatasetError) in
        try members(place).map { ($0.name, EpisodeCell($0.value)) }
      }
    }
    return []
  }
}
