import MCAP
import ProtocolBuffers

/// Message types of Protocol Buffers, and the FileDescriptorSet that tells viewers of them.
struct MessageType {
  enum Kind: Int64 { case double = 1, int64 = 3, text = 9, message = 11, bytes = 12 }

  struct Part {
    var name: String
    var number: Int
    var kind: Kind
    /// Of messages.
    var type: String?
    var isRepeated = false
    /// Is it told apart whether the value was written?
    var isOptional = false
  }

  var package: String
  var name: String
  var parts: [Part]
  /// Those that its parts are of, in its own package.
  var others: [MessageType] = []

  var fullName: String { package + "." + name }
  var schema: MCAPSchema { MCAPSchema(name: fullName, encoding: "protobuf", data: descriptorSet) }

  /// google.protobuf.Timestamp, and this type with the others, each in a file.
  private var descriptorSet: [UInt8] {
    var set = MessageWriter()
    set.message(1) { file in
      file.text(1, "google/protobuf/timestamp.proto")
      file.text(2, "google.protobuf")
      file.message(4) { message in
        message.text(1, "Timestamp")
        MessageType.write(Part(name: "seconds", number: 1, kind: .int64), to: &message, oneof: nil)
        message.message(2) { field in
          field.text(1, "nanos")
          field.integer(3, 2)
          field.integer(4, 1)
          field.integer(5, 5)
        }
      }
      file.text(12, "proto3")
    }
    set.message(1) { file in
      file.text(1, package + "/" + name + ".proto")
      file.text(2, package)
      file.text(3, "google/protobuf/timestamp.proto")
      for type in others + [self] { file.message(4) { type.write(to: &$0) } }
      file.text(12, "proto3")
    }
    return set.bytes
  }

  private func write(to message: inout MessageWriter) {
    message.text(1, name)
    var oneofs: [String] = []
    for part in parts {
      if part.isOptional { oneofs.append("_" + part.name) }
      MessageType.write(part, to: &message, oneof: part.isOptional ? oneofs.count - 1 : nil)
    }
    for oneof in oneofs { message.message(8) { $0.text(1, oneof) } }
  }

  private static func write(_ part: Part, to message: inout MessageWriter, oneof: Int?) {
    message.message(2) { field in
      field.text(1, part.name)
      field.integer(3, Int64(part.number))
      field.integer(4, part.isRepeated ? 3 : 1)
      field.integer(5, part.kind.rawValue)
      if let type = part.type { field.text(6, type) }
      if let oneof {
        field.integer(9, Int64(oneof))
        field.integer(17, 1)
      }
    }
  }
}

extension MessageType {
  private static let timestamp = Part(
    name: "timestamp", number: 1, kind: .message, type: ".google.protobuf.Timestamp")

  static let compressedImage = MessageType(
    package: "foxglove", name: "CompressedImage",
    parts: [
      timestamp, Part(name: "data", number: 2, kind: .bytes), Part(name: "format", number: 3, kind: .text),
      Part(name: "frame_id", number: 4, kind: .text),
    ])

  static let compressedVideo = MessageType(
    package: "foxglove", name: "CompressedVideo",
    parts: [
      timestamp, Part(name: "frame_id", number: 2, kind: .text), Part(name: "data", number: 3, kind: .bytes),
      Part(name: "format", number: 4, kind: .text),
    ])

  static let jointStates = MessageType(
    package: "foxglove", name: "JointStates",
    parts: [
      timestamp, Part(name: "joints", number: 2, kind: .message, type: ".foxglove.JointState", isRepeated: true),
    ],
    others: [
      MessageType(
        package: "foxglove", name: "JointState",
        parts: [Part(name: "name", number: 1, kind: .text)]
          + ["position", "velocity", "acceleration", "effort"].enumerated().map {
            Part(name: $1, number: $0 + 2, kind: .double, isOptional: true)
          })
    ])

  static let frameTransforms = MessageType(
    package: "foxglove", name: "FrameTransforms",
    parts: [Part(name: "transforms", number: 1, kind: .message, type: ".foxglove.FrameTransform", isRepeated: true)],
    others: [
      doubles("Vector3", ["x", "y", "z"]), doubles("Quaternion", ["x", "y", "z", "w"]),
      MessageType(
        package: "foxglove", name: "FrameTransform",
        parts: [
          timestamp, Part(name: "parent_frame_id", number: 2, kind: .text),
          Part(name: "child_frame_id", number: 3, kind: .text),
          Part(name: "translation", number: 4, kind: .message, type: ".foxglove.Vector3"),
          Part(name: "rotation", number: 5, kind: .message, type: ".foxglove.Quaternion"),
        ]),
    ])

  /// Numbers without a type of their own.
  static let values = MessageType(
    package: "seedbed", name: "Values",
    parts: [
      timestamp, Part(name: "values", number: 2, kind: .double, isRepeated: true),
      Part(name: "integers", number: 3, kind: .int64, isRepeated: true),
    ])

  static let text = MessageType(
    package: "seedbed", name: "Text", parts: [timestamp, Part(name: "text", number: 2, kind: .text)])

  private static func doubles(_ name: String, _ parts: [String]) -> MessageType {
    MessageType(
      package: "foxglove", name: name,
      parts: parts.enumerated().map { Part(name: $1, number: $0 + 1, kind: .double) })
  }
}

extension MessageWriter {
  /// Field 1 of nearly all types: the time, nanoseconds.
  mutating func timestamp(_ time: UInt64) {
    message(1) { stamp in
      if time >= 1_000_000_000 { stamp.integer(1, Int64(time / 1_000_000_000)) }
      if time % 1_000_000_000 > 0 { stamp.integer(2, Int64(time % 1_000_000_000)) }
    }
  }
}
