import Glibc
import Parquet
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedTestSupport
import Testing
import Video

@Suite struct LeRobotRoundTripTests {
  private func expectEqual(_ reader: LeRobotReader, _ episodes: [Episode]) throws {
    #expect(reader.episodeCount == episodes.count)
    for episode in episodes {
      let metadata = try reader.episodeMetadata(episode.index)
      var provenance = episode.provenance
      provenance.instanceJSON = []
      #expect(metadata.length == episode.length)
      #expect(metadata.task == episode.task)
      #expect(metadata.provenance == provenance)
      #expect(try reader.columns(episode.index) == episode.columns)
      for (camera, clip) in episode.clips.enumerated() {
        #expect(try reader.clip(episode.index, camera: camera) == clip)
      }
    }
  }

  @Test func whatIsWrittenReadsBackEqual() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples()
    let episodes = try (0..<6).map { try samples.episode($0, length: 10 + 3 * $0, task: "Task \($0 % 2).") }
    // Where the environment names a folder, the dataset stays there for other programs to read.
    let kept = getenv("SEEDBED_KEEP_DATASET").map { String(cString: $0) }
    if let kept { removeTree(kept) }
    let directory = kept ?? folder.file("a")
    #expect(mkdir(directory, 0o755) == 0)
    try samples.write(episodes, to: directory)
    let reader = try LeRobotReader(directory: directory)
    #expect(reader.schema == samples.schema)
    try expectEqual(reader, episodes.reversed())
    let store = try SidecarReader(directory: directory)
    #expect(store.assets.map(\.path) == ["empty", "robots/copy.urdf", "robots/panda.urdf", "scenes/pick.yaml"])
    #expect(try store.asset("robots/panda.urdf") == Array("<robot/>".utf8))
    #expect(try store.asset("empty") == [])
    #expect(try store.run() == Array("{}\n".utf8))
    for episode in episodes { #expect(try store.instance(episode.index) == episode.provenance.instanceJSON) }
  }

  @Test func filesRotateAndTheTableSpansRowGroups() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples(cameras: [])
    // 100 KB an episode, incompressible: ten fill a file of 1 MB.
    var wide = samples
    wide.schema.features[0].dimensions = (0..<800).map {
      Dimension(name: "d\($0)", unit: "m", frame: "world", convention: "")
    }
    let many = try (0..<12).map { try wide.episode($0, length: 32) }
    try wide.write(many, to: folder.path, limits: FileLimits(dataMB: 1, videoMB: 1, chunksSize: 1))
    #expect(access(folder.file("data/chunk-001/file-000.parquet"), F_OK) == 0)
    #expect(try readFile(folder.file("data/chunk-000/file-000.parquet")).count < 11 << 20 / 10)
    try expectEqual(try LeRobotReader(directory: folder.path), many)

    let table = try TemporaryDirectory()
    let rows = try (0..<101).map { try samples.episode($0, length: 2) }
    try samples.write(rows, to: table.path)
    let parquet = try ParquetReader(path: table.file("meta/episodes/chunk-000/file-000.parquet"))
    #expect(parquet.rowGroups == [100, 1])
    try expectEqual(try LeRobotReader(directory: table.path), rows)
  }

  @Test func videosRotate() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples(cameras: [("front", 48, 32)])
    var episodes = try (0..<4).map { try samples.episode($0, length: 6) }
    // Filler bytes make the packets large without an encoder.
    for i in episodes.indices {
      for p in episodes[i].clips[0].packets.indices {
        episodes[i].clips[0].packets[p].bytes += [UInt8](repeating: 0, count: 100_000)
      }
    }
    try samples.write(episodes, to: folder.path, limits: FileLimits(dataMB: 1, videoMB: 1, chunksSize: 1000))
    #expect(access(folder.file("videos/observation.images.front/chunk-000/file-003.mp4"), F_OK) == 0)
    try expectEqual(try LeRobotReader(directory: folder.path), episodes)
  }

  @Test func equalEpisodesGiveEqualBytes() throws {
    let samples = Samples()
    let a = try TemporaryDirectory()
    let b = try TemporaryDirectory()
    let episodes = try (0..<3).map { try samples.episode($0) }
    try samples.write(episodes, to: a.path)
    try samples.write(episodes, to: b.path)
    let files = allFiles(a.path)
    #expect(files.count == 16)
    #expect(files == allFiles(b.path))
    for file in files { #expect(try readFile(a.file(file)) == readFile(b.file(file)), "\(file)") }
  }

  @Test func anAbandonedPackerLeavesNoFile() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples()
    try { () throws in
      var packer = try DatasetPacker(
        directory: folder.path, continuing: nil, schema: samples.schema, axes: samples.axes)
      try packer.append(try samples.episode(0))
    }()
    #expect(allFiles(folder.path) == [])
  }

  @Test func aFinishedDatasetIsNotOverwritten() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples(cameras: [])
    try samples.write([try samples.episode(0)], to: folder.path)
    #expect(throws: DatasetError.self) {
      _ = try DatasetPacker(directory: folder.path, continuing: nil, schema: samples.schema, axes: samples.axes)
    }
    #expect(throws: DatasetError.self) {
      _ = try DatasetPacker(
        directory: folder.path, continuing: folder.path, schema: samples.schema, axes: samples.axes)
    }
    let other = try TemporaryDirectory()
    mkdir(other.file("data"), 0o755)
    try writeFile(other.file("data/thesis.tex"), [1])
    #expect(throws: DatasetError.self) {
      _ = try DatasetPacker(directory: other.path, continuing: nil, schema: samples.schema, axes: samples.axes)
    }
    #expect(try readFile(other.file("data/thesis.tex")) == [1])
  }
}

/// The paths of all files below a folder, sorted.
func allFiles(_ directory: String, _ prefix: String = "") -> [String] {
  guard let folder = opendir(directory) else { return [] }
  defer { closedir(folder) }
  var found: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name == "." || name == ".." { continue }
    if entry.pointee.d_type == UInt8(DT_DIR) {
      found += allFiles(directory + "/" + name, prefix + name + "/")
    } else {
      found.append(prefix + name)
    }
  }
  return found.sorted()
}
