import FoundationEssentials
import SeedbedEpisodes
import Testing

@Suite struct FeatureSchemaTests {
  private let schema = FeatureSchema(
    framesPerSecond: 30, robotType: "panda",
    features: ["observation.state", "action"].map { name in
      Feature(
        name: name, dataType: .float32,
        dimensions: ["joint1.pos", "gripper.opening"].map {
          Dimension(name: $0, unit: "rad", frame: "joint", convention: "absolute")
        }, summary: "")
    }, cameras: [CameraFeature(name: "front", width: 256, height: 128, summary: "")])

  @Test func featuresAreFoundByName() {
    #expect(schema.index(of: "observation.state") == 0)
    #expect(schema.index(of: "action") == 1)
    #expect(schema.index(of: "actions") == nil)
    #expect(schema.features[1].width == 2)
    #expect(schema.cameras[0].key == "observation.images.front")
  }

  @Test func codingKeepsEverything() throws {
    #expect(try JSONDecoder().decode(FeatureSchema.self, from: try JSONEncoder().encode(schema)) == schema)
    let provenance = Provenance(
      origin: "sim", seed: .max, episode: 3, sceneSHA256: "ab", generator: "seedbed", stateHash: "00", success: false,
      failureCause: "slipped", failureFrame: 7, gatesFailed: "jerk", lcpMessages: 1,
      draws: [DrawRecord(path: "a.b", value: 0.1)], instanceJSON: [123, 125])
    #expect(try JSONDecoder().decode(Provenance.self, from: try JSONEncoder().encode(provenance)) == provenance)
  }

  @Test func columnsCountTheirNumbers() {
    #expect(Column.float32([1, 2]).count == 2)
    #expect(Column.int64([1, 2, 3]).count == 3)
    #expect(Column.bool([]).count == 0)
  }
}
