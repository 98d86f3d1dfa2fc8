/// Reads an MP4 file of whatever recorder; its packets are read when they are asked for.
public struct MovieReader: ~Copyable, Sendable {
  let file: InputFile
  public let track: MovieTrack

  /// Opens the file and reads its sample table.
  public init(path: String) throws(VideoError) {
    let file = try InputFile(path: path)
    let moov = try MP4Reader.movieBox(file)
    do {
      track = try MovieTrack(moov: moov, fileSize: file.size)
    } catch {
      throw VideoError(error.kind, path, error.reason)
    }
    self.file = file
  }

  public var path: String { file.path }
  /// Bytes.
  public var fileSize: Int { file.size }

  /// A coded picture, counted in decoding order, as it is stored.
  public func packet(_ place: Int) throws(VideoError) -> VideoPacket {
    guard track.sizes.indices.contains(place) else {
      throw VideoError(.invalidArgument, path, "packet \(place) asked for, there are \(track.sizes.count)")
    }
    return VideoPacket(
      bytes: try file.read(Int(track.sizes[place]), at: track.offsets[place]), isKeyframe: track.isKeyframe[place])
  }

  /// Reads every packet, a megabyte at a time, and looks whether its parts fill it exactly.
  ///
  /// - Parameter body: Gets each packet, counted in decoding order; valid during the call.
  public func checkPackets(_ body: (Int, UnsafeRawBufferPointer) -> Void = { _, _ in }) throws(VideoError) {
    var first = 0
    while first < track.sizes.count {
      var end = first + 1
      let start = track.offsets[first]
      while end < track.sizes.count, track.offsets[end] == track.offsets[end - 1] + Int(track.sizes[end - 1]),
        track.offsets[end] + Int(track.sizes[end]) - start <= 1 << 20
      { end += 1 }
      let bytes = try file.read(track.offsets[end - 1] + Int(track.sizes[end - 1]) - start, at: start)
      for k in first..<end {
        let place = track.offsets[k] - start
        let problem = bytes.withUnsafeBufferPointer { all in
          let packet = UnsafeBufferPointer(rebasing: all[place..<place + Int(track.sizes[k])])
          body(k, UnsafeRawBufferPointer(packet))
          return PacketFraming.problem(packet, track)
        }
        if let problem { throw VideoError(.damaged, path, "packet \(k) of \(track.sizes.count) \(problem)") }
      }
      first = end
    }
  }
}
