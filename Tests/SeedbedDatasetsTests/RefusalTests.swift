import SeedbedDatasets
import SeedbedEpisodes
import SeedbedTestSupport
import Testing
import Video

/// What must not get into a dataset.
@Suite struct RefusalTests {
  private func refusal(_ change: (inout Episode) -> Void) throws -> DatasetError? {
    let folder = try TemporaryDirectory()
    let samples = Samples(cameras: [("front", 48, 32)])
    var writer = try DatasetPacker(directory: folder.path, continuing: nil, schema: samples.schema, axes: samples.axes)
    var episode = try samples.episode(0, length: 4)
    change(&episode)
    var refused: DatasetError?
    do { try writer.append(episode) } catch { refused = error }
    // A refusal leaves the writer as it was.
    if refused != nil { try writer.append(try samples.episode(0, length: 4)) }
    try writer.finish()
    #expect(try LeRobotReader(directory: folder.path).columns(0) == samples.episode(0, length: 4).columns)
    return refused
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func numbersThatAreNotFiniteAreNamed(value: Float) throws {
    let error = try refusal { episode in
      guard case .float32(var values) = episode.columns[1] else { return }
      values[2 * 8 + 3] = value
      episode.columns[1] = .float32(values)
    }
    #expect(error?.episode == 0)
    #expect(error?.reason == "frame 2: 'action' [joint3.pos] is \(value), not a finite number")
  }

  @Test func whatDoesNotFitTheSchemaIsRefused() throws {
    #expect(try refusal { $0.index = 1 } != nil)
    #expect(try refusal { $0.length = 0 } != nil)
    #expect(try refusal { $0.length = 5 } != nil)
    #expect(try refusal { $0.columns.removeLast() } != nil)
    #expect(try refusal { $0.columns[0] = .int64([1]) } != nil)
    #expect(try refusal { $0.columns[2] = .float32([1]) } != nil)
    #expect(try refusal { $0.task = "two\nlines" } != nil)
    #expect(try refusal { $0.clips = [] } != nil)
    #expect(try refusal { $0.clips[0].packets.removeLast() } != nil)
    #expect(try refusal { $0.clips[0].packets[0].isKeyframe = false } != nil)
    #expect(try refusal { $0.clips[0].width = 32 } != nil)
    #expect(try refusal { $0.clips[0].framesPerSecond = 25 } != nil)
    #expect(try refusal { $0.imageStatistics[0].mean = [0.5] } != nil)
    #expect(try refusal { $0.imageStatistics[0].std[0] = .nan } != nil)
    #expect(try refusal { $0.provenance.failureFrame = 4 } != nil)
    #expect(try refusal { $0.provenance.draws[0].path = "unknown" } != nil)
    #expect(try refusal { $0.provenance.draws.swapAt(0, 1) } != nil)
    #expect(try refusal { $0.provenance.draws[0].value = .infinity } != nil)
    #expect(try refusal { $0.provenance.stateHash = "" } != nil)
    #expect(try refusal { $0.provenance.lcpMessages = -2 } != nil)
    #expect(try refusal { $0.provenance.gatesFailed = "" } != nil)
    #expect(try refusal { $0.provenance.instanceJSON = [] } != nil)
    #expect(try refusal { $0.provenance.instanceJSON = [123, 10, 125] } != nil)
    #expect(try refusal { _ in } == nil)
  }

  @Test func anotherCodingThanBeforeIsRefused() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples(cameras: [("front", 48, 32)])
    var writer = try DatasetPacker(directory: folder.path, continuing: nil, schema: samples.schema, axes: samples.axes)
    try writer.append(try samples.episode(0, length: 4))
    var other = try samples.episode(1, length: 4)
    other.clips[0].configuration.append(0)
    #expect(throws: DatasetError.self) { try writer.append(other) }
  }

  @Test func schemasThatLeRobotCannotTakeAreRefused() throws {
    func refuses(_ change: (inout FeatureSchema) -> Void) throws -> Bool {
      let folder = try TemporaryDirectory()
      var schema = Samples().schema
      change(&schema)
      do { _ = try DatasetPacker(directory: folder.path, continuing: nil, schema: schema, axes: []) } catch {
        return true
      }
      return false
    }
    #expect(try refuses { $0.framesPerSecond = 0 })
    #expect(try refuses { $0.features = [] })
    #expect(try refuses { $0.features[0].name = "a/b" })
    #expect(try refuses { $0.features[0].name = "timestamp" })
    #expect(try refuses { $0.features[0].name = "action" })
    #expect(try refuses { $0.features[0].name = "image_scale" })
    #expect(try refuses { $0.features[0].dimensions = [] })
    #expect(try refuses { $0.cameras[0].name = "../x" })
    #expect(try refuses { $0.cameras[1].name = "front" })
    #expect(try !refuses { _ in })
  }

  @Test func withoutEpisodesThereIsNoDataset() throws {
    let folder = try TemporaryDirectory()
    let packer = try DatasetPacker(directory: folder.path, continuing: nil, schema: Samples().schema, axes: [])
    try packer.finish()
    #expect(allFiles(folder.path) == [])
  }
}
