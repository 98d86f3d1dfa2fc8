import SeedbedEpisodes

extension FeatureSchema {
  /// As it stands in `meta/seedbed/features.json`; the names are those of the type's own coding keys.
  var json: JSONValue {
    .object(
      [
        .init("framesPerSecond", .integer(framesPerSecond)),
        .init("robotType", .string(robotType)),
        .init("features", .array(features.map(\.json))),
        .init(
          "cameras",
          .array(
            cameras.map { camera in
              .object(
                [
                  .init("name", .string(camera.name)), .init("width", .integer(camera.width)),
                  .init("height", .integer(camera.height)), .init("summary", .string(camera.summary)),
                ] + (declaration == nil ? [] : camera.ofOthers))
            })),
      ] + (declaration.map { [.init("declaration", $0.json)] } ?? []))
  }

  init(json: JSONValue) throws(SchemaFailure) {
    self.init(
      framesPerSecond: try json.required("framesPerSecond", \.integer),
      robotType: try json.required("robotType", \.string), features: [], cameras: [])
    for entry in try json.required("features", \.array) { features.append(try Feature(json: entry)) }
    declaration = try json["declaration"].map { value throws(SchemaFailure) in try SchemaDeclaration(json: value) }
    for entry in try json.required("cameras", \.array) { cameras.append(try CameraFeature(json: entry)) }
  }
}

/// A member that is missing or of the wrong type.
struct SchemaFailure: Error { var reason: String }

extension JSONValue {
  func required<T>(_ name: String, _ value: (JSONValue) -> T?) throws(SchemaFailure) -> T {
    guard let member = self[name] else { throw SchemaFailure(reason: "'\(name)' is missing") }
    guard let result = value(member) else { throw SchemaFailure(reason: "'\(name)' is of the wrong type") }
    return result
  }
}

extension Limits {
  /// [lower, upper], null where there is none.
  fileprivate var json: JSONValue { .array([lower, upper].map { $0.map(JSONValue.number) ?? .null }) }

  fileprivate init?(json: JSONValue) {
    guard let bounds = json.array, bounds.count == 2 else { return nil }
    self.init(bounds[0].number, bounds[1].number)
  }
}

extension Feature {
  fileprivate var json: JSONValue {
    .object([
      .init("name", .string(name)),
      .init("dataType", .string(dataType.rawValue)),
      .init(
        "dimensions",
        .array(
          dimensions.map { dimension in
            .object(
              [
                .init("name", .string(dimension.name)), .init("unit", .string(dimension.unit)),
                .init("frame", .string(dimension.frame)), .init("convention", .string(dimension.convention)),
              ] + (dimension.isFilled ? [.init("isFilled", .bool(true))] : [])
                + (dimension.limits.map { [.init("limits", $0.json)] } ?? []))
          })),
      .init("summary", .string(summary)),
    ])
  }

  fileprivate init(json: JSONValue) throws(SchemaFailure) {
    let type = try json.required("dataType", \.string)
    guard let dataType = DataType(rawValue: type) else { throw SchemaFailure(reason: "'\(type)' is no data type") }
    self.init(
      name: try json.required("name", \.string), dataType: dataType, dimensions: [],
      summary: try json.required("summary", \.string))
    for entry in try json.required("dimensions", \.array) {
      dimensions.append(
        Dimension(
          name: try entry.required("name", \.string), unit: try entry.required("unit", \.string),
          frame: try entry.required("frame", \.string), convention: try entry.required("convention", \.string),
          isFilled: entry["isFilled"]?.bool ?? false, limits: entry["limits"].flatMap(Limits.init)))
    }
  }
}
