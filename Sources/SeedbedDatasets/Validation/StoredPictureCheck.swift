import Parquet
import Video

/// Pictures that stand in the tables as compressed files, of one feature and one table.
struct StoredPictureCheck {
  /// Pictures in memory at a time.
  private static let batch = 32

  let source: DatasetSource
  let feature: SourceFeature
  let file: String
  let plan: PicturePlan
  var findings = FindingList()
  private(set) var decoded = 0

  init(source: DatasetSource, feature: SourceFeature, file: String, plan: PicturePlan) {
    self.source = source
    self.feature = feature
    self.file = file
    self.plan = plan
  }

  /// - Parameter cursors: Of the bytes and the paths.
  mutating func episode(_ k: Int, _ cursors: inout [ColumnCursor], rows: Int) throws(ParquetError) {
    var wanted: Set<Int> = []
    if plan.isPicked(k) { wanted = Set(plan.pictures(of: 0..<rows) { _ in true }) }
    var missing = 0
    for start in stride(from: 0, to: rows, by: StoredPictureCheck.batch) {
      let count = min(StoredPictureCheck.batch, rows - start)
      var data: [ColumnData] = []
      for i in cursors.indices { data.append(try cursors[i].next(rows: count)) }
      guard case .pictures(let pictures)? = FrameValues(data, feature, rows: count) else { continue }
      for (i, picture) in pictures.enumerated() {
        if picture.bytes.isEmpty {
          missing += 1
        } else if wanted.contains(start + i) {
          decode(picture, frame: start + i, episode: k)
        }
      }
    }
    if !findings.holds(missing == 0) {
      findings.error(
        "picture-missing", file, episode: k, feature: feature.name, "\(missing) of \(rows) pictures have no bytes.",
        "Embed the pictures in the table: paths of other files do not travel with the dataset.")
    }
  }

  private mutating func decode(_ picture: StoredPicture, frame: Int, episode k: Int) {
    var size = (width: 0, height: 0)
    do throws(VideoError) {
      try StillPicture.decode(picture.bytes, subject: file) { size = ($0.width, $0.height) }
      decoded += 1
    } catch {
      findings.error(
        "picture-undecodable", file, episode: k, feature: feature.name, "frame \(frame): the picture \(error.reason).",
        "Restore it, or leave the episode out.")
      return
    }
    if let shape = feature.picture, !findings.holds(size == (shape.width, shape.height)) {
      findings.error(
        "picture-size", file, episode: k, feature: feature.name,
        "the picture of frame \(frame) is \(size.width)x\(size.height), the feature says \(shape.width)x\(shape.height).",
        "Correct the shape, or resize the pictures.")
    }
  }
}
