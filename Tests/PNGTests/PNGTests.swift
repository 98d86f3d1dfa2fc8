import PNG
import SeedbedTestSupport
import Testing

@Suite struct PNGTests {
  private func noise(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = TestRandom(seed: seed)
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }

  @Test(arguments: [(1, 1), (7, 3), (64, 48), (255, 1), (1, 300), (640, 480)])
  func rgbComesBackOpaque(width: Int, height: Int) throws {
    // Noise does not compress: the worst case for the buffer.
    let rgb = noise(width * height * 3, seed: UInt64(width))
    let file = try encodePNG(width: width, height: height, rgb: rgb)
    let decoded = try decodePNG(file)
    #expect((decoded.width, decoded.height) == (width, height))
    var expected: [UInt8] = []
    for p in stride(from: 0, to: rgb.count, by: 3) { expected += rgb[p..<p + 3] + [255] }
    #expect(decoded.rgba == expected)
    #expect(try encodePNG(width: width, height: height, rgb: rgb) == file)
  }

  @Test func rgbaComesBack() throws {
    let rgba = noise(31 * 17 * 4, seed: 3)
    #expect(try decodePNG(encodePNG(width: 31, height: 17, rgba: rgba)).rgba == rgba)
  }

  @Test(arguments: [1, 2, 7, 16, 17, 256]) func indicesComeBackAsTheirColours(colors: Int) throws {
    let palette = noise(colors * 3, seed: 8)
    let indices = noise(37 * 19, seed: 9).map { UInt8(Int($0) % colors) }
    let decoded = try decodePNG(encodePNG(width: 37, height: 19, indices: indices, palette: palette))
    var expected: [UInt8] = []
    for index in indices { expected += palette[3 * Int(index)..<3 * Int(index) + 3] + [255] }
    #expect(decoded.rgba == expected)
  }

  @Test func refusesColoursThatAreNotThere() {
    #expect(throws: PNGError.self) { _ = try encodePNG(width: 1, height: 1, indices: [1], palette: [1, 2, 3]) }
    #expect(throws: PNGError.self) { _ = try encodePNG(width: 1, height: 1, indices: [0], palette: [1, 2]) }
    #expect(throws: PNGError.self) {
      _ = try encodePNG(width: 1, height: 1, indices: [0], palette: [UInt8](repeating: 0, count: 771))
    }
  }

  @Test func gray16ComesBackUnchanged() throws {
    let values = (0..<65536).map { UInt16($0) }
    let file = try encodePNG(width: 256, height: 256, gray16: values)
    let decoded = try decodePNGGray16(file)
    #expect((decoded.width, decoded.height) == (256, 256))
    #expect(decoded.gray16 == values)
    let rgb = try encodePNG(width: 1, height: 1, rgb: [1, 2, 3])
    #expect(throws: PNGError.self) { _ = try decodePNGGray16(rgb) }
  }

  /// The header as the PNG specification has it: sizes big-endian, bit depth, colour type.
  @Test func headerSaysWhatItIs() throws {
    let rgb = try encodePNG(width: 258, height: 3, rgb: [UInt8](repeating: 9, count: 258 * 9))
    #expect(Array(rgb[16..<26]) == [0, 0, 1, 2, 0, 0, 0, 3, 8, 2])
    let gray = try encodePNG(width: 2, height: 1, gray16: [0, 0xABCD])
    #expect(Array(gray[16..<26]) == [0, 0, 0, 2, 0, 0, 0, 1, 16, 0])
  }

  /// A file of another program (Python's zlib, by hand): 2x2, palette with 1 bit.
  @Test func palettesAreRead() throws {
    let file: [UInt8] = [
      0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 2, 0, 0, 0, 2, 1, 3,
      0, 0, 0, 72, 120, 159, 103, 0, 0, 0, 6, 80, 76, 84, 69, 255, 0, 0, 0, 0, 255, 108, 161, 253,
      142, 0, 0, 0, 12, 73, 68, 65, 84, 120, 156, 99, 112, 96, 104, 0, 0, 1, 68, 0, 193, 58, 122, 28,
      86, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
    ]
    #expect(try decodePNG(file).rgba == [255, 0, 0, 255, 0, 0, 255, 255, 0, 0, 255, 255, 255, 0, 0, 255])
  }

  @Test func refusesWrongSizes() {
    #expect(throws: PNGError.self) { _ = try encodePNG(width: 2, height: 2, rgb: [1, 2, 3]) }
    #expect(throws: PNGError.self) { _ = try encodePNG(width: 0, height: 2, rgb: []) }
    #expect(throws: PNGError.self) { _ = try encodePNG(width: -1, height: -2, rgba: [1, 2, 3, 4, 5, 6, 7, 8]) }
    #expect(throws: PNGError.self) { _ = try encodePNG(width: 70000, height: 1, gray16: []) }
  }

  @Test func capsPixelsBeforeAllocating() throws {
    let file = try encodePNG(width: 20, height: 10, rgb: [UInt8](repeating: 7, count: 600))
    #expect(try decodePNG(file, maxPixels: 200).width == 20)
    #expect(throws: PNGError.self) { _ = try decodePNG(file, maxPixels: 199) }
    #expect(throws: PNGError.self) { _ = try decodePNG(file, maxPixels: 0) }
    #expect(throws: PNGError.self) { _ = try decodePNG(file, maxPixels: -5) }
  }

  @Test func everyTruncationIsRefused() throws {
    let file = try encodePNG(width: 12, height: 9, rgb: noise(12 * 9 * 3, seed: 5))
    for count in 0..<file.count - 12 {
      #expect(throws: PNGError.self, "cut to \(count)") { _ = try decodePNG(Array(file[..<count])) }
    }
  }

  @Test func mutationsNeverTrap() throws {
    let files = try [
      encodePNG(width: 12, height: 9, rgb: noise(12 * 9 * 3, seed: 5)),
      encodePNG(width: 5, height: 40, rgba: noise(800, seed: 6)),
      encodePNG(width: 9, height: 9, gray16: (0..<81).map { UInt16($0 * 700) }),
    ]
    var mutator = ByteMutator(seed: 7)
    var refused = 0
    for i in 0..<20000 {
      let damaged = mutator.mutate(files[i % files.count])
      do {
        let picture = try decodePNG(damaged, maxPixels: 1 << 16)
        #expect(picture.rgba.count == picture.width * picture.height * 4)
      } catch { refused += 1 }
      _ = try? decodePNGGray16(damaged, maxPixels: 1 << 16)
    }
    #expect(refused > 15000)
  }
}
