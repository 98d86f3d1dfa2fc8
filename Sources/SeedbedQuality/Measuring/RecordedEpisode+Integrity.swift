import SeedbedEpisodes
import SeedbedScene

extension RecordedEpisode {
  func nonFinite() -> NonFinite {
    var result = NonFinite()
    var firstFrame = Int.max
    for (feature, column) in zip(schema.features, columns) {
      guard case .float32(let values) = column, values.contains(where: { !$0.isFinite }) else { continue }
      let width = max(1, feature.width)
      for (i, value) in values.enumerated() where !value.isFinite {
        result.count += 1
        guard i / width < firstFrame else { continue }
        firstFrame = i / width
        result.frame = firstFrame
        result.feature = feature.name
        result.dimension = i % width < feature.width ? feature.dimensions[i % width].name : ""
        result.value = value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
      }
    }
    return result
  }

  func timeGap() -> TimeGap {
    var result = TimeGap()
    for (k, time) in clock.enumerated() {
      let (gap, overflow) = time.subtractingReportingOverflow(rates.frameNanoseconds(k))
      let size = overflow ? .max : gap.magnitude
      if size > result.nanoseconds.magnitude {
        result.nanoseconds = overflow ? .max : gap
        result.frame = k
      }
    }
    return result
  }

  func missingFrames() -> MissingFrames {
    var result = MissingFrames()
    func check(_ name: String, _ has: Int, _ needs: Int) {
      guard has != needs else { return }
      if result.count == 0 { (result.name, result.has, result.needs) = (name, has, needs) }
      result.count += 1
    }
    check("the frame clock", clock.count, frames)
    for (i, feature) in schema.features.enumerated() {
      check("`\(feature.name)`", i < columns.count ? columns[i].count : 0, frames * feature.width)
    }
    for (i, camera) in schema.cameras.enumerated() {
      check("`\(camera.key)`", i < clipLengths.count ? clipLengths[i] : 0, frames)
    }
    return result
  }
}
