import Glibc
public import SeedbedDatasets

/// Writes the episodes of a source, of whatever format it is, in another format.
///
/// Memory holds the numbers of one episode and some pictures. The source is only read; the result is made beside its place
/// and takes it when it is whole.
///
/// - Parameters:
///   - source: A LeRobot dataset, an HDF5 file of robomimic, a file or folder of ALOHA's, a folder of RLDS, or a file or folder
///     of MCAP recordings.
///   - checkStop: Is asked between pictures and episodes; throws where the work is to end.
/// - Throws: What is wrong with the source, the options or the disk; nothing is left behind then.
public func exportEpisodes(
  of source: String, to out: String, _ options: ExportOptions,
  checkStop: @escaping () throws(DatasetError) -> Void = {}
) throws(DatasetError) -> ExportSummary {
  try requireOutside(source, out)
  let opened = try ComposedSource.make(try openSource(source, options), options)
  let plan = try ExportPlan(opened, out: out, options, checkStop: checkStop)
  let sink: any EpisodeSink
  switch options.format {
  case .lerobot30, .lerobot21: sink = try LeRobotSink(plan)
  case .robomimic: sink = try RobomimicSink(plan)
  case .aloha: sink = try ALOHASink(plan)
  case .rlds: sink = try RLDSSink(plan)
  case .mcap: sink = try MCAPSink(plan)
  }
  var summary = ExportSummary()
  func gather() {
    summary.remarks.add(opened.remarks)
    summary.remarks.add(sink.remarks)
  }
  gather()
  func checkStrictness() throws(DatasetError) {
    guard options.isStrict, !summary.remarks.isComplete else { return }
    throw DatasetError(
      .invalid, path: source,
      problems: ["--strict refuses what does not come along as it is:"] + summary.remarks.lines)
  }
  try checkStrictness()
  for k in 0..<opened.count {
    try checkStop()
    let record = try opened.episode(k)
    try sink.add(record, k)
    summary.episodes += 1
    summary.frames += record.length
  }
  gather()
  try checkStrictness()
  try sink.finish()
  gather()
  return summary
}

/// Does a path lie in an HDF5 file, or in a folder of such files? libhdf5 ends the process over some damaged files, so they
/// should be read in one of its own.
public func needsOwnProcess(_ source: String) -> Bool {
  if ["hdf5", "h5", "hdf"].contains(ending(source)) || beginsAsHDF5(source) { return true }
  guard let folder = try? DatasetFolder(existing: source) else { return false }
  return folder.entries("").contains { ["hdf5", "h5"].contains(ending($0)) }
}

/// Removes what a process left that died over an export.
public func discardUnfinished(_ out: String, _ options: ExportOptions) {
  if options.format == .robomimic {
    _ = try? PendingFile(out: out)
  } else {
    _ = try? PendingFolder(out: out)
  }
}

private func openSource(_ source: String, _ options: ExportOptions) throws(DatasetError) -> any EpisodeSource {
  var status = stat()
  guard stat(source, &status) == 0 else {
    throw DatasetError(.invalid, path: source, "there is no such file or folder. Give a dataset")
  }
  if status.st_mode & S_IFMT == S_IFREG {
    if ending(source) == "mcap" { return try recordings(source, [source], options) }
    if let layout = try HDF5SourceLayout.robomimic(source, split: options.split) {
      return try HDF5Source(path: source, layout, options)
    }
    if let source = try aloha(source, [source], options) { return source }
    throw DatasetError(
      .unsupported, path: source, "it has neither robomimic's group 'data' nor ALOHA's 'action' and 'observations'")
  }
  var path = source
  while path.count > 1, path.hasSuffix("/") { path.removeLast() }
  let folder = try DatasetFolder(existing: path)
  if folder.exists("meta/info.json") {
    try requireWhole(path, options, "a LeRobot dataset")
    return try LeRobotSource(directory: path)
  }
  if folder.exists("features.json") { return try RLDSSource(directory: path, options) }
  let names = folder.entries("")
  // NAME/VERSION, as TensorFlow Datasets lays datasets out.
  let versions = names.filter { folder.exists($0 + "/features.json") }
  if versions.count == 1 { return try RLDSSource(directory: folder(versions[0]), options) }
  if versions.count > 1 {
    throw DatasetError(
      .unsupported, path: path, "it holds several versions: \(versions.joined(separator: ", ")). Name one of them")
  }
  let recorded = names.filter { ending($0) == "mcap" }
  if !recorded.isEmpty { return try recordings(path, recorded.map { folder($0) }, options) }
  let files = names.filter { ["hdf5", "h5"].contains(ending($0)) }.map { folder($0) }
  if files.count == 1, let layout = try HDF5SourceLayout.robomimic(files[0], split: options.split) {
    return try HDF5Source(path: files[0], layout, options)
  }
  if let source = try aloha(path, files, options) { return source }
  throw DatasetError(
    .unsupported, path: path,
    "it holds no dataset that is read: LeRobot (meta/info.json), RLDS (features.json), MCAP (*.mcap) or HDF5 (*.hdf5)")
}

private func recordings(
  _ path: String, _ files: [String], _ options: ExportOptions
) throws(DatasetError) -> any EpisodeSource {
  try requireWhole(path, options, "a folder of recordings")
  return try MCAPSource(path: path, files: files, options)
}

private func aloha(
  _ path: String, _ files: [String], _ options: ExportOptions
) throws(DatasetError) -> (any EpisodeSource)? {
  guard let layout = try HDF5SourceLayout.aloha(path, files: files) else { return nil }
  try requireWhole(path, options, "a recording of ALOHA's")
  return try HDF5Source(path: path, layout, options)
}

/// Throws where a part is wanted of what has none.
private func requireWhole(_ path: String, _ options: ExportOptions, _ what: String) throws(DatasetError) {
  guard let split = options.split else { return }
  throw DatasetError(
    .invalid, path: path,
    "\(what) has no split '\(split)': --split is for RLDS and for robomimic's masks. Leave it out")
}

private func ending(_ path: String) -> String {
  path.split(separator: "/").last?.split(separator: ".").dropFirst().last.map { $0.lowercased() } ?? ""
}

private func beginsAsHDF5(_ path: String) -> Bool {
  guard let file = fopen(path, "re") else { return false }
  defer { fclose(file) }
  var head = [UInt8](repeating: 0, count: 8)
  return fread(&head, 1, 8, file) == 8 && head == [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
}
