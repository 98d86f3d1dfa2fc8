import MCAP
import ProtocolBuffers
import SeedbedDatasets

/// What a message says, of the types that are read.
enum MCAPContent: Sendable {
  /// Numbers by the joints' names, "panda_joint1": one a joint, nil where the message does not say it; a quantity that it
  /// says of no joint is an empty list.
  case joints(names: [String], position: [Double?], velocity: [Double?], effort: [Double?])
  case values([Double], integers: [Int64])
  case text(String)
  /// A PNG or JPEG file.
  case image([UInt8])
  /// A coded picture, its codec by libav's name, and the time that the message itself says, nanoseconds.
  case video([UInt8], codec: String, shown: UInt64)

  /// Types that hold this content; nil for all others.
  static func reader(_ channel: MCAPChannel) -> (@Sendable ([UInt8]) throws(MessageReader.Failure) -> MCAPContent)? {
    switch (channel.messageEncoding, channel.schema?.name) {
    case ("protobuf", "foxglove.JointStates"): { bytes throws(MessageReader.Failure) in try jointStates(bytes) }
    case ("protobuf", "foxglove.CompressedImage"):
      { bytes throws(MessageReader.Failure) in .image(try bytesField(bytes, 2)) }
    case ("protobuf", "foxglove.CompressedVideo"): { bytes throws(MessageReader.Failure) in try video(bytes) }
    case ("protobuf", "seedbed.Values"): { bytes throws(MessageReader.Failure) in try values(bytes) }
    case ("protobuf", "seedbed.Text"):
      { bytes throws(MessageReader.Failure) in .text(String(decoding: try bytesField(bytes, 2), as: UTF8.self)) }
    case ("cdr", "sensor_msgs/msg/JointState"): { bytes throws(MessageReader.Failure) in try rosJointState(bytes) }
    case ("cdr", "sensor_msgs/msg/CompressedImage"): { bytes throws(MessageReader.Failure) in try rosImage(bytes) }
    case ("cdr", "std_msgs/msg/Float64MultiArray"): { bytes throws(MessageReader.Failure) in try rosNumbers(bytes) }
    default: nil
    }
  }

  private static func jointStates(_ bytes: [UInt8]) throws(MessageReader.Failure) -> MCAPContent {
    var reader = MessageReader(bytes)
    var names: [String] = []
    var quantities = [[Double?]](repeating: [], count: 6)
    while let (field, value) = try reader.next() {
      guard field == 2, case .bytes(let range) = value else { continue }
      var joint = MessageReader(bytes, range)
      var name = ""
      var values = [Double?](repeating: nil, count: 6)
      while let (field, value) = try joint.next() {
        switch (field, value) {
        case (1, .bytes(let range)): name = joint.text(range)
        case (2...5, .fixed64(let bits)): values[field] = Double(bitPattern: bits)
        default: continue
        }
      }
      names.append(name)
      for field in 2...5 { quantities[field].append(values[field]) }
    }
    return try joints(names, position: quantities[2], velocity: quantities[3], effort: quantities[5])
  }

  /// Joints without names are told apart by their places.
  private static func joints(
    _ names: [String], position: [Double?], velocity: [Double?], effort: [Double?]
  ) throws(MessageReader.Failure) -> MCAPContent {
    let most = max(position.count, velocity.count, effort.count)
    let names = names.allSatisfy(\.isEmpty) ? (0..<max(names.count, most)).map { "joint_\($0)" } : names
    for (values, what) in [(position, "positions"), (velocity, "velocities"), (effort, "efforts")]
    where !values.isEmpty && values.count != names.count {
      throw MessageReader.Failure(reason: "names \(names.count) joints and has \(values.count) \(what)")
    }
    func said(_ values: [Double?]) -> [Double?] { values.contains { $0 != nil } ? values : [] }
    return .joints(names: names, position: said(position), velocity: said(velocity), effort: said(effort))
  }

  private static func bytesField(_ bytes: [UInt8], _ wanted: Int) throws(MessageReader.Failure) -> [UInt8] {
    var reader = MessageReader(bytes)
    while let (field, value) = try reader.next() {
      if field == wanted, case .bytes(let range) = value { return Array(bytes[range]) }
    }
    return []
  }

  private static func video(_ bytes: [UInt8]) throws(MessageReader.Failure) -> MCAPContent {
    let format = String(decoding: try bytesField(bytes, 4), as: UTF8.self)
    return .video(
      try bytesField(bytes, 3), codec: format == "h265" ? "hevc" : format, shown: try timestamp(bytes))
  }

  /// Field 1: google.protobuf.Timestamp.
  private static func timestamp(_ bytes: [UInt8]) throws(MessageReader.Failure) -> UInt64 {
    var reader = MessageReader(bytes)
    var time: UInt64 = 0
    while let (field, value) = try reader.next() {
      guard field == 1, case .bytes(let range) = value else { continue }
      var stamp = MessageReader(bytes, range)
      while let (field, value) = try stamp.next() {
        guard case .integer(let number) = value else { continue }
        time &+= field == 1 ? number &* 1_000_000_000 : field == 2 ? number : 0
      }
    }
    return time
  }

  private static func values(_ bytes: [UInt8]) throws(MessageReader.Failure) -> MCAPContent {
    var reader = MessageReader(bytes)
    var numbers: [Double] = [], integers: [Int64] = []
    while let (field, value) = try reader.next() {
      if field == 2 { numbers += try reader.doubles(value) }
      if field == 3 { integers += try reader.integers(value) }
    }
    return .values(numbers, integers: integers)
  }
}

// MARK: ROS 2

extension MCAPContent {
  private static func rosJointState(_ bytes: [UInt8]) throws(MessageReader.Failure) -> MCAPContent {
    var reader = try CDRReader(bytes)
    try reader.header()
    return try joints(
      try reader.texts(), position: try reader.doubles(), velocity: try reader.doubles(), effort: try reader.doubles())
  }

  private static func rosImage(_ bytes: [UInt8]) throws(MessageReader.Failure) -> MCAPContent {
    var reader = try CDRReader(bytes)
    try reader.header()
    _ = try reader.text()
    return .image(try reader.bytes())
  }

  private static func rosNumbers(_ bytes: [UInt8]) throws(MessageReader.Failure) -> MCAPContent {
    var reader = try CDRReader(bytes)
    for _ in 0..<(try reader.count(size: 1)) {
      _ = try reader.text()
      _ = try reader.uint32()
      _ = try reader.uint32()
    }
    _ = try reader.uint32()
    return .values(try reader.doubles(), integers: [])
  }
}

/// Reads ROS 2's messages (CDR of OMG's DDS-XTYPES, plain, little or big endian).
struct CDRReader {
  private let message: [UInt8]
  private let isLittle: Bool
  /// Behind the four bytes that say the encoding; places are counted from here.
  private var at = 4

  init(_ bytes: [UInt8]) throws(MessageReader.Failure) {
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] <= 1 else {
      throw MessageReader.Failure(reason: "is no plain CDR message")
    }
    message = bytes
    isLittle = bytes[1] == 1
  }

  private mutating func number(_ width: Int) throws(MessageReader.Failure) -> UInt64 {
    at += (width - (at - 4) % width) % width
    guard message.count - at >= width else { throw MessageReader.Failure(reason: "ends within a number") }
    defer { at += width }
    return (0..<width).reduce(0) { $0 | UInt64(message[at + $1]) << UInt64(8 * (isLittle ? $1 : width - 1 - $1)) }
  }

  mutating func uint32() throws(MessageReader.Failure) -> UInt32 { UInt32(try number(4)) }

  /// How many elements of so many bytes follow.
  mutating func count(size: Int) throws(MessageReader.Failure) -> Int {
    let count = Int(try uint32())
    guard count <= (message.count - at) / size else {
      throw MessageReader.Failure(reason: "claims \(count) elements where \(message.count - at) bytes are left")
    }
    return count
  }

  mutating func bytes() throws(MessageReader.Failure) -> [UInt8] {
    let count = try count(size: 1)
    defer { at += count }
    return Array(message[at..<at + count])
  }

  mutating func text() throws(MessageReader.Failure) -> String {
    String(decoding: try bytes().prefix { $0 != 0 }, as: UTF8.self)
  }

  mutating func texts() throws(MessageReader.Failure) -> [String] {
    var texts: [String] = []
    for _ in 0..<(try count(size: 4)) { texts.append(try text()) }
    return texts
  }

  mutating func doubles() throws(MessageReader.Failure) -> [Double] {
    let count = try count(size: 8)
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for _ in 0..<count { numbers.append(Double(bitPattern: try number(8))) }
    return numbers
  }

  /// std_msgs/Header: a stamp and a frame.
  mutating func header() throws(MessageReader.Failure) {
    _ = try uint32()
    _ = try uint32()
    _ = try text()
  }
}
