import Glibc
import Parquet
import SeedbedTestSupport
import Testing

/// Real recordings with files of other writers; the environment says where they are.
private let root = getenv("SEEDBED_REAL_DATA").map { String(cString: $0) } ?? "/work/shared/data/real"

@Suite struct RealFileTests {
  @Test(.enabled(if: access(root, R_OK) == 0)) func pyarrowsFilesReadWhole() throws {
    let dataset = root + "/g1_bottle_v30"
    let data = try ParquetReader(path: dataset + "/data/chunk-000/file-000.parquet")
    #expect(data.rowCount == 765)
    guard case .int64(let index) = try data.read("index").values else { throw TestFailure() }
    #expect(index == (0..<765).map { $0 })
    let state = try data.read("observation.state")
    #expect(state.counts == [[Int](repeating: 26, count: 765)])
    #expect(state.values.count == 765 * 26)

    let tasks = try ParquetReader(path: dataset + "/meta/tasks.parquet")
    #expect(try tasks.read("task") == .strings(["Pick up the yellow bottle on the table."]))
    #expect(tasks.metadata.contains { $0.key == "pandas" })

    let episodes = try ParquetReader(path: dataset + "/meta/episodes/chunk-000/file-000.parquet")
    #expect(try episodes.read("length") == ColumnData(.int64([221, 277, 267])))
    let mean = try episodes.read("stats/observation.images.cam_high/mean")
    #expect(mean.counts == [[3, 3, 3], [Int](repeating: 1, count: 9), [Int](repeating: 1, count: 9)])
    for leaf in episodes.leaves.indices { #expect(throws: Never.self) { try episodes.read(leaf: leaf) } }
  }

  struct TestFailure: Error {}
}
