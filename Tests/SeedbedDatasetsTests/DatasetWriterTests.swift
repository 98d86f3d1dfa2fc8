import Parquet
import SeedbedDatasets
import SeedbedTestSupport
import Testing
import Video

/// Copies of datasets through the writer of any schema.
@Suite struct DatasetWriterTests {
  /// Reads a dataset and writes it anew: numbers, texts, packets and, where it has them all, statistics as they are.
  static func copy(_ source: DatasetSource, to out: String, limits: FileLimits = .init()) throws {
    let features = source.info.features.filter { feature in
      !["timestamp", "frame_index", "episode_index", "index", "task_index"].contains(feature.name)
    }
    let schema = DatasetSchema(
      framesPerSecond: 30, robotType: source.info.robotType, features: features,
      episodeFields: [Field("origin", .string), Field("luck", .double)])
    var writer = try DatasetWriter(out: out, schema: schema, limits: limits)
    var frames = try source.frames(features: schema.columns.map(\.name))
    var claims = try source.claims(of: features.map(\.name))
    let cameras = schema.cameras.indices.map { FootageReader(source, camera: $0) }
    for k in 0..<source.episodes.count {
      var statistics = try claims.read(k)
      for (camera, footage) in zip(schema.cameras, cameras) where statistics[camera.name]?.quantiles["q50"] == nil {
        statistics[camera.name] = try footage.statistics(k)
      }
      try writer.append(
        DatasetEpisode(
          length: source.episodes.length(k), tasks: source.episodes.tasks(k),
          columns: try frames.read(k).map(\.values), videos: try cameras.map { try video($0, k, source) },
          statistics: statistics,
          cells: [.nullable([k % 2 == 0 ? "real" : nil] as [String?]), .nullable([Double(k)] as [Double?])]))
    }
    try writer.finish()
  }

  /// The packets as they are; encoded anew where the episode begins within a group of pictures.
  private static func video(_ footage: FootageReader, _ k: Int, _ source: DatasetSource) throws -> EpisodeVideo {
    if case .success(let video) = try footage.packets(k) { return video }
    var encoder = try VideoEncoder(width: 64, height: 48, framesPerSecond: 30)
    var planes: [[UInt8]] = []
    try footage.decode(k, Array(0..<source.episodes.length(k))) { _, picture in
      var rgb: [UInt8] = []
      if picture.rgb(into: &rgb) { planes.append(i420(rgb: rgb, width: 64, height: 48)) }
    }
    for plane in planes { try plane.withUnsafeBufferPointer { try encoder.append(i420: $0) } }
    return .clip(try encoder.finish())
  }

  @Test(arguments: ForeignDatasets.names) func aCopyHoldsTheSameAndIsValid(name: String) throws {
    let folder = try TemporaryDirectory()
    let source = try DatasetSource(directory: ForeignDatasets.path(name))
    let small = FileLimits(dataBytes: 6000, videoBytes: 6000, chunksSize: 2)
    for (out, limits) in [("one", FileLimits()), ("many", small)] {
      try DatasetWriterTests.copy(source, to: folder.file(out), limits: limits)
      let report = try validateDataset(folder.file(out))
      #expect(report.findings.map(\.text) == [])
      let copy = try DatasetSource(directory: folder.file(out))
      #expect(copy.info.framesPerSecond == 30 && copy.tasks == source.tasks)
      var a = try source.frames(), b = try copy.frames()
      for k in 0..<source.episodes.count {
        #expect(try a.read(k).map(\.values) == b.read(k).map(\.values))
        for camera in 0..<2 {
          let before = try source.movie(k, camera: camera), after = try copy.movie(k, camera: camera)
          let x = source.pictures(k, camera: camera), y = copy.pictures(k, camera: camera)
          #expect(x.count == y.count)
          guard case .success = before.track.stretch(x) else { continue }
          #expect(try x.map { try before.packet($0) } == y.map { try after.packet($0) })
        }
      }
      var cells = try copy.episodeCells(["origin", "luck"])
      #expect(try cells.next() == [.text("real"), .number(0)])
      #expect(try cells.next() == [.null, .number(1)])
    }
    #expect(folderNames(folder.path) == ["many", "one"])
  }

  @Test func theBytesDependOnTheEpisodesAlone() throws {
    let folder = try TemporaryDirectory()
    let source = try DatasetSource(directory: ForeignDatasets.path("v30"))
    for out in ["a", "b"] { try DatasetWriterTests.copy(source, to: folder.file(out)) }
    #expect(try fileTree(folder.file("a")) == fileTree(folder.file("b")))
  }

  @Test func nothingIsLeftOfAWriterThatFails() throws {
    let folder = try TemporaryDirectory()
    let schema = DatasetSchema(
      framesPerSecond: 30, robotType: nil, features: [.values("action", "float32", shape: [2], names: ["a", "b"])])
    func attempt(_ episode: DatasetEpisode) throws {
      var writer = try DatasetWriter(out: folder.file("out"), schema: schema)
      try writer.append(DatasetEpisode(length: 1, tasks: ["t"], columns: [.float32([1, 2])], videos: []))
      try writer.append(episode)
      try writer.finish()
    }
    for columns in [[FrameValues.float32([1, .nan])], [.float32([1])], [.float64([1, 2])], []] {
      #expect(throws: DatasetError.self) {
        try attempt(DatasetEpisode(length: 1, tasks: ["t"], columns: columns, videos: []))
      }
      #expect(folderNames(folder.path) == [])
    }
    try attempt(
      DatasetEpisode(
        length: 2, tasks: ["x", "y"], taskOfFrame: [1, 0], columns: [.float32([1, 2, 3, 4])], videos: []))
    #expect(throws: DatasetError.self) { _ = try DatasetWriter(out: folder.file("out"), schema: schema) }
    let tasks = try DatasetSource(directory: folder.file("out"))
    #expect(tasks.tasks == ["t", "x", "y"] && tasks.episodes.tasks(1) == ["x", "y"])
  }
}
