import Glibc
import Parquet

/// One table of frames: whether it has the columns that are declared, of their types, and how large it is.
struct TableFile {
  let source: DatasetSource
  let path: String
  let reader: ParquetReader

  /// nil where the file cannot be read.
  init?(_ source: DatasetSource, _ path: String, _ findings: inout FindingList) {
    self.source = source
    self.path = path
    do throws(ParquetError) {
      reader = try ParquetReader(path: source.folder(path))
      findings.checks += 1
    } catch {
      findings.add(
        .unreadable(
          DatasetError(error), file: path,
          access(source.folder(path), F_OK) != 0
            ? "Restore the file: the metadata refer to it."
            : "Restore the file from a backup; without its footer no Parquet file can be read."))
      return nil
    }
  }

  /// The declared columns that are there and of their type.
  func columns(_ findings: inout FindingList) -> [FeatureLeaves] {
    let declared = source.info.columns
    let names = Set(declared.map(\.name))
    for field in reader.fields where !findings.holds(names.contains(field.name)) {
      let message = "the table has this column, meta/info.json does not declare it."
      let remedy = "Declare it or drop it; LeRobot refuses to load undeclared columns."
      if source.info.version == .v30 {
        findings.error("column-undeclared", path, feature: field.name, message, remedy)
      } else {
        findings.warning("column-undeclared", path, feature: field.name, message, remedy)
      }
    }
    return declared.compactMap { feature in
      guard let field = reader.fields.first(where: { $0.name == feature.name }),
        let leaves = FeatureLeaves(reader, feature)
      else {
        if feature.kind != .other || !reader.fields.contains(where: { $0.name == feature.name }) {
          findings.error(
            "column-missing", path, feature: feature.name,
            "meta/info.json declares it, the table has no such column (or one of another structure).",
            "Restore the column, or take the feature out of meta/info.json and the statistics.")
        }
        return nil
      }
      if feature.kind == .other { return nil }
      return checkType(feature, field, leaves, &findings) ? leaves : nil
    }
  }

  private func checkType(
    _ feature: SourceFeature, _ field: Field, _ leaves: FeatureLeaves, _ findings: inout FindingList
  ) -> Bool {
    let leaf = reader.leaves[leaves.leaves[0]]
    let isGood: Bool
    if feature.kind == .pictures {
      isGood = leaves.leaves.count == 2 && leaf.listDepth == 0 && [.binary, .string].contains(leaf.kind)
    } else {
      let kinds = ["float32": "float", "float64": "double", "float16": "halffloat"]
      let depth = feature.shape == [1] ? 0 : feature.shape.count
      isGood = leaf.kind.rawValue == kinds[feature.dataType] ?? feature.dataType && leaf.listDepth == depth
    }
    if findings.holds(isGood) { return true }
    findings.error(
      "column-type", path, feature: feature.name,
      "the table has \(String(repeating: "list of ", count: leaf.listDepth))\(leaf.kind.rawValue), meta/info.json says "
        + "\(feature.dataType) of shape \(feature.shape).", "Correct the declaration, or convert the column.")
    return false
  }

  /// Sizes and row groups of v3.0.
  func checkSize(episodes: [Int], _ findings: inout FindingList) {
    var status = stat()
    if let limit = source.info.dataFileMB, stat(source.folder(path), &status) == 0 {
      let size = Double(status.st_size) / 0x1p20
      if !findings.holds(size <= limit * 1.1) {
        findings.warning(
          "file-size", path, "it has \(Int(size)) MB, the limit is \(limit.short).", "Split it, or raise the limit.")
      }
    }
    if !findings.holds(reader.rowGroups == episodes.map { source.episodes.length($0) }) {
      findings.warning(
        "row-groups", path, "its row groups are not one an episode (random access reads more than needed).",
        "Nothing has to be done; 'seedbed mix' writes one an episode.")
    }
  }
}
