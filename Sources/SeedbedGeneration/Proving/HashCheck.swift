/// A file of a dataset's folder that is not as it was written.
public struct FileFinding: Sendable, Equatable, CustomStringConvertible {
  /// In the dataset.
  public var file: String
  /// Episodes of the dataset that are hit, where the file holds episodes; sorted.
  public var episodes: [Int]
  /// What is wrong, with the episodes.
  public var text: String
  /// False for a file beside the dataset that nobody reads, such as a user's notes.
  public var isDamage: Bool

  public var description: String { file + ": " + text }
}

/// What `seedbed verify --hashes` found.
public struct HashReport: Sendable, Equatable {
  /// Sorted by file.
  public var findings: [FileFinding] = []
  /// Files that were looked at.
  public var files = 0
  public var wallSeconds = 0.0

  public var isDamaged: Bool { findings.contains(where: \.isDamage) }
}

/// Compares every file of a dataset with the hash that was written, and says which episodes damage hits; grows nothing.
///
/// Throws (exit 65) where the folder holds no dataset that Seedbed finished.
public func checkHashes(directory: String) throws(GenerationError) -> HashReport {
  let start = wallSeconds()
  let evidence = try Evidence(directory: directory)
  var report = HashReport(files: evidence.count)
  report.findings = DamageReport(evidence).findings
  report.wallSeconds = wallSeconds() - start
  return report
}
