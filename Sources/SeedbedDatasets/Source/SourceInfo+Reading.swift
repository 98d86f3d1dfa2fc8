extension SourceInfo {
  /// Reads `meta/info.json` alone.
  ///
  /// - Throws: The first thing that keeps it from being used.
  package init(directory: String) throws(DatasetError) {
    var findings = FindingList()
    guard let info = SourceInfo.read(try DatasetFolder(existing: directory), &findings) else {
      throw findings.firstError(directory)
    }
    self = info
  }

  /// nil where it cannot be used.
  static func read(_ folder: DatasetFolder, _ findings: inout FindingList) -> SourceInfo? {
    guard findings.holds(folder.exists(path)) else {
      findings.error(
        "info-missing", path, "it is missing.",
        "Give the folder of a LeRobot dataset; a recording that was interrupted has none yet.")
      return nil
    }
    do throws(DatasetError) {
      return SourceInfo(try folder.readJSON(path, takesNonFinite: true), findings: &findings)
    } catch {
      findings.add(.unreadable(error, file: path, "Restore it from a backup or write it anew."))
      return nil
    }
  }
}

extension FindingList {
  /// What keeps a dataset from being read.
  func firstError(_ directory: String) -> DatasetError {
    findings.first { $0.severity == .error }.map { DatasetError($0, directory: directory) }
      ?? DatasetError(.damaged, path: directory, "it cannot be read")
  }
}
