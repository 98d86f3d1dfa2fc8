package import SeedbedEpisodes

extension EpisodeHashes {
  /// The standard columns that a fingerprint takes in: `timestamp` and `frame_index`, which no tool changes.
  package static func standard(frames: Int, framesPerSecond: Int) -> [(String, Column)] {
    [
      ("timestamp", .float32((0..<frames).map { Float(Double($0) / Double(framesPerSecond)) })),
      ("frame_index", .int64((0..<frames).map { Int64($0) })),
    ]
  }
}

extension FrameValues {
  /// As a fingerprint takes it in; nil for types that it passes over.
  package var column: Column? {
    switch self {
    case .float32(let v): .float32(v)
    case .float64(let v): .float64(v)
    case .integer(let v): .int64(v)
    case .bool(let v): .bool(v)
    case .text, .pictures: nil
    }
  }
}

extension SidecarWriter {
  /// Copies the store of a grown dataset, and what its numbers mean, into another folder.
  package static func copyStore(from source: DatasetFolder, into target: DatasetFolder) throws(DatasetError) {
    var paths = [runPath, copyPath, LeRobotReader.featuresPath].filter(source.exists)
    if source.exists(assetsPath) {
      paths.append(assetsPath)
      let assets = try SidecarReader(directory: source.path).assets.filter { $0.bytes > 0 }
      paths += Set(assets.map(\.sha256)).sorted().map { SidecarAsset.folder + $0 }
    }
    for path in paths { try target.copy(path, from: source) }
  }
}
