import SeedbedEpisodes
import Video

extension SchemaDeclaration {
  var json: JSONValue {
    .object(
      [.init("features", .string(features)), .init("robotType", .text(robotType))]
        + (missingCameras.map { [.init("missingCameras", .strings($0))] } ?? []))
  }

  init(json: JSONValue) throws(SchemaFailure) {
    self.init(
      features: try json.required("features", \.string), robotType: json["robotType"]?.string,
      missingCameras: json["missingCameras"]?.array?.compactMap(\.string))
    guard members != nil else { throw SchemaFailure(reason: "the declared features are no JSON object") }
  }

  /// The declared features in their order.
  var members: [JSONValue.Member]? { (try? JSONParser.parse(Array(features.utf8)))?.members }
}

extension CameraFeature {
  /// What only schemas of other datasets need.
  var ofOthers: [JSONValue.Member] {
    [
      .init("feature", .text(feature)),
      .init(
        "video",
        .object([
          .init("codec", .string(video.codec)), .init("pixelFormat", .string(video.pixelFormat)),
          .init("preset", .string(video.preset)), .init("crf", .integer(video.crf)),
          .init("groupOfPictures", .integer(video.groupOfPictures)), .init("bFrames", .integer(video.bFrames)),
          .init("fastDecode", .integer(video.fastDecode)),
        ])),
      .init("ticksPerSecond", ticksPerSecond.map { .integer($0) } ?? .null), .init("isFilled", .bool(isFilled)),
    ] + (decodingLead.map { [.init("decodingLead", .integer($0))] } ?? [])
  }

  init(json: JSONValue) throws(SchemaFailure) {
    self.init(
      name: try json.required("name", \.string), feature: json["feature"]?.string,
      width: try json.required("width", \.integer), height: try json.required("height", \.integer),
      summary: try json.required("summary", \.string), ticksPerSecond: json["ticksPerSecond"]?.integer,
      decodingLead: json["decodingLead"]?.integer,
      isFilled: json["isFilled"]?.bool ?? false)
    guard let coding = json["video"] else { return }
    video = VideoSettings(
      codec: try coding.required("codec", \.string), pixelFormat: try coding.required("pixelFormat", \.string),
      preset: try coding.required("preset", \.string), crf: try coding.required("crf", \.integer),
      groupOfPictures: try coding.required("groupOfPictures", \.integer),
      bFrames: try coding.required("bFrames", \.integer), fastDecode: try coding.required("fastDecode", \.integer))
  }
}
