import Glibc
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedTestSupport
import Testing

@Suite struct ContinuationTests {
  /// Small ones, so that every kind of file rotates, in several folders; then one where row groups share files.
  static let limits = [
    FileLimits(dataBytes: 30_000, videoBytes: 9_000, chunksSize: 3),
    FileLimits(dataBytes: 260_000, videoBytes: 60_000, chunksSize: 1000),
    FileLimits(),
  ]

  private func expectBatchesMakeNoDifference(_ samples: Samples, count: Int, limits: FileLimits, seed: UInt64) throws {
    let items = try samples.run(count, seed: seed)
    let folder = try TemporaryDirectory(inMemory: true)
    mkdir(folder.file("whole"), 0o755)
    let whole = try PackingChain.whole(items, samples, limits: limits, root: folder.file("whole"))
    var random = TestRandom(seed: seed)
    for attempt in 0..<3 {
      let root = folder.file("parts\(attempt)")
      mkdir(root, 0o755)
      var chain = try PackingChain(samples, limits: limits, root: root)
      chain.usesCheckpoint = attempt > 0
      var rest = items[...]
      while !rest.isEmpty {
        let size = Int.random(in: 0...[3, 70, 160][Int.random(in: 0...2, using: &random)], using: &random)
        try chain.pack(rest.prefix(size))
        rest = rest.dropFirst(size)
      }
      try expectSameFiles(whole, try #require(chain.current))
      removeTree(root)
    }
  }

  @Test(arguments: limits) func batchesMakeNoDifference(_ limits: FileLimits) throws {
    try expectBatchesMakeNoDifference(Samples(cameras: []), count: 330, limits: limits, seed: 1)
  }

  @Test(arguments: limits) func batchesMakeNoDifferenceWithPictures(_ limits: FileLimits) throws {
    let samples = Samples(cameras: [("front", 48, 32), ("wrist", 32, 32)])
    try expectBatchesMakeNoDifference(samples, count: 260, limits: limits, seed: 2)
  }

  /// The batches above are worth something only where files do rotate.
  @Test func theSmallLimitsRotateEveryKindOfFile() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples(cameras: [("front", 48, 32)])
    var chain = try PackingChain(samples, limits: Self.limits[0], root: folder.path)
    let items = try samples.run(260, seed: 2)
    for part in [items[..<120], items[120..<131], items[131...]] { try chain.pack(part) }
    let whole = try #require(chain.current)
    let files = allFiles(whole)
    for prefix in ["data/", "videos/", "meta/episodes/"] {
      #expect(files.count { $0.hasPrefix(prefix) } > 2, "\(prefix)")
    }
    #expect(files.contains { $0.hasPrefix("videos/observation.images.front/chunk-001/") })
    let reader = try LeRobotReader(directory: whole)
    for k in stride(from: 0, to: 260, by: 13) {
      _ = try reader.columns(k)
      _ = try reader.clip(k, camera: 0)
    }
    // Where the environment names a folder, the dataset stays there for other programs to read.
    if let kept = getenv("SEEDBED_KEEP_CONTINUED") { #expect(rename(whole, kept) == 0) }
  }

  /// Each boundary around a full row group, one episode at a time.
  @Test func everyBoundaryOfARowGroupMakesNoDifference() throws {
    let samples = Samples(cameras: [])
    let items = try (0..<203).map { RunItem.episode(try samples.episode($0, length: 2)) }
    let folder = try TemporaryDirectory(inMemory: true)
    for (i, limits) in Self.limits.enumerated() {
      var chain = try PackingChain(samples, limits: limits, root: try made(folder.file("a\(i)")))
      for part in [items[..<99], items[99..<100], items[100..<101], items[101..<101], items[101..<200], items[200...]] {
        try chain.pack(part)
      }
      let whole = try PackingChain.whole(items, samples, limits: limits, root: try made(folder.file("b\(i)")))
      try expectSameFiles(whole, try #require(chain.current))
    }
  }

  /// More instances than a file holds.
  @Test func instancesContinueOverTheirFiles() throws {
    var samples = Samples(cameras: [])
    samples.schema.features.removeLast(7)
    let items = try (0..<1005).map { k in
      var episode = try samples.episode(k, length: 1)
      episode.provenance.failureFrame = -1
      return RunItem.episode(episode)
    }
    let folder = try TemporaryDirectory(inMemory: true)
    var chain = try PackingChain(samples, limits: .init(), root: try made(folder.file("a")))
    chain.usesCheckpoint = true
    for part in [items[..<998], items[998..<1000], items[1000..<1001], items[1001...]] { try chain.pack(part) }
    let whole = try PackingChain.whole(items, samples, limits: .init(), root: try made(folder.file("b")))
    try expectSameFiles(whole, try #require(chain.current))
    #expect(try SidecarReader(directory: whole).instance(1003) == Array(#"{"episode":1003,"objects":["ä"]}"#.utf8))
  }

  @Test func whatIsWholeIsSharedAndNothingIsChanged() throws {
    let samples = Samples(cameras: [("front", 48, 32)])
    let items = try samples.run(230, seed: 3)
    let folder = try TemporaryDirectory()
    var chain = try PackingChain(samples, limits: Self.limits[0], root: folder.path)
    chain.keepsFolders = true
    try chain.pack(items.prefix(150))
    let old = try #require(chain.current)
    let before = try state(old)
    try chain.pack(items.dropFirst(150))
    let new = try #require(chain.current)
    #expect(try state(old) == before)
    let shared = allFiles(old).filter { inode(old + "/" + $0) == inode(new + "/" + $0) }
    let numbered = ["data/", "videos/", "meta/episodes/"]
    for prefix in numbered + ["meta/seedbed/assets"] { #expect(shared.contains { $0.hasPrefix(prefix) }, "\(prefix)") }
    for prefix in numbered {
      let files = allFiles(old).filter { $0.hasPrefix(prefix) }
      #expect(files.filter { shared.contains($0) } == files.dropLast(), "\(prefix)")
    }
    for file in ["meta/info.json", "meta/stats.json", "README.md", "meta/seedbed/episodes.jsonl"] {
      #expect(!shared.contains(file))
    }
  }

  /// Where no second names can be given (here: on another file system), files are copied.
  @Test(.enabled(if: access("/dev/shm", W_OK) == 0)) func anotherFileSystemGetsCopies() throws {
    let samples = Samples(cameras: [("front", 48, 32)])
    let items = try samples.run(40, seed: 7)
    let folder = try TemporaryDirectory()
    var template = Array("/dev/shm/seedbed-test-XXXXXX".utf8CString)
    let other = String(cString: try #require(mkdtemp(&template)))
    defer { removeTree(other) }
    let whole = try PackingChain.whole(items, samples, limits: Self.limits[0], root: try made(folder.file("whole")))
    var chain = try PackingChain(samples, limits: Self.limits[0], root: folder.path)
    try chain.pack(items.prefix(25))
    chain.root = other
    try chain.pack(items.dropFirst(25))
    try expectSameFiles(whole, try #require(chain.current))
  }

  private func made(_ path: String) throws -> String {
    #expect(mkdir(path, 0o755) == 0)
    return path
  }

  private func inode(_ path: String) -> UInt {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_ino : 0
  }

  /// Path, inode, time of change and content of every file.
  private func state(_ directory: String) throws -> [String] {
    try allFiles(directory).map { file in
      var status = stat()
      stat(directory + "/" + file, &status)
      let bytes = try readFile(directory + "/" + file)
      return
        "\(file) \(status.st_ino) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) \(bytes.count) \(bytes.hashValue)"
    }
  }
}
