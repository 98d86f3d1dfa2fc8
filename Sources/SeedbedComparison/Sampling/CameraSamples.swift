import SeedbedDatasets
import Video

/// What is gathered of one camera's pictures in one dataset.
struct CameraSamples: Sendable {
  static let grid = 16

  /// Counts of each value 0...255 of red, green and blue.
  var histograms = [[Double]](repeating: .init(repeating: 0, count: 256), count: 3)
  /// Of brightness, the same.
  var brightness = [Double](repeating: 0, count: 256)
  /// One a picture, 0...255: mean absolute Laplacian, and the noise's standard deviation.
  var sharpness: [Double] = [], noise: [Double] = []
  /// Sums of brightness over the pictures, on a grid.
  private(set) var layout = [Double](repeating: 0, count: CameraSamples.grid * CameraSamples.grid)
  var pictures = 0

  /// Mean brightness of each place, 0...255.
  var meanLayout: [Double] { layout.map { pictures > 0 ? $0 / Double(pictures) : 0 } }

  /// Takes a picture of height x width x 3 bytes RGB.
  mutating func add(_ rgb: [UInt8], width: Int, height: Int) {
    guard width >= 3, height >= 3, rgb.count == width * height * 3 else { return }
    pictures += 1
    var luma = [Double](repeating: 0, count: width * height)
    var sums = layout.map { _ in 0.0 }, counts = sums
    for y in 0..<height {
      for x in 0..<width {
        let i = y * width + x
        let r = rgb[3 * i], g = rgb[3 * i + 1], b = rgb[3 * i + 2]
        let l = 0.299 * Double(r) + 0.587 * Double(g) + 0.114 * Double(b)
        luma[i] = l
        histograms[0][Int(r)] += 1
        histograms[1][Int(g)] += 1
        histograms[2][Int(b)] += 1
        brightness[min(255, Int(l + 0.5))] += 1
        let cell = y * CameraSamples.grid / height * CameraSamples.grid + x * CameraSamples.grid / width
        sums[cell] += l
        counts[cell] += 1
      }
    }
    for i in sums.indices where counts[i] > 0 { layout[i] += sums[i] / counts[i] }
    detail(luma, width, height)
  }

  /// Sharpness by the Laplacian (Pertuz and others, Analysis of focus measure operators, 2013: LAP); noise by Immerkær,
  /// Fast noise variance estimation, 1996.
  private mutating func detail(_ luma: [Double], _ width: Int, _ height: Int) {
    var edges = 0.0, noise = 0.0
    for y in 1..<height - 1 {
      for x in 1..<width - 1 {
        let i = y * width + x
        let near = luma[i - 1] + luma[i + 1] + luma[i - width] + luma[i + width]
        let far = luma[i - width - 1] + luma[i - width + 1] + luma[i + width - 1] + luma[i + width + 1]
        edges += abs(4 * luma[i] - near)
        noise += abs(4 * luma[i] - 2 * near + far)
      }
    }
    let inner = Double((width - 2) * (height - 2))
    sharpness.append(edges / inner)
    self.noise.append(noise / inner * (Double.pi / 2).squareRoot() / 6)
  }
}

extension CameraSamples {
  /// Pictures looked at in each dataset.
  static let pictures = 96

  /// Looks at pictures spread evenly over a dataset, the same ones in every run.
  init(_ source: DatasetSource, feature: String) throws(DatasetError) {
    let frames = source.episodes.frames
    let count = min(CameraSamples.pictures, frames)
    let wanted = (0..<count).map { (2 * $0 + 1) * frames / (2 * count) }
    let camera = source.info.cameras.firstIndex { $0.name == feature }
    var reader = camera == nil ? try source.frames(features: [feature]) : nil
    var first = 0, at = 0
    for k in 0..<source.episodes.count {
      let length = source.episodes.length(k)
      var here: [Int] = []
      while at < wanted.count, wanted[at] < first + length {
        here.append(wanted[at] - first)
        at += 1
      }
      first += length
      if here.isEmpty { continue }
      if let camera {
        try addMovie(source, k, camera, here)
      } else if let stored = try reader?.pictures(k, frames: here) {
        try addStored(stored, path: source.path, episode: k)
      }
    }
  }

  private mutating func addMovie(
    _ source: DatasetSource, _ k: Int, _ camera: Int, _ frames: [Int]
  ) throws(DatasetError) {
    let movie = try source.movie(k, camera: camera)
    let start = source.pictures(k, camera: camera).lowerBound
    var rgb: [UInt8] = []
    var samples = self
    do throws(VideoError) {
      try movie.decode(frames.map { $0 + start }) { _, picture in
        if picture.rgb(into: &rgb) { samples.add(rgb, width: picture.width, height: picture.height) }
      }
    } catch {
      throw DatasetError(error, episode: k)
    }
    self = samples
  }

  private mutating func addStored(_ pictures: [StoredPicture], path: String, episode k: Int) throws(DatasetError) {
    var rgb: [UInt8] = []
    for stored in pictures {
      var samples = self
      do throws(VideoError) {
        try StillPicture.decode(stored.bytes, subject: path) { picture in
          if picture.rgb(into: &rgb) { samples.add(rgb, width: picture.width, height: picture.height) }
        }
      } catch {
        throw DatasetError(error, episode: k)
      }
      self = samples
    }
  }
}
