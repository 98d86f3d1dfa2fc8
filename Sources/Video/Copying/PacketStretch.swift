/// Packets of a file that make up some of its pictures on their own, and so can be copied.
public struct PacketStretch: Sendable, Equatable {
  /// In decoding order.
  let packets: Range<Int>
  /// Of each packet, how far its picture is shown behind its place; nil where pictures are shown as they are decoded.
  public let lags: [Int32]?

  /// Pictures.
  public var count: Int { packets.count }
}

extension MovieTrack {
  /// Why a stretch of pictures cannot be copied without being decoded.
  public enum CopyObstacle: Sendable, Equatable, CustomStringConvertible {
    /// It does not begin with a picture that needs no other.
    case noKeyframe
    /// Packets of other pictures lie between its own.
    case entangled
    /// It is a codec that is only read.
    case foreignCodec

    public var description: String {
      switch self {
      case .noKeyframe: "its first picture is no keyframe"
      case .entangled: "its pictures are coded together with others"
      case .foreignCodec: "its codec is not one that datasets are written with"
      }
    }
  }

  /// Bytes of packets.
  public func bytes(of stretch: PacketStretch) -> Int { table.sizes[stretch.packets].reduce(0) { $0 + Int($1) } }

  /// The packets of some pictures, counted as they are shown.
  public func stretch(_ pictures: Range<Int>) -> Result<PacketStretch, CopyObstacle> {
    guard table.codec.kind != nil else { return .failure(.foreignCodec) }
    guard let order = decodingOrder else {
      guard table.isKeyframe[pictures.lowerBound] else { return .failure(.noKeyframe) }
      return .success(PacketStretch(packets: pictures, lags: nil))
    }
    let places = order[pictures].map(Int.init)
    let first = places.min() ?? 0
    guard (places.max() ?? 0) - first + 1 == places.count else { return .failure(.entangled) }
    // The keyframe has to be what is shown first: what leads it would need the group before.
    guard places[0] == first, table.isKeyframe[first] else { return .failure(.noKeyframe) }
    var lags = [Int32](repeating: 0, count: places.count)
    for (shown, place) in places.enumerated() { lags[place - first] = Int32(shown - (place - first)) }
    return .success(PacketStretch(packets: first..<first + places.count, lags: lags.contains { $0 != 0 } ? lags : nil))
  }
}

extension MovieTrack.CopyObstacle: Error {}
