public import Diagnostics
public import SeedbedDatasets
import SeedbedEpisodes
import Video

extension RealSchema {
  /// The form of a dataset, v3.0 or v2.1.
  ///
  /// - Throws: Everything in it that cannot be written so.
  public init(_ source: DatasetSource) throws(InputError) {
    let place = SourceLocation(file: source.path + "/meta/info.json")
    var problems: [Diagnostic] = []
    func fail(_ message: String, _ remedy: String) {
      problems.append(Diagnostic(.error, at: place, message, remedy: remedy))
    }
    let info = source.info
    let rate = Int(exactly: info.framesPerSecond.rounded()) ?? 0
    if Double(rate) != info.framesPerSecond || !(1...240).contains(rate) {
      fail(
        "The rate is \(info.framesPerSecond) frames a second; a simulated one is a whole number from 1 to 240.",
        "Resample the dataset to such a rate first (`seedbed mix`).")
    }
    var numbers: [Numbers] = []
    for feature in info.columns where !SourceFeature.standardNames.contains(feature.name) {
      switch RealSchema.numbers(feature) {
      case .success(let column): numbers.append(column)
      case .failure(let problem): fail("The feature '\(feature.name)' \(problem.message)", problem.remedy)
      }
    }
    var cameras: [Camera] = []
    for (i, feature) in info.cameras.enumerated() {
      switch RealSchema.camera(feature, stream: RealSchema.stream(source, camera: i)) {
      case .success(let camera): cameras.append(camera)
      case .failure(let problem): fail("The camera '\(feature.name)' \(problem.message)", problem.remedy)
      }
    }
    if !numbers.contains(where: { $0.name.hasPrefix("observation") || FeatureRole($0.name) != nil }) {
      fail(
        "None of its features is an action, an observation or a state of joints, a gripper or a tool centre point.",
        "Is this a robot's dataset?")
    }
    guard problems.isEmpty else { throw InputError(problems) }
    self.init(
      framesPerSecond: rate, robotType: info.robotType,
      declaration: String(decoding: RealSchema.declaration(info, rate: rate).compact(), as: UTF8.self),
      numbers: numbers, cameras: cameras)
  }

  private struct Problem: Error { var message: String, remedy: String }

  private static func numbers(_ feature: SourceFeature) -> Result<Numbers, Problem> {
    switch feature.kind {
    case .pictures:
      return .failure(
        Problem(
          message: "holds pictures inside the tables (dtype 'image').",
          remedy: "Turn them into videos first: `lerobot-edit-dataset --operation.type convert_image_to_video`."))
    case .texts where feature.width == 1: break
    case .texts, .other:
      return .failure(
        Problem(
          message: "holds \(feature.dataType) values, which no simulation gives.",
          remedy: "Remove it first: `lerobot-edit-dataset --operation.type remove_feature`."))
    case .numbers, .video: break
    }
    guard let type = Feature.DataType(rawValue: feature.dataType) else {
      return .failure(
        Problem(
          message: "is of type \(feature.dataType), which cannot be written.",
          remedy: "Types that can: float32, float64, int64, bool, string."))
    }
    guard feature.shape.count <= 1 else {
      return .failure(
        Problem(
          message: "has the shape \(feature.shape), and LeRobot's merge fails on more than one dimension.",
          remedy: "Flatten it to [\(feature.width)] first."))
    }
    return .success(
      Numbers(
        name: feature.name, dataType: type, names: feature.names.count == feature.width ? feature.names : [],
        width: feature.width))
  }

  /// How the pictures of a file are coded.
  private struct Stream {
    var codec: String
    var pixelFormat: String?
    var ticksPerSecond: Int
    var decodingLead: Int?
  }

  /// Of the first file that can be read: what its pictures really are.
  private static func stream(_ source: DatasetSource, camera: Int) -> Stream? {
    guard source.episodes.count > 0, let movie = try? source.movie(0, camera: camera) else { return nil }
    let track = movie.track
    var lead: Int?
    // Files of HEVC keep one file's parameters when they are joined, so they are better not joined the wrong way round.
    if track.codec == "h264", track.frameCount > 1, track.times[1] > track.times[0] {
      lead = Int(track.lead / (track.times[1] - track.times[0]))
    }
    return Stream(
      codec: track.codec, pixelFormat: track.pixelFormat, ticksPerSecond: track.timescale,
      decodingLead: lead.flatMap { (1...16).contains($0) ? $0 : nil })
  }

  private static func camera(
    _ feature: SourceFeature, stream: Stream?
  ) -> Result<Camera, Problem> {
    guard let picture = feature.picture else {
      return .failure(
        Problem(message: "has the shape \(feature.shape).", remedy: "Give it height, width and channels."))
    }
    guard !picture.isDepth, picture.channels == 3 else {
      return .failure(
        Problem(
          message: picture.isDepth ? "holds depth." : "has \(picture.channels) channels, not 3.",
          remedy: "Remove it first: `lerobot-edit-dataset --operation.type remove_feature`."))
    }
    guard picture.width % 2 == 0, picture.height % 2 == 0, (16...1920).contains(picture.width),
      (16...1920).contains(picture.height)
    else {
      return .failure(
        Problem(
          message: "has \(picture.width) x \(picture.height) pixels; both must be even numbers from 16 to 1920.",
          remedy: "Resize its pictures first."))
    }
    let codec = stream?.codec ?? feature.coding?.codec ?? "av1"
    guard var settings = VideoSettings.lerobot(codec: codec) else {
      return .failure(
        Problem(message: "is coded as \(codec).", remedy: "Encode it again as av1, h264 or hevc first."))
    }
    settings.pixelFormat = stream?.pixelFormat ?? feature.coding?.pixelFormat ?? "yuv420p"
    settings.take(feature.json["info"])
    if let problem = settings.problem {
      return .failure(Problem(message: "cannot be encoded alike: \(problem).", remedy: "Encode it again first."))
    }
    return .success(
      Camera(
        name: feature.name, width: picture.width, height: picture.height, video: settings,
        ticksPerSecond: stream?.ticksPerSecond, decodingLead: stream?.decodingLead))
  }

  /// LeRobot's converter from v2.1 gives every feature but videos a member `fps`, and leaves all else as it is.
  private static func declaration(_ info: SourceInfo, rate: Int) -> JSONValue {
    let features = info.json["features"] ?? .object([])
    guard info.version == .v21, case .object(let members) = features else { return features }
    return .object(
      members.map { member in
        guard case .object(let entry) = member.value, member.value["dtype"]?.string != "video" else { return member }
        return .init(member.name, .object(entry.filter { $0.name != "fps" } + [.init("fps", .integer(rate))]))
      })
  }
}

extension VideoSettings {
  /// What a dataset says of its coding, as far as the encoder here can do the same.
  fileprivate mutating func take(_ info: JSONValue?) {
    func trying(_ change: (inout VideoSettings) -> Void) {
      var changed = self
      change(&changed)
      if changed.problem == nil { self = changed }
    }
    if let group = info?["video.g"]?.integer { trying { $0.groupOfPictures = max(group, codec == "av1" ? 2 : 1) } }
    if let crf = info?["video.crf"]?.integer { trying { $0.crf = crf } }
    if let preset = info?["video.preset"]?.string ?? info?["video.preset"]?.integer.map({ "\($0)" }) {
      trying { $0.preset = preset }
    }
    if let fast = info?["video.fast_decode"]?.integer { trying { $0.fastDecode = fast } }
  }
}
