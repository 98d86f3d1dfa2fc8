import SeedbedDatasets
import SeedbedTestSupport
import Testing
import Video

/// Small datasets that NumPy, pyarrow and PyAV wrote (Tests/OutsideWorld/foreign_dataset.py), the same in both versions.
enum ForeignDatasets {
  static let names = ["v30", "v21"]

  static func path(_ name: String) -> String {
    "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Fixtures/lerobot/" + name
  }

  /// All files of a dataset, by their paths in it.
  static func files(_ name: String) throws -> [(path: String, bytes: [UInt8])] {
    let cameras = ["observation.images.front", "observation.images.wrist"]
    var paths = ["meta/info.json"]
    if name == "v30" {
      paths += ["meta/stats.json", "meta/tasks.parquet", "meta/episodes/chunk-000/file-000.parquet"]
      for file in 0..<2 {
        paths.append("data/chunk-000/file-00\(file).parquet")
        for camera in cameras { paths.append("videos/\(camera)/chunk-000/file-00\(file).mp4") }
      }
    } else {
      paths += ["meta/tasks.jsonl", "meta/episodes.jsonl", "meta/episodes_stats.jsonl"]
      for k in 0..<5 {
        paths.append("data/chunk-000/episode_00000\(k).parquet")
        for camera in cameras { paths.append("videos/chunk-000/\(camera)/episode_00000\(k).mp4") }
      }
    }
    return try paths.map { ($0, try readFile(path(name) + "/" + $0)) }
  }
}

@Suite struct SourceTests {
  @Test(arguments: ForeignDatasets.names) func theMetadataRead(name: String) throws {
    let source = try DatasetSource(directory: ForeignDatasets.path(name))
    #expect(source.info.version == (name == "v30" ? .v30 : .v21))
    #expect(source.info.framesPerSecond == 30 && source.info.robotType == "so101_follower")
    #expect(source.tasks == ["pick the cube", "place the cube"])
    #expect(source.episodes.count == 5 && source.episodes.frames == 130)
    #expect((0..<5).map { source.episodes.length($0) } == [20, 23, 26, 29, 32])
    #expect(source.episodes.tasks(3) == ["place the cube"])
    let action = try #require(source.info.feature("action"))
    #expect(action.shape == [7] && action.names.last == "gripper.pos" && action.kind == .numbers)
    let camera = try #require(source.info.cameras.first)
    let shape = try #require(camera.picture)
    #expect(shape.height == 48 && shape.width == 64 && shape.channels == 3 && !shape.isDepth)
    #expect(camera.coding?.codec == "h264")
  }

  @Test(arguments: ForeignDatasets.names) func everyEpisodeReadsInAnyOrder(name: String) throws {
    let source = try DatasetSource(directory: ForeignDatasets.path(name))
    var frames = try source.frames()
    for k in [0, 1, 2, 4, 3, 3, 0] {
      let columns = try frames.read(k)
      let n = source.episodes.length(k)
      let values = Dictionary(uniqueKeysWithValues: columns.map { ($0.feature.name, $0.values) })
      #expect(values["frame_index"] == .integer((0..<Int64(n)).map { $0 }))
      #expect(values["timestamp"] == .float32((0..<n).map { Float(Double($0) / 30) }))
      #expect(values["note"] == .text((0..<n).map { "episode \(k) frame \($0)" }))
      #expect(values["next.done"] == .bool((0..<n).map { $0 == n - 1 }))
      #expect(values["action"]?.count == 7 * n)
    }
    #expect(throws: DatasetError.self) { try frames.read(5) }
    #expect(throws: DatasetError.self) { try source.frames(features: ["observation.stat"]) }
  }

  @Test func bothVersionsHoldTheSame() throws {
    let first = try DatasetSource(directory: ForeignDatasets.path("v30"))
    let second = try DatasetSource(directory: ForeignDatasets.path("v21"))
    var a = try first.frames(), b = try second.frames()
    for k in 0..<5 {
      #expect(try a.read(k).map(\.values) == b.read(k).map(\.values))
      for camera in 0..<2 {
        var pictures: [[Float]] = []
        for source in [first, second] {
          let movie = try source.movie(k, camera: camera)
          let wanted = source.pictures(k, camera: camera)
          #expect(wanted.count == source.episodes.length(k))
          try movie.decode([wanted.lowerBound + 7]) { _, picture in pictures.append(picture.thumbnail(columns: 8)) }
        }
        #expect(zip(pictures[0], pictures[1]).allSatisfy { abs($0 - $1) < 0.05 })
      }
    }
  }

  @Test(arguments: ForeignDatasets.names) func episodesColumnsRead(name: String) throws {
    let source = try DatasetSource(directory: ForeignDatasets.path(name))
    #expect(try source.episodeColumns().contains("length"))
    var cells = try source.episodeCells(["length", "tasks", "no such column"])
    var rows: [[EpisodeCell]] = []
    while let row = try cells.next() { rows.append(row) }
    #expect(rows.count == 5)
    #expect(rows[2] == [.integer(26), .list([.text("pick the cube")]), .null])
  }

  @Test func originsOfOurOwnEpisodesRead() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples()
    try samples.write(try (0..<3).map { try samples.episode($0) }, to: folder.path)
    let source = try DatasetSource(directory: folder.path)
    var cells = try source.episodeCells(["origin", "success", "failure.cause"])
    #expect(try cells.next() == [.text("sim"), .bool(true), .text("none")])
  }

  @Test func whatIsMissingIsSaid() throws {
    let folder = try TemporaryDirectory()
    let error = #expect(throws: DatasetError.self) { try DatasetSource(directory: folder.path) }
    #expect(error?.path.hasSuffix("meta/info.json") == true)
  }
}
