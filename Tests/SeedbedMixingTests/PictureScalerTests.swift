import SeedbedMixing
import Testing

@Suite struct PictureScalerTests {
  @Test func theSameSizeChangesNothing() {
    let rgb = (0..<(8 * 6 * 3)).map { UInt8($0 * 37 % 251) }
    #expect(PictureScaler(from: (8, 6), to: (8, 6)).scale(rgb) == rgb)
  }

  @Test func oneColourStaysAndWhatIsFreeIsBlack() {
    let red = (0..<(16 * 16)).flatMap { _ in [200, 10, 30] as [UInt8] }
    let wide = PictureScaler(from: (16, 16), to: (16, 8)).scale(red)
    for y in 0..<8 {
      for x in 0..<16 {
        let pixel = Array(wide[(y * 16 + x) * 3..<(y * 16 + x + 1) * 3])
        #expect(pixel == ((4..<12).contains(x) ? [200, 10, 30] : [0, 0, 0]))
      }
    }
    #expect(
      PictureScaler(from: (16, 16), to: (32, 32)).scale(red) == (0..<1024).flatMap { _ in [200, 10, 30] as [UInt8] })
  }

  /// Halving takes the mean over what a pixel covers: a chequerboard becomes grey.
  @Test func smallPatternsDoNotAlias() {
    let board = (0..<(16 * 16)).flatMap { i -> [UInt8] in
      [UInt8](repeating: (i % 16 + i / 16) % 2 == 0 ? 255 : 0, count: 3)
    }
    for value in PictureScaler(from: (16, 16), to: (8, 8)).scale(board) { #expect((118...138).contains(value)) }
  }
}
