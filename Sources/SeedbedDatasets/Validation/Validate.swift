/// Judges a LeRobot dataset, v3.0 or v2.1, of whatever recorder: metadata, tables, videos and statistics against each
/// other, and the contents against all of them.
///
/// Memory is bounded whatever the dataset's size. Nothing is written.
///
/// - Throws: Only where the folder cannot be opened; everything else is a finding.
public func validateDataset(
  _ directory: String, _ options: ValidationOptions = .init()
) throws(DatasetError) -> ValidationReport {
  var findings = FindingList()
  let source = try DatasetSource.open(directory, &findings)
  var report = ValidationReport(directory: directory, findings: [], errors: 0, warnings: 0, checks: 0)
  if let source {
    report.version = source.info.version.rawValue
    report.episodes = source.episodes.count
    report.frames = source.episodes.frames
    findings.merge(MetadataCheck(source: source, options: options).run())
    let files = FolderCheck(source: source)
    findings.merge(files.run())
    let claims = DatasetStatistics.read(source, &findings)
    let seal = EpisodeSeals(source, &findings)
    let plan = PicturePlan(source, options)
    let tables = TableCheck(source: source, claims: claims, seals: seal, plan: plan).run()
    findings.merge(tables.findings)

    let videos = VideoCheck(source: source, options: options, seals: seal).run()
    findings.merge(videos.findings)
    report.videoFiles = videos.files
    let pictures = PictureCheck(source: source, plan: plan, claims: tables.pictureClaims).run(
      unreadable: videos.unreadable)
    findings.merge(pictures.findings)
    report.picturesDecoded = pictures.decoded + tables.picturesDecoded
  }
  report.findings = findings.report
  report.errors = findings.errorCount
  report.warnings = findings.warningCount
  report.checks = findings.checks
  return report
}
