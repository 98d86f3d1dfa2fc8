import Glibc
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedTestSupport
import Testing

@Suite struct CheckpointTests {
  private let samples = Samples(cameras: [("front", 48, 32)])

  /// With or without it, whole or damaged, of this dataset or another: the bytes are the same.
  @Test func aCheckpointChangesNothing() throws {
    let items = try samples.run(120, seed: 4)
    let folder = try TemporaryDirectory(inMemory: true)
    mkdir(folder.file("whole"), 0o755)
    let whole = try PackingChain.whole(items, samples, limits: .init(), root: folder.file("whole"))
    var chain = try PackingChain(samples, limits: .init(), root: folder.path)
    chain.usesCheckpoint = true
    chain.keepsFolders = true
    try chain.pack(items.prefix(20))
    let older = try readFile(chain.checkpoint)
    try chain.pack(items.dropFirst(20).prefix(40))
    let right = try readFile(chain.checkpoint)
    var mutator = ByteMutator(seed: 6)
    let variants = [right, older, [], Array(right.prefix(100))] + (0..<20).map { _ in mutator.mutate(right) }
    for variant in variants {
      var branch = chain
      branch.root = folder.file("branch")
      mkdir(branch.root, 0o755)
      try writeFile(branch.checkpoint, variant)
      try branch.pack(items.dropFirst(60))
      try expectSameFiles(whole, try #require(branch.current))
      removeTree(branch.root)
    }
    chain.usesCheckpoint = false
    try chain.pack(items.dropFirst(60))
    try expectSameFiles(whole, try #require(chain.current))
  }

  /// With a checkpoint the rows of the full row groups are not read: damage there shows only without it.
  @Test func aCheckpointSparesReadingTheRows() throws {
    let items = try samples.run(130, seed: 5)
    let folder = try TemporaryDirectory(inMemory: true)
    var chain = try PackingChain(samples, limits: .init(), root: folder.path)
    chain.usesCheckpoint = true
    chain.keepsFolders = true
    try chain.pack(items)
    let path = try #require(chain.current) + "/meta/episodes/chunk-000/file-000.parquet"
    var bytes = try readFile(path)
    bytes[bytes.count / 3] ^= 1
    try writeFile(path, bytes)
    var without = chain
    without.usesCheckpoint = false
    without.root = folder.file("without")
    mkdir(without.root, 0o755)
    #expect(throws: DatasetError.self) { try without.pack([]) }
    #expect(throws: Never.self) { try chain.pack([]) }
  }
}
