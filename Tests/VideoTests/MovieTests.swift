import SeedbedTestSupport
import Testing
import Video

/// Videos and pictures of other programs; `Fixtures/video/make.py` wrote them: the k-th of 20 has brightness 40 + 8 k.
@Suite struct MovieTests {
  static let names = ["h264-bframes", "h264-10bit", "hevc-bframes", "hevc-grey12", "av1"]

  static func path(_ name: String) -> String {
    "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Fixtures/video/\(name)"
  }

  private func brightness(_ picture: borrowing DecodedPicture) -> Double {
    (picture.sums(step: 4)?.mean[1] ?? -1) * 255
  }

  @Test(arguments: names) func everyPictureIsWhereItIsShown(name: String) throws {
    let movie = try MovieReader(path: Self.path(name + ".mp4"))
    let track = movie.track
    #expect(track.frameCount == 20)
    #expect((track.width, track.height) == (64, 48))
    for k in 0..<20 { #expect(abs(track.seconds(k) - Double(k) / 30) < 1e-9) }
    var seen: [Int] = []
    try movie.decode(Array(0..<20)) { number, picture in
      seen.append(number)
      #expect(abs(brightness(picture) - Double(40 + 8 * number)) < 3, "\(name), picture \(number)")
      #expect((picture.width, picture.height) == (64, 48))
    }
    #expect(seen.sorted() == Array(0..<20))
    try movie.checkPackets()
  }

  @Test(arguments: zip(names, ["yuv420p", "yuv420p10le", "yuv420p", "gray12le", "yuv420p"]))
  func theConfigurationTellsThePixelFormat(name: String, format: String) throws {
    let movie = try MovieReader(path: Self.path(name + ".mp4"))
    #expect(movie.track.pixelFormat == format)
    try movie.decode([0]) { _, picture in #expect(picture.pixelFormat == format) }
  }

  @Test(arguments: names, [[19], [0, 19], [3, 4, 5], [1, 7, 13, 14], [9, 10, 11]])
  func somePicturesAreThoseOfAll(name: String, wanted: [Int]) throws {
    let movie = try MovieReader(path: Self.path(name + ".mp4"))
    var seen: [Int] = []
    try movie.decode(wanted, isDraft: true) { number, picture in
      seen.append(number)
      #expect(abs(brightness(picture) - Double(40 + 8 * number)) < 4)
    }
    #expect(seen.sorted() == wanted)
  }

  @Test func groupsAreMeasured() throws {
    #expect(try MovieReader(path: Self.path("h264-bframes.mp4")).track.longestGroup == 10)
    #expect(try MovieReader(path: Self.path("av1.mp4")).track.longestGroup == 2)
  }

  @Test func bothReadersGiveTheSamePackets() throws {
    let folder = try TemporaryDirectory()
    let clip = try encode(frames: 9)
    var writer = try MP4Writer(path: folder.file("a.mp4"), format: clip)
    try writer.append(clip)
    try writer.finish()
    let movie = try MovieReader(path: folder.file("a.mp4"))
    for k in 0..<9 { #expect(try movie.packet(k) == clip.packets[k]) }
    #expect(throws: VideoError.self) { try movie.packet(9) }
    #expect(throws: VideoError.self) { try movie.decode([9]) { _, _ in } }
    #expect(throws: VideoError.self) { try movie.decode([3, 2]) { _, _ in } }
  }

  @Test(arguments: ["still.png", "still.tiff", "still.jpg"]) func stillPicturesDecode(name: String) throws {
    let bytes = try readFile(Self.path(name))
    var found = 0.0
    try StillPicture.decode(bytes, subject: name) { picture in
      #expect((picture.width, picture.height) == (64, 48))
      found = brightness(picture)
    }
    #expect(abs(found - 120) < 3)
    #expect(throws: VideoError.self) { try StillPicture.decode(Array(bytes[..<20]), subject: name) { _ in } }
    #expect(throws: VideoError.self) { try StillPicture.decode(Array("text".utf8), subject: name) { _ in } }
  }

  /// Damage is an error or a picture, never a trap, a hang or much memory.
  @Test(arguments: names) func damagedMoviesNeverTrap(name: String) throws {
    let folder = try TemporaryDirectory(inMemory: true)
    let bytes = try readFile(Self.path(name + ".mp4"))
    var mutator = ByteMutator(seed: 5)
    var refused = 0
    for _ in 0..<400 {
      try writeFile(folder.file("a.mp4"), mutator.mutate(bytes))
      do throws(VideoError) {
        let movie = try MovieReader(path: folder.file("a.mp4"))
        try movie.checkPackets()
        try movie.decode(Array(0..<min(movie.track.frameCount, 40))) { _, picture in _ = picture.thumbnail(columns: 4) }
      } catch {
        refused += 1
        #expect(!error.reason.isEmpty)
      }
    }
    #expect(refused > 100)
  }
}
