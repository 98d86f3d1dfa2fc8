import FoundationEssentials
import Glibc
import Parquet
import SeedbedDatasets
import SeedbedEpisodes
import SeedbedTestSupport
import Testing
import Video

/// Real recordings; the environment says where they are.
private let realData = getenv("SEEDBED_REAL_DATA").map { String(cString: $0) } ?? "/work/shared/data/real"

/// Datasets that other programs wrote or changed.
@Suite struct ForeignDatasetTests {
  @Test(.enabled(if: access(realData, R_OK) == 0)) func aRealDatasetReads() throws {
    let reader = try LeRobotReader(directory: realData + "/g1_bottle_v30")
    #expect(reader.schema.robotType == "Unitree_G1_Inspire")
    #expect(reader.schema.features.map(\.name) == ["observation.state", "action"])
    #expect(reader.schema.features[0].dimensions[3].name == "kLeftElbow")
    #expect(reader.schema.cameras.map(\.key) == ["observation.images.cam_high"])
    #expect(try (0..<3).map { try reader.episodeMetadata($0).length } == [221, 277, 267])
    for k in 0..<3 {
      let metadata = try reader.episodeMetadata(k)
      #expect(metadata.provenance == nil)
      #expect(try reader.columns(k).map(\.count) == [metadata.length * 26, metadata.length * 26])
      let clip = try reader.clip(k, camera: 0)
      #expect(clip.packets.count == metadata.length)
      #expect(clip.codec == "av1" && clip.width == 640 && clip.height == 480)
    }
    #expect(throws: DatasetError.self) { try LeRobotReader(directory: realData + "/g1_bottle_v21") }
  }

  /// LeRobot's merge with an untagged dataset nulls the untagged rows and turns integer columns into doubles.
  @Test func aMergedOriginTableReads() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples(cameras: [])
    var episodes = try (0..<3).map { try samples.episode($0) }
    for i in episodes.indices { episodes[i].provenance.seed = 77 }
    try samples.write(episodes, to: folder.path)
    let path = folder.file("meta/episodes/chunk-000/file-000.parquet")
    let table = try ParquetReader(path: path)
    var fields = table.fields
    var columns = try table.leaves.indices.map { try table.read(leaf: $0) }
    for i in columns.indices where ["origin", "success", "failure.cause"].contains(fields[i].name) {
      columns[i].present = [false, true, true]
      switch columns[i].values {
      case .bool(let v): columns[i].values = .bool(Array(v[1...]))
      case .bytes(let v): columns[i].values = .bytes(Array(v[1...]))
      default: break
      }
    }
    for i in columns.indices where ["sim.seed", "sim.episode", "failure.frame"].contains(fields[i].name) {
      guard case .int64(let v) = columns[i].values else { continue }
      fields[i].type = .double
      columns[i] = .nullable([nil] + v[1...].map { Double($0) })
    }
    var writer = try ParquetWriter(path: path, fields: fields)
    try writer.writeRowGroup(columns, rows: 3)
    try writer.finish()

    let reader = try LeRobotReader(directory: folder.path)
    #expect(try reader.episodeMetadata(0).provenance == nil)
    for k in 1...2 {
      var expected = episodes[k].provenance
      expected.instanceJSON = []
      #expect(try reader.episodeMetadata(k).provenance == expected)
    }
  }

  /// Without the sidecar the features' names and shapes still come from meta/info.json.
  @Test func aDatasetThatLostItsSidecarReads() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples()
    let episode = try samples.episode(0)
    try samples.write([episode], to: folder.path)
    removeTree(folder.file("meta/seedbed"))
    let reader = try LeRobotReader(directory: folder.path)
    #expect(reader.schema.features.map(\.name) == samples.schema.features.map(\.name))
    #expect(reader.schema.features[0].dimensions.map(\.name) == samples.schema.features[0].dimensions.map(\.name))
    #expect(reader.schema.cameras.map(\.width) == samples.schema.cameras.map(\.width))
    #expect(try reader.columns(0) == episode.columns)
    #expect(throws: DatasetError.self) { try SidecarReader(directory: folder.path) }
  }

  @Test func theFeaturesFileIsTheSchemasOwnCoding() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples()
    try samples.write([try samples.episode(0)], to: folder.path)
    let bytes = try readFile(folder.file("meta/seedbed/features.json"))
    #expect(try JSONDecoder().decode(FeatureSchema.self, from: Data(bytes)) == samples.schema)
  }
}
