/// The coded pictures of an H.264 file of `MP4Writer`, found without its sample table, which may be damaged or cut off:
/// they stand one behind another, each saying its length.
public struct PictureWalk: ~Copyable {
  /// Where `MP4Writer` puts the first picture: behind the file's type, the room for a longer length, and the length.
  static let start = 48
  /// NAL units of slices: of any picture, and of one that needs no earlier one.
  private static let slices: Set<UInt8> = [1, 5]

  private let file: InputFile
  private let places: [Range<Int>]

  /// Walks from picture to picture, until something else stands there.
  public init(path: String) throws(VideoError) {
    let file = try InputFile(path: path)
    var places: [Range<Int>] = []
    var at = PictureWalk.start
    while file.size - at >= 6 {
      let head = try file.read(6, at: at)
      let length = head[..<4].reduce(0) { $0 << 8 | Int($1) }
      guard length > 1, length <= file.size - at - 4, PictureWalk.slices.contains(head[4] & 31), head[4] & 128 == 0
      else { break }
      let end = at + 4 + length
      // A picture's first slice begins with its first macroblock: number 0, which is coded as a single 1.
      if head[5] & 128 != 0 {
        places.append(at..<end)
      } else if let last = places.popLast() {
        places.append(last.lowerBound..<end)
      } else {
        break
      }
      at = end
    }
    self.file = file
    self.places = places
  }

  /// Pictures that were found.
  public var count: Int { places.count }

  /// Some of the pictures, in the order of the file.
  public func packets(_ range: Range<Int>) throws(VideoError) -> [VideoPacket] {
    guard range.lowerBound >= 0, range.upperBound <= count else {
      throw VideoError(.damaged, file.path, "\(count) pictures are left, \(range) are asked for")
    }
    var packets: [VideoPacket] = []
    for place in places[range] {
      let bytes = try file.read(place.count, at: place.lowerBound)
      packets.append(VideoPacket(bytes: bytes, isKeyframe: H264Stream.isInstantRefresh(bytes[4])))
    }
    return packets
  }
}
