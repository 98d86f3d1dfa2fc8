import SeedbedDatasets
import Video

extension Reconciler {
  /// Cameras, in MP4 files or as stored pictures.
  mutating func picturePlan(
    _ name: String, _ all: [(source: MixSource, feature: SourceFeature)], rate: Int
  ) throws -> FeaturePlan? {
    guard let first = all.first, let shape = first.feature.picture else { return nil }
    for (source, feature) in all {
      guard let other = feature.picture else { return nil }
      if other.isDepth != shape.isDepth || other.channels != shape.channels {
        problem(
          name,
          "it has \(shape.channels) channels\(shape.isDepth ? " of depth" : "") in '\(first.source.name)' and "
            + "\(other.channels)\(other.isDepth ? " of depth" : "") in '\(source.name)'.",
          "Leave it out with --drop \(name).")
        return nil
      }
      let differs = (other.width, other.height) != (shape.width, shape.height)
      if differs, shape.isDepth || feature.kind == .pictures {
        problem(
          name,
          "its pictures are \(shape.width)x\(shape.height) in '\(first.source.name)' and \(other.width)x\(other.height) in "
            + "'\(source.name)', and \(shape.isDepth ? "depth" : "pictures in tables") cannot be scaled.",
          "Leave it out with --drop \(name).")
        return nil
      }
    }
    if first.feature.kind == .pictures { return storedPlan(name, all, shape) }
    return try videoPlan(name, all, shape, rate: rate)
  }

  private mutating func storedPlan(
    _ name: String, _ all: [(source: MixSource, feature: SourceFeature)], _ shape: SourceFeature.PictureShape
  ) -> FeaturePlan? {
    guard all.count == sources.count else {
      problem(
        "--fill", "'\(name)' holds pictures in tables, which are not filled.", "Leave it out with --drop \(name).")
      return nil
    }
    let info = all.lazy.map { $0.feature.videoInformation }.first { !$0.isEmpty } ?? []
    return FeaturePlan(
      feature: .picture(
        name, "image", height: shape.height, width: shape.width, channels: shape.channels, isDepth: shape.isDepth,
        info: info),
      recipes: sources.map { source in .column(original(name, in: source), order: nil) })
  }

  private mutating func videoPlan(
    _ name: String, _ all: [(source: MixSource, feature: SourceFeature)], _ shape: SourceFeature.PictureShape, rate: Int
  ) throws -> FeaturePlan? {
    guard let first = all.first, let format = try format(first.source, first.feature) else { return nil }
    let (codec, pixelFormat) = try coding(like: format, all)
    let settings = PictureCoding.settings(codec, pixelFormat, info: first.feature.videoInformation)
    let coding = PictureCoding(
      codec: codec, pixelFormat: pixelFormat, width: format.width, height: format.height, settings: settings,
      pixelName: pixelFormat ?? first.feature.coding?.pixelFormat ?? PictureCoding.unnamed)
    var recipes: [FeaturePlan.Recipe] = []
    for source in sources {
      guard let feature = feature(name, in: source),
        let camera = source.data.info.cameras.firstIndex(where: { $0.name == feature.name })
      else {
        guard request.fills.last(where: { $0.feature == name })?.value == "black", !shape.isDepth else {
          problem(
            "--fill", "'\(name)' is a camera.", "Write --fill \(name)=black, or leave it out with --drop \(name).")
          return nil
        }
        recipes.append(.fill(.black))
        continue
      }
      recipes.append(.camera(camera))
      guard let own = try self.format(source, feature) else { continue }
      let obstacle = coding.obstacle(own, declared: feature.coding?.pixelFormat)
      guard let reason = obstacle ?? (source.framesPerSecond == Double(rate) ? nil : "another rate") else { continue }
      if settings == nil || shape.isDepth {
        problem(
          name,
          "the videos of '\(source.name)' would have to be encoded anew (\(reason)), and this program cannot encode "
            + "\(codec) \(coding.pixelName).",
          "Take the other source's form with --like \(source.name), or leave it out with --drop \(name).")
      } else if obstacle != nil {
        note("the videos '\(name)' of '\(source.name)' are encoded anew: \(reason)")
      }
    }
    let depth = shape.isDepth
    return FeaturePlan(
      feature: .picture(
        name, "video", height: format.height, width: format.width, channels: depth ? 1 : 3, isDepth: depth,
        info: first.feature.videoInformation.filter { $0.value != .null }),
      recipes: recipes, coding: coding)
  }

  /// The model's coding, where files of it can be written; else the first one of another source that can, else H.264.
  private mutating func coding(
    like format: MovieFormat, _ all: [(source: MixSource, feature: SourceFeature)]
  ) throws -> (codec: String, pixelFormat: String?) {
    if format.isWritable { return (format.codec, format.pixelFormat) }
    for (source, feature) in all.dropFirst() {
      if let other = try self.format(source, feature), other.isWritable, other.pixelFormat == "yuv420p" {
        return (other.codec, other.pixelFormat)
      }
    }
    return ("h264", "yuv420p")
  }

  /// How the first eligible episode's pictures are coded.
  private mutating func format(_ source: MixSource, _ feature: SourceFeature) throws -> MovieFormat? {
    guard let camera = source.data.info.cameras.firstIndex(where: { $0.name == feature.name }),
      let k = source.eligible.first
    else { return nil }
    do throws(DatasetError) {
      return try FootageReader(source.data, camera: camera).movie(k).format
    } catch {
      problem(error.path, error.reason + ".", error.videoRemedy(dataset: source.directory))
      return nil
    }
  }
}

extension DatasetError {
  /// What to do about a video that cannot be read.
  func videoRemedy(dataset: String) -> String {
    kind == .unsupported
      ? "Encode it anew first: ffmpeg -i OLD.mp4 -c:v libx264 -g 2 -bf 0 -pix_fmt yuv420p -fps_mode passthrough NEW.mp4"
      : "Restore the file; see 'seedbed validate \(dataset)'."
  }
}

extension PictureCoding {
  /// What encodes as a camera's videos say that they were encoded, else as LeRobot does.
  static func settings(_ codec: String, _ pixelFormat: String?, info: [JSONValue.Member]) -> VideoSettings? {
    guard pixelFormat == "yuv420p", var settings = VideoSettings.lerobot(codec: codec) else { return nil }
    func value(_ key: String) -> JSONValue? { info.first { $0.name == key }?.value }
    let plain = settings
    if let group = value("video.g")?.integer { settings.groupOfPictures = group }
    if let quality = value("video.crf")?.integer { settings.crf = quality }
    if let preset = value("video.preset") {
      settings.preset = preset.string ?? preset.integer.map(String.init) ?? settings.preset
    }
    return settings.problem == nil ? settings : plain
  }
}
