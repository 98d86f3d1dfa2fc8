import SeedbedGeneration
import SeedbedQuality
import Testing

@Suite struct ReportTests {
  @Test(arguments: [
    (0.0, 2, "0.00"), (1.005, 1, "1.0"), (-0.04, 1, "0.0"), (-1.25, 2, "-1.25"), (1234.5678, 3, "1234.568"),
    (7, 0, "7"), (0.999, 2, "1.00"), (.nan, 2, "-"),
  ])
  func numbersHaveSoManyDecimals(_ value: Double, _ decimals: Int, _ text: String) {
    #expect(fixed(value, decimals) == text)
  }

  @Test func causesAreCounted() {
    var report = RunReport()
    report.add(EpisodeSummary(StagedEpisodeTests.example))
    var explained = EpisodeSummary(StagedEpisodeTests.example)
    explained.reason = "an oil spill"
    report.add(explained)
    report.kept = 2
    report.wallSeconds = 1
    #expect(report.causes == ["slipped": 2])
    #expect(report.successShare == 0)
    #expect(report.timings.episodesPerHour == 7200)
    #expect(report.text.contains("failures: slipped 2\n  slipped: an oil spill (1)\n"))
  }
}
