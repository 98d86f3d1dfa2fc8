import SeedbedEpisodes
import Video

extension SchemaDeclaration {
  var json: JSONValue {
    .object([.init("features", .string(features)), .init("robotType", .text(robotType))])
  }

  init(json: JSONValue) throws(SchemaFailure) {
    self.init(features: try json.required("features", \.string), robotType: json["robotType"]?.string)
    guard members != nil else { throw SchemaFailure(reason: "the declared features are no JSON object") }
  }

  /// The declared features in their order.
  var members: [JSONValue.Member]? { (try? JSONParser.parse(Array(features.utf8)))?.members }
}

extension CameraFeature {
  /// What only schemas of other datasets need.
  var ofOthers: [JSONValue.Member] {
    [
      .init("feature", .text(feature)), .init("codec", .string(video.codec)),
      .init("pixelFormat", .string(video.pixelFormat)), .init("preset", .string(video.preset)),
      .init("crf", .integer(video.crf)), .init("groupOfPictures", .integer(video.groupOfPictures)),
      .init("fastDecode", .integer(video.fastDecode)), .init("isFilled", .bool(isFilled)),
    ]
  }

  init(json: JSONValue) throws(SchemaFailure) {
    self.init(
      name: try json.required("name", \.string), feature: json["feature"]?.string,
      width: try json.required("width", \.integer), height: try json.required("height", \.integer),
      summary: try json.required("summary", \.string), isFilled: json["isFilled"]?.bool ?? false)
    guard let codec = json["codec"]?.string else { return }
    video = VideoSettings(
      codec: codec, pixelFormat: try json.required("pixelFormat", \.string),
      preset: try json.required("preset", \.string), crf: try json.required("crf", \.integer),
      groupOfPictures: try json.required("groupOfPictures", \.integer),
      fastDecode: try json.required("fastDecode", \.integer))
  }
}
