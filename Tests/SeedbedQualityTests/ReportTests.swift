import Digest
import PNG
import Plotting
import SeedbedQuality
import SeedbedScene
import SeedbedTestSupport
import Testing

@Suite struct ReportTests {
  typealias Episode = RunReportInput.Episode

  /// Episodes and draws of all sorts.
  static func input(episodes count: Int, axes: Int, seed: UInt64) -> RunReportInput {
    var random = TestRandom(seed: seed)
    var episodes: [Episode] = []
    for k in 0..<count {
      let lot = Int.random(in: 0..<20, using: &random)
      let success = Int.random(in: 0..<4, using: &random) > 0
      let failed: [Gate] = lot < 4 ? [.jerk, .velocity].filter { _ in Bool.random(using: &random) } : []
      let cause = success ? "none" : ["slipped", "dropped", "unheard"][Int.random(in: 0..<3, using: &random)]
      let rejection: Rejection? = lot == 19 ? .skipped : lot == 18 ? .quarantined : failed.isEmpty ? nil : .gate
      let isGrown = lot < 18
      episodes.append(
        Episode(
          number: k, rejection: rejection, reason: rejection == nil ? "" : "reason of \(k)",
          success: isGrown && success, cause: isGrown ? cause : "none", failedGates: isGrown ? failed : []))
    }
    let columns = (0..<axes).map { a in
      RunReportInput.Axis(
        path: "objects/thing_\(axes - a)/mass",
        values: (0..<count).map { k in
          if episodes[k].rejection == .skipped || Int.random(in: 0..<10, using: &random) == 0 { return nil }
          switch a % 4 {
          case 0: return Double.random(in: -2...3, using: &random)
          case 1: return Double(Int.random(in: 0..<5, using: &random))
          case 2: return 0.25
          default: return [0.1, 0.2, 0.5][Int.random(in: 0..<3, using: &random)]
          }
        })
    }
    return RunReportInput(
      episodes: episodes, axes: columns, frames: 123_456, bytes: 9_876_543, gates: GateSettings(),
      keep: KeepRule(.passed))
  }

  /// Every number against counting by hand.
  @Test(arguments: [(0, 3), (1, 4), (3, 4), (57, 8), (1000, 8)])
  func numbersAreRight(_ count: Int, _ axes: Int) throws {
    let input = Self.input(episodes: count, axes: axes, seed: UInt64(count))
    let report = RunReportDocument(input)
    let grown = input.episodes.filter { $0.rejection != .skipped && $0.rejection != .quarantined }
    let kept = input.episodes.filter { $0.rejection == nil }
    #expect(report.totals.tried == count)
    #expect(report.totals.grown == grown.count)
    #expect(report.totals.passed == grown.filter { $0.failedGates == [] }.count)
    #expect(report.totals.successes == grown.filter(\.success).count)
    #expect(report.totals.kept == kept.count)
    #expect(report.totals.keptSuccesses == kept.filter(\.success).count)
    #expect(report.dataset.framesPerEpisode == 123_456 / Double(max(1, kept.count)))
    #expect(report.gates.map(\.gate) == Gate.allCases.filter { $0 != .success })
    var stateOnly = input
    stateOnly.hasPictures = false
    #expect(
      RunReportDocument(stateOnly).gates
        == report.gates.filter { ![.black, .frozenPicture, .visible].contains($0.gate) })
    for line in report.gates {
      let failed = grown.filter { $0.failedGates.contains(line.gate) }.count
      #expect(line.failed == failed)
      #expect(line.passShare == (grown.isEmpty ? 1 : Double(grown.count - failed) / Double(grown.count)))
    }
    for cause in ["slipped", "dropped", "unheard", "timeout"] {
      let line = report.causes.first { $0.cause == cause }
      #expect(line?.grown ?? 0 == grown.filter { !$0.success && $0.cause == cause }.count)
      #expect(line?.kept ?? 0 == kept.filter { !$0.success && $0.cause == cause }.count)
    }
    for kind in Rejection.allCases {
      let line = report.rejections.first { $0.kind == kind }
      #expect(line?.episodes ?? 0 == input.episodes.filter { $0.rejection == kind }.count)
    }
    #expect(report.rejected.map(\.episode) == input.episodes.filter { $0.rejection != nil }.map(\.number))
    #expect(report.rejected.allSatisfy { $0.reason == "reason of \($0.episode)" })
    #expect(report.axes.map(\.path) == input.axes.map(\.path).sorted())
    for coverage in report.axes {
      let axis = try #require(input.axes.first { $0.path == coverage.path })
      check(coverage, axis.values, input.episodes)
    }
    #expect(RunReportDocument(json: report.json()) == report)
    #expect(report.json() == RunReportDocument(input).json())
  }

  func check(_ coverage: AxisCoverage, _ values: [Double?], _ episodes: [Episode]) {
    let drawn = values.compactMap { $0 }
    #expect(coverage.drawn == drawn.count)
    #expect(coverage.lowest == drawn.min() ?? 0)
    #expect(coverage.highest == drawn.max() ?? 0)
    #expect(coverage.bins.reduce(0) { $0 + $1.drawn } == drawn.count)
    for (i, bin) in coverage.bins.enumerated() {
      let isLast = i == coverage.bins.count - 1
      let inside = zip(values, episodes).filter { value, _ in
        guard let value else { return false }
        return coverage.isDiscrete
          ? value == bin.lower : value >= bin.lower && (isLast ? value <= bin.upper : value < bin.upper)
      }.map(\.1)
      let grown = inside.filter(\.wasGrown)
      #expect(bin.drawn == inside.count)
      #expect(bin.grown == grown.count)
      #expect(bin.passed == grown.filter { $0.failedGates == [] }.count)
      #expect(bin.successes == grown.filter(\.success).count)
      #expect(bin.kept == grown.filter { $0.rejection == nil }.count)
      #expect(bin.causes["slipped"] ?? 0 == grown.filter { $0.cause == "slipped" }.count)
      #expect(bin.failedGates["jerk"] ?? 0 == grown.filter { $0.failedGates.contains(.jerk) }.count)
    }
    if coverage.isDiscrete {
      #expect(coverage.bins.map(\.lower) == Set(drawn).sorted())
    } else if coverage.drawn > 0 {
      #expect(coverage.bins.count == 10)
      #expect(coverage.bins.first?.lower == coverage.lowest && coverage.bins.last?.upper == coverage.highest)
      for (a, b) in zip(coverage.bins, coverage.bins.dropFirst()) { #expect(a.upper == b.lower) }
    }
  }

  @Test func choicesAreToldFromRanges() {
    func isDiscrete(_ values: [Double]) -> Bool {
      let episodes = values.indices.map {
        Episode(number: $0, rejection: nil, reason: "", success: true, cause: "none", failedGates: [])
      }
      return RunReportDocument(
        RunReportInput(
          episodes: episodes, axes: [.init(path: "a", values: values)], frames: 0, bytes: 0, gates: GateSettings(),
          keep: KeepRule())
      ).axes[0].isDiscrete
    }
    #expect(isDiscrete([0, 1, 2]))
    #expect(isDiscrete([0.5, 0.5]))
    #expect(isDiscrete([0.5, 0.7, 0.5, 0.7, 0.5, 0.7, 0.7, 0.7]))
    #expect(!isDiscrete([0.5, 0.7, 0.9]))
    #expect(!isDiscrete((0..<17).map(Double.init)))
  }

  @Test func textNamesEverything() {
    let text = RunReportDocument(Self.input(episodes: 300, axes: 4, seed: 5)).text()
    for part in [
      "300 episodes tried", "(--keep passed)", "jerk", "<= ", "rad/s³", "slipped", "quarantined, episode",
      "objects/thing_1/mass: values 0.1 0.2 0.5", "in 10 equal bins", "passed %", "123456 frames",
    ] { #expect(text.contains(part), "\(part)\n\(text)") }
    #expect(text.hasSuffix("\n"))
    #expect(!RunReportDocument(Self.input(episodes: 0, axes: 1, seed: 5)).text().contains("nan"))
  }

  /// The pixels of the plots, whatever zlib makes of them.
  @Test func plotsAreTheSameForEver() throws {
    let plots = try RunReportDocument(Self.input(episodes: 300, axes: 70, seed: 5)).plots()
    #expect(plots.map(\.name) == ["outcomes.png", "coverage-1.png", "coverage-2.png"])
    let digests = try plots.map { plot in
      let picture = try decodePNG(plot.png)
      return "\(picture.width)x\(picture.height) \(sha256Hex(picture.rgba).prefix(16))"
    }
    #expect(
      digests == [
        "1290x804 b30981717d82302c", "1428x4752 4ac0d3b95e390ccb", "1428x1040 4e3b8e98a2894ad6",
      ])
    #expect(try RunReportDocument(Self.input(episodes: 0, axes: 1, seed: 5)).plots().count == 2)
  }

  @Test func tenThousandEpisodesAreFast() throws {
    let input = Self.input(episodes: 10_000, axes: 50, seed: 1)
    let clock = ContinuousClock()
    var bytes = 0
    let time = try clock.measure {
      let report = RunReportDocument(input)
      bytes = report.json().count + report.text().utf8.count + (try report.plots()).reduce(0) { $0 + $1.png.count }
    }
    print("report of 10,000 episodes and 50 axes: \(time), \(bytes) bytes")
    #expect(time < .seconds(10), "shared machines are slow; alone it takes less than a second")
  }

  @Test func timings() {
    let timings = RunTimings(
      wallSeconds: 1800, workers: 4, tried: 60, kept: 50,
      stages: [.init("physics", seconds: 100), .init("pictures", seconds: 300)], pricePerCoreHour: 0.045)
    #expect(timings.episodesPerHour == 100)
    #expect(timings.episodesPerDay == 2400)
    #expect(timings.cpuSecondsPerEpisode == 8)
    #expect(abs((timings.costPerEpisode ?? 0) - 0.0001) < 1e-15)
    #expect(
      timings.text() == """
        50 episodes kept of 60 tried in 1800 s with 4 workers: 100 an hour, 2400 a day
        CPU seconds a kept episode: 8 = physics 2 + pictures 6
        cost: 0.0001 a kept episode, 0.1 a thousand, at 0.045 a core hour

        """)
    #expect(String(decoding: timings.json(), as: UTF8.self).contains("\"cpuSecondsPerEpisode\" : 8"))
    let nothing = RunTimings(wallSeconds: 0, workers: 1, tried: 0, kept: 0, stages: [])
    #expect(nothing.text().hasPrefix("nothing was left to grow"))
    #expect(nothing.costPerEpisode == nil)
  }
}
