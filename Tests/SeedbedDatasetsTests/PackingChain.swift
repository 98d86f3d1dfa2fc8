import Glibc
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedTestSupport
import Testing

/// What a run hands to the packer, in order.
enum RunItem {
  case episode(Episode)
  case skipped(SkippedEpisode)
}

extension Samples {
  /// Episodes of some lengths, and a skipped one here and there.
  func run(_ count: Int, seed: UInt64) throws -> [RunItem] {
    var random = TestRandom(seed: seed)
    var items: [RunItem] = []
    for index in 0..<count {
      if Int.random(in: 0..<9, using: &random) == 0 { items.append(.skipped(skippedEpisode(items.count))) }
      let length = Int.random(in: 2...5, using: &random)
      items.append(.episode(try episode(index, length: length, task: "Task \(index / 37 % 5).")))
    }
    return items
  }

  func skippedEpisode(_ number: Int) -> SkippedEpisode {
    SkippedEpisode(
      episode: number, seed: .max - 5, kind: ["quarantined", "gate", "quota"][number % 3],
      reason: "line\none: \"\(number)\"", failureCause: number % 2 == 0 ? "none" : "slipped", success: number % 2 == 0,
      signal: number % 3 == 0 ? "SIGABRT" : nil, gatesFailed: number % 3 == 1 ? ["jerk", "settle"] : [],
      draws: axes.map { DrawRecord(path: $0, value: Double(number) / 3) })
  }
}

/// Datasets that follow one another, each with some items more; the one before is removed where it is not kept.
struct PackingChain {
  var samples: Samples
  var limits: FileLimits
  /// Where its folders are made.
  var root: String
  var usesCheckpoint = false
  var keepsFolders = false
  /// The newest dataset.
  private(set) var current: String?
  private var made = 0

  init(_ samples: Samples, limits: FileLimits, root: String) throws {
    self.samples = samples
    self.limits = limits
    self.root = root
    let store = root + "/store"
    mkdir(store, 0o755)
    try samples.writeStore(to: store)
    current = store
  }

  /// The checkpoint of the newest dataset.
  var checkpoint: String { root + "/checkpoint" }

  mutating func pack(_ items: some Sequence<RunItem>) throws {
    let next = root + "/\(made)"
    made += 1
    mkdir(next, 0o755)
    var packer = try DatasetPacker(
      directory: next, continuing: current, schema: samples.schema, axes: samples.axes, limits: limits,
      checkpoint: usesCheckpoint ? checkpoint : nil)
    for item in items {
      switch item {
      case .episode(let episode):
        #expect(packer.episodeCount == episode.index)
        try packer.append(episode)
      case .skipped(let record): try packer.skip(record)
      }
    }
    try packer.finish(checkpoint: usesCheckpoint ? checkpoint : nil)
    if let current, !keepsFolders { removeTree(current) }
    current = next
  }

  /// All items at once.
  static func whole(
    _ items: [RunItem], _ samples: Samples, limits: FileLimits, root: String
  ) throws -> String {
    var chain = try PackingChain(samples, limits: limits, root: root)
    try chain.pack(items)
    return try #require(chain.current)
  }
}

/// Have both folders the same files with the same bytes?
func expectSameFiles(_ a: String, _ b: String) throws {
  let files = allFiles(a)
  #expect(files == allFiles(b))
  for file in files where try readFile(a + "/" + file) != readFile(b + "/" + file) {
    Issue.record("\(file) differs")
  }
}
