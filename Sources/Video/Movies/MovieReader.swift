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
    guard (0..<track.table.count).contains(place) else {
      throw VideoError(.invalidArgument, path, "packet \(place) asked for, there are \(track.table.count)")
    }
    let table = track.table
    return VideoPacket(
      bytes: try file.read(Int(table.sizes[place]), at: table.offsets[place]), isKeyframe: table.isKeyframe[place])
  }

  /// Reads every packet, a megabyte at a time, and looks whether its parts fill it exactly.
  ///
  /// - Parameter body: Gets each packet, counted in decoding order; valid during the call.
  public func checkPackets(_ body: (Int, UnsafeRawBufferPointer) -> Void = { _, _ in }) throws(VideoError) {
    let table = track.table
    var first = 0
    while first < table.count {
      let run = table.run(from: first, to: table.count, atMost: 1 << 20)
      let range = table.bytes(of: run)
      let bytes = try file.read(range.count, at: range.lowerBound)
      for k in run {
        let place = table.offsets[k] - range.lowerBound
        let problem = bytes.withUnsafeBufferPointer { all in
          let packet = UnsafeBufferPointer(rebasing: all[place..<place + Int(table.sizes[k])])
          body(k, UnsafeRawBufferPointer(packet))
          return PacketFraming.problem(packet, track)
        }
        if let problem { throw VideoError(.damaged, path, "packet \(k) of \(table.count) \(problem)") }
      }
      first = run.upperBound
    }
  }
}
