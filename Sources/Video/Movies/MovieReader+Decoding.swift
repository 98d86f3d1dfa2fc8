extension MovieReader {
  /// Decodes some pictures, counted as they are shown, and hands each to `body`, in rising order within a group of
  /// pictures. Decoding begins at keyframes; what lies between is decoded and dropped.
  ///
  /// - Parameters:
  ///   - wanted: In rising order.
  ///   - isDraft: A little faster, with visible block edges: enough for statistics.
  ///   - body: The picture's number and the picture, which is valid during the call.
  /// - Throws: Where one of them cannot be decoded, or does not come out; never patched over.
  public func decode(
    _ wanted: [Int], isDraft: Bool = false, _ body: (Int, borrowing DecodedPicture) -> Void
  ) throws(VideoError) {
    guard let last = wanted.last else { return }
    guard wanted[0] >= 0, last < track.frameCount, zip(wanted, wanted.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw VideoError(
        .invalidArgument, path, "pictures \(wanted[0])...\(last) asked for, there are \(track.frameCount)")
    }
    var decoder = try PictureDecoder(track, isDraft: isDraft, subject: path)
    let numbers = track.numbersInDecodingOrder
    for stretch in stretches(wanted, numbers) {
      var missing = Set(stretch.wanted)
      var problem: String?
      func take(_ number: Int, _ picture: borrowing DecodedPicture) {
        guard missing.contains(number) else { return }
        guard (picture.width, picture.height) == (track.width, track.height) else {
          problem =
            problem ?? "its size is \(picture.width)x\(picture.height), the file says \(track.width)x\(track.height)"
          return
        }
        missing.remove(number)
        body(number, picture)
      }
      for place in stretch.packets {
        try decoder.feed(try packet(place), number: numbers?[place] ?? place) { take($0, $1) }
      }
      try decoder.drain { take($0, $1) }
      if let number = missing.min() {
        throw VideoError(.damaged, path, "picture \(number) cannot be decoded: \(problem ?? "no picture came out")")
      }
    }
  }

  /// What has to be decoded together: packets from a keyframe on, and the wanted pictures among them.
  private func stretches(_ wanted: [Int], _ numbers: [Int]?) -> [(packets: ClosedRange<Int>, wanted: [Int])] {
    var result: [(packets: ClosedRange<Int>, wanted: [Int])] = []
    for number in wanted {
      let place = track.decodingPlace(number)
      var start = place
      // Not a keyframe that is shown later: its leading pictures need what came before it.
      while start > 0, !track.table.isKeyframe[start] || (numbers?[start] ?? start) > number { start -= 1 }
      if let last = result.last, start <= last.packets.upperBound + 1, place >= last.packets.lowerBound {
        let end = max(place, last.packets.upperBound)
        result[result.count - 1] = (last.packets.lowerBound...end, last.wanted + [number])
      } else {
        result.append((start...place, [number]))
      }
    }
    return result
  }
}

extension MovieTrack {
  /// Of each packet in decoding order the number of its picture as shown, -1 for hidden ones; nil where both orders are
  /// the same.
  fileprivate var numbersInDecodingOrder: [Int]? {
    decodingOrder.map { order in
      var numbers = [Int](repeating: -1, count: table.count)
      for (number, place) in order.enumerated() { numbers[Int(place)] = number }
      return numbers
    }
  }
}
