import Glibc
import SeedbedDatasets
import SeedbedTestSupport
import Testing

@Suite struct ValidationTests {
  @Test(arguments: ForeignDatasets.names) func whatOthersWroteIsClean(name: String) throws {
    let report = try validateDataset(ForeignDatasets.path(name))
    #expect(report.findings.isEmpty && report.isValid)
    #expect(report.picturesDecoded == 260 && report.checks > 1000)
  }

  @Test func whatWeWriteIsClean() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples()
    // Of four-row-group tables, several files of each kind.
    try samples.write(
      try (0..<7).map { try samples.episode($0) }, to: folder.path,
      limits: .init(dataBytes: 8000, videoBytes: 4000, chunksSize: 3))
    var options = ValidationOptions()
    options.origin = "sim"
    let report = try validateDataset(folder.path, options)
    #expect(report.lines == [])
    #expect(report.videoFiles > 2)
  }

  @Test func manyAlikeAreCounted() throws {
    let folder = try TemporaryDirectory()
    let samples = Samples(cameras: [])
    try samples.write(try (0..<9).map { try samples.episode($0) }, to: folder.path)
    var options = ValidationOptions()
    options.origin = "real"
    let report = try validateDataset(folder.path, options)
    #expect(report.errors == 9 && !report.isValid)
    #expect(report.findings.count == 6)
    #expect(report.lines.last?.contains("4 more findings") == true)
    #expect(report.json(seconds: 1).contains(#""errors": 9"#))
    #expect(report.summary(seconds: 0.25).hasPrefix("FAIL: 9 errors, 0 warnings, "))
  }

  /// Any damage of any file ends in a report. SEEDBED_FUZZ sets the number of damaged files.
  @Test(arguments: ForeignDatasets.names) func damagedFilesNeverTrap(name: String) throws {
    let rounds = getenv("SEEDBED_FUZZ").flatMap { Int(String(cString: $0)) } ?? 300
    let folder = try TemporaryDirectory(inMemory: true)
    let files = try ForeignDatasets.files(name)
    for file in files { try place(file.bytes, folder.file(file.path)) }
    #expect(try validateDataset(folder.path).isValid)
    var mutator = ByteMutator(seed: 9)
    var found = 0
    let clock = ContinuousClock()
    for round in 0..<rounds {
      let file = files[round % files.count]
      try place(mutator.mutate(file.bytes), folder.file(file.path))
      let start = clock.now
      if try !validateDataset(folder.path).isValid { found += 1 }
      #expect(clock.now - start < .seconds(20), "\(file.path), round \(round)")
      try place(file.bytes, folder.file(file.path))
    }
    #expect(found > rounds / 2)
    #expect(peakMegabytes() < 1000)
  }

  private func place(_ bytes: [UInt8], _ path: String) throws {
    var parent = ""
    for part in path.split(separator: "/").dropLast() {
      parent += "/" + part
      mkdir(parent, 0o755)
    }
    unlink(path)
    try writeFile(path, bytes)
  }

  /// The most memory that this process had at a time.
  private func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(0, &usage)  // RUSAGE_SELF
    return usage.ru_maxrss / 1024
  }
}
