import SeedbedDatasets
import SeedbedMixing
import Testing

@Suite struct ResamplerTests {
  @Test func framesAreWhereTheirTimesSay() {
    #expect(Resampler.frames(221, from: 30, to: 30) == 221)
    #expect(Resampler.frames(221, from: 30, to: 15) == 111)
    #expect(Resampler.frames(221, from: 30, to: 60) == 441)
    #expect(Resampler.frames(1, from: 30, to: 60) == 1)
    // 2.997 a second more would be one frame too many; rounding must not lose the last one either.
    #expect(Resampler.frames(301, from: 29.97, to: 30) == 301)
    let resampler = Resampler(7, from: 30, to: 20, .linear)
    #expect(resampler.length == 5 && resampler.nearest == [0, 2, 3, 5, 6])
    #expect(resampler.values(.float32([0, 2, 4, 6, 8, 10, 12]), width: 1) == .float32([0, 3, 6, 9, 12]))
    let nearest = Resampler(7, from: 30, to: 20, .nearest)
    #expect(nearest.values(.float32([0, 2, 4, 6, 8, 10, 12]), width: 1) == .float32([0, 4, 6, 10, 12]))
  }

  @Test func flagsWholeNumbersAndTextsAreNearestAndTheEndStays() {
    let resampler = Resampler(6, from: 30, to: 15, .linear)
    #expect(resampler.nearest == [0, 2, 4])
    #expect(
      resampler.values(.bool([false, false, false, false, false, true]), width: 1) == .bool([false, false, true]))
    #expect(
      resampler.values(.integer([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]), width: 2) == .integer([0, 0, 2, 2, 4, 4]))
    #expect(resampler.values(.text(["a", "b", "c", "d", "e", "f"]), width: 1) == .text(["a", "c", "e"]))
  }
}
