import Parquet
public import SeedbedEpisodes
public import Video

/// Takes from a damaged dataset what is proved to be as it was written: by its file's hash, or by the hashes that
/// `meta/seedbed/episodes.jsonl` holds for every episode. Grows nothing.
public struct DatasetSalvage: Sendable {
  let folder: DatasetFolder
  let schema: FeatureSchema
  /// Of the dataset.
  public let episodeCount: Int
  /// Paths of files whose bytes are those that were written.
  let whole: Set<String>
  let places: EpisodePlaces
  /// Reads the table of the episodes; nil where it is damaged.
  let reader: LeRobotReader?
  /// How each camera's pictures are coded, where the caller knows it: a damaged file may say something else.
  private let formats: [EncodedClip]?
  private let lines: OriginLines
  /// The episodes' numbers in their run; nil where they are not known, or not different from each other.
  private let numbers: [Int]?
  private let opened: DamagedFiles

  /// - Parameters:
  ///   - whole: Paths of files whose bytes are those that were written.
  ///   - numbers: The episodes' numbers in their run, where the caller knows them.
  ///   - formats: How each camera's pictures are coded, without pictures, where the caller knows it.
  public init(
    directory: String, schema: FeatureSchema, episodes: Int, whole: Set<String>, numbers: [Int]? = nil,
    formats: [EncodedClip]? = nil
  ) throws(DatasetError) {
    let folder = try DatasetFolder(existing: directory)
    let tables = EpisodePlaces.files(folder, "meta/episodes", ".parquet")
    // A table that lost a file has too few rows.
    let reader =
      tables.allSatisfy(whole.contains) ? try? LeRobotReader(folder: folder, schema: schema, episodes: episodes) : nil
    self.folder = folder
    self.schema = schema
    episodeCount = episodes
    self.whole = whole
    self.reader = reader
    self.formats = formats
    places = EpisodePlaces(folder: folder, schema: schema, episodes: episodes, reader: reader)
    opened = DamagedFiles(folder: folder, schema: schema, places: places)
    lines = OriginLines(folder)
    let known =
      numbers
      ?? reader.flatMap { reader in
        try? (0..<episodes).map { try reader.episodeMetadata($0).provenance?.episode ?? -1 }
      }
    self.numbers = known.flatMap { Set($0).count == episodes ? $0 : nil }
  }

  /// Whether all of episode k is proved to be as it was written.
  public func isWhole(_ k: Int) -> Bool {
    guard places.places.indices.contains(k), knownOrigin(k) != nil else { return false }
    let place = places.places[k]
    if !isProved(place.dataFile) {
      let rows = data(k)
      guard rows.unreadable.isEmpty, isAsWritten(k, rows) else { return false }
    }
    return schema.cameras.indices.allSatisfy { camera in
      guard let file = place.videos[camera]?.file else { return false }
      return isProved(file) || clip(k, camera).map { isAsWritten(k, camera, $0) } ?? false
    }
  }

  /// The episodes that stand in a file of data or videos, as far as that can be told.
  public func episodes(in file: String) -> [Int] {
    places.places.indices.filter { k in
      places.places[k].dataFile == file || places.places[k].videos.contains { $0?.file == file }
    }
  }

  /// Episode k as it was given to the packer; nil where any of it is not proved to be as it was.
  ///
  /// - Parameters:
  ///   - instance: Drawn anew.
  ///   - task: The instance's.
  public func episode(_ k: Int, instance: [UInt8], task: String) -> Episode? {
    guard isWhole(k), let (provenance, statistics) = knownOrigin(k) else { return nil }
    let place = places.places[k]
    let data = data(k)
    guard data.unreadable.isEmpty else { return nil }
    var clips: [EncodedClip] = []
    for camera in schema.cameras.indices {
      guard let clip = clip(k, camera) else { return nil }
      clips.append(clip)
    }
    var whole = provenance
    whole.instanceJSON = instance
    return Episode(
      index: k, length: place.length, task: task, columns: data.columns.prefix(schema.features.count).map(\.1),
      clips: clips, imageStatistics: statistics, provenance: whole)
  }

  /// nil where nothing is left that says where the episode is from, or where it is another one's.
  private func knownOrigin(_ k: Int) -> (Provenance, [ImageStatistics])? {
    guard let origin = origin(k), numbers.map({ $0[k] == origin.0.episode }) ?? true else { return nil }
    return origin
  }

  /// What the line or, without it, the table says.
  private func origin(_ k: Int) -> (Provenance, [ImageStatistics])? {
    if let line = line(k), line.hashes.videos.map(\.key) == schema.cameras.map(\.key),
      line.pictures.count == schema.cameras.count
    {
      return (line.provenance, line.pictures)
    }
    guard let reader, let provenance = try? reader.episodeMetadata(k).provenance,
      let statistics = try? reader.imageStatistics(k)
    else { return nil }
    return (provenance, statistics)
  }

  /// nil where it is damaged.
  func line(_ k: Int) -> OriginLine? {
    if let numbers { return lines[number: numbers[k]] }
    return lines.count == episodeCount ? lines[place: k] : nil
  }

  /// Whether all that is read of a file is as it was written, because the file is, and the places in it are known.
  private func isProved(_ file: String) -> Bool { places.isFromTable && whole.contains(file) }

  /// What can be read of an episode's rows.
  struct Rows {
    /// Those of the schema's features, then the timestamps and the frames' numbers.
    var columns: [(String, Column)] = []
    var unreadable: [String] = []
    /// Of the five standard columns, those that say where the rows belong.
    var owners: [(String, Column)] = []
    var damagedOwners: [String] = []
  }

  func data(_ k: Int) -> Rows {
    var rows = Rows()
    let place = places.places[k]
    guard let reader = opened.data(place.dataFile), reader.rowGroups.indices.contains(place.rowGroup),
      reader.rowGroups[place.rowGroup] == place.length
    else {
      rows.unreadable = ["all columns"]
      return rows
    }
    let slice = FrameTable.Slice(reader, rowGroup: place.rowGroup, episode: k)
    for feature in schema.features {
      do {
        rows.columns.append(
          (feature.name, try slice.column(feature.name, width: feature.width, type: feature.dataType)))
      } catch {
        rows.unreadable.append(feature.name)
      }
    }
    for (i, standard) in FeatureSchema.standard.enumerated() {
      let column = try? slice.column(standard.name, width: 1, type: standard.type)
      switch (i < 2, column) {
      case (true, let column?): rows.columns.append((standard.name, column))
      case (true, nil): rows.unreadable.append(standard.name)
      case (false, let column?): rows.owners.append((standard.name, column))
      case (false, nil): rows.damagedOwners.append(standard.name)
      }
    }
    return rows
  }

  func isAsWritten(_ k: Int, _ rows: Rows) -> Bool {
    line(k).map { EpisodeHashes.fingerprint(rows.columns) == $0.hashes.fingerprint } ?? false
  }

  /// nil where not all pictures can be found.
  func clip(_ k: Int, _ camera: Int) -> EncodedClip? {
    let place = places.places[k]
    guard let (file, before) = place.videos[camera] else { return nil }
    let range = before..<before + place.length
    if isProved(file) { return opened.indexedClip(file, range) }
    // What the file's own index says counts only where the pictures themselves do not.
    let feature = schema.cameras[camera]
    let format =
      formats?[camera]
      ?? EncodedClip(
        codec: "h264", pixelFormat: "yuv420p", width: feature.width, height: feature.height,
        framesPerSecond: schema.framesPerSecond, configuration: [], packets: [])
    let isWalkable = format.codec == "h264"
    guard
      var clip = (isWalkable ? opened.walkedClip(file, range, camera: camera, format: format) : nil)
        ?? opened.indexedClip(file, range)
    else { return nil }
    if let formats {
      let packets = clip.packets
      clip = formats[camera]
      let group = feature.video.groupOfPictures
      clip.packets = packets.enumerated().map { k, packet in
        VideoPacket(bytes: packet.bytes, isKeyframe: isWalkable ? packet.isInstantRefresh : k % group == 0)
      }
    }
    return clip
  }

  func isAsWritten(_ k: Int, _ camera: Int, _ clip: EncodedClip) -> Bool {
    let key = schema.cameras[camera].key
    let hash = line(k)?.hashes.videos.first { $0.key == key }?.sha256
    return hash == EpisodeHashes.sha256(clip)
  }
}

extension LeRobotReader {
  /// The schema that a dataset's `features.json` describes.
  public static func storedSchema(_ directory: String) throws(DatasetError) -> FeatureSchema {
    try DatasetFolder(existing: directory).decode(featuresPath) { json throws(SchemaFailure) in
      try FeatureSchema(json: json)
    }
  }
}
