import FoundationEssentials
import Glibc
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedTestSupport
import Testing

/// Going on with a dataset that is damaged, or not the one that is meant.
@Suite struct DamagedPreviousTests {
  private let samples = Samples(cameras: [("front", 16, 16)])
  private let limits = FileLimits(dataBytes: 6_000, videoBytes: 4_000, chunksSize: 3)

  /// A dataset of seven episodes in several files, and what to append.
  private func dataset(_ folder: borrowing TemporaryDirectory) throws -> (path: String, next: Episode) {
    var chain = try PackingChain(samples, limits: limits, root: folder.path)
    chain.usesCheckpoint = true
    try chain.pack((0..<7).map { .episode(try samples.episode($0, length: 3)) })
    return (try #require(chain.current), try samples.episode(7, length: 3))
  }

  private func goOn(
    from previous: String, in folder: borrowing TemporaryDirectory, _ episode: Episode, checkpoint: Bool = false
  ) throws {
    let next = folder.file("next")
    removeTree(next)
    mkdir(next, 0o755)
    var packer = try DatasetPacker(
      directory: next, continuing: previous, schema: samples.schema, axes: samples.axes, limits: limits,
      checkpoint: checkpoint ? folder.file("checkpoint") : nil)
    try packer.append(episode)
    try packer.finish()
  }

  @Test func damageNeverCrashes() throws {
    let folder = try TemporaryDirectory(inMemory: true)
    let (path, next) = try dataset(folder)
    var mutator = ByteMutator(seed: 11)
    var refused = 0, tried = 0
    for file in allFiles(path) {
      let kept = try readFile(path + "/" + file)
      for variant in 0..<25 {
        unlink(path + "/" + file)
        try writeFile(path + "/" + file, mutator.mutate(kept))
        tried += 1
        do {
          try goOn(from: path, in: folder, next, checkpoint: variant % 2 == 0)
        } catch is DatasetError {
          refused += 1
        }
      }
      unlink(path + "/" + file)
      try writeFile(path + "/" + file, kept)
    }
    try goOn(from: path, in: folder, next)
    // Changed pages of frames and pictures are copied unread; what is made anew is not read at all.
    #expect(refused > tried / 4, "\(refused) of \(tried)")
  }

  @Test func whatIsCutOffIsRefused() throws {
    let folder = try TemporaryDirectory(inMemory: true)
    let (path, next) = try dataset(folder)
    for file in allFiles(path) where file.hasSuffix(".parquet") || file.hasSuffix(".mp4") || file.hasSuffix(".jsonl") {
      let kept = try readFile(path + "/" + file)
      for length in [0, 1, kept.count / 2, kept.count - 1] {
        unlink(path + "/" + file)
        try writeFile(path + "/" + file, kept.prefix(length))
        #expect(throws: DatasetError.self, "\(file) of \(length) bytes") { try goOn(from: path, in: folder, next) }
      }
      unlink(path + "/" + file)
      #expect(throws: DatasetError.self, "\(file) is missing") { try goOn(from: path, in: folder, next) }
      try writeFile(path + "/" + file, kept)
    }
    try goOn(from: path, in: folder, next)
  }

  @Test func countsThatLieAreRefused() throws {
    let folder = try TemporaryDirectory(inMemory: true)
    let (path, next) = try dataset(folder)
    let info = path + "/meta/info.json"
    let kept = String(decoding: try readFile(info), as: UTF8.self)
    for (right, wrong) in [
      ("\"total_episodes\": 7", "\"total_episodes\": 6"), ("\"total_episodes\": 7", "\"total_episodes\": -1"),
      ("\"total_frames\": 21", "\"total_frames\": 22"),
      ("\"total_frames\": 21", "\"total_frames\": 9223372036854775807"),
      ("\"total_tasks\": 1", "\"total_tasks\": 2"), ("\"chunks_size\": 3", "\"chunks_size\": 4"),
      ("\"fps\": 30", "\"fps\": 25"), ("\"data_files_size_in_mb\": 1", "\"data_files_size_in_mb\": 100"),
    ] {
      #expect(kept.contains(right))
      try writeFile(info, kept.replacing(right, with: wrong).utf8)
      #expect(throws: DatasetError.self, "\(wrong)") { try goOn(from: path, in: folder, next) }
    }
    unlink(info)
    #expect(throws: DatasetError.self) { try goOn(from: path, in: folder, next) }
  }

  @Test func anotherDatasetIsRefused() throws {
    let folder = try TemporaryDirectory(inMemory: true)
    let (path, _) = try dataset(folder)
    let next = folder.file("next")
    mkdir(next, 0o755)
    var schemas = [FeatureSchema](repeating: samples.schema, count: 3)
    schemas[0].robotType = "ur5"
    schemas[1].cameras = []
    schemas[2].features[0].dimensions[0].unit = "m"
    for schema in schemas {
      #expect(throws: DatasetError.self) {
        _ = try DatasetPacker(
          directory: next, continuing: path, schema: schema, axes: samples.axes, limits: limits)
      }
    }
    for axes in [[], samples.axes + ["zzz"], samples.axes.dropLast()] {
      #expect(throws: DatasetError.self) {
        _ = try DatasetPacker(directory: next, continuing: path, schema: samples.schema, axes: axes, limits: limits)
      }
    }
    #expect(throws: DatasetError.self) {
      _ = try DatasetPacker(directory: next, continuing: path, schema: samples.schema, axes: samples.axes)
    }
    #expect(throws: DatasetError.self) {
      _ = try DatasetPacker(
        directory: next, continuing: folder.file("nowhere"), schema: samples.schema, axes: samples.axes)
    }
    #expect(allFiles(next) == [])
  }
}
