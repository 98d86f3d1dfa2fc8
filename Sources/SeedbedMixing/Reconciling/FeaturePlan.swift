import SeedbedDatasets
import Video

/// A feature of a mix, and where each source's frames take it from.
struct FeaturePlan {
  enum Recipe {
    /// A column of the source; the places of the source's dimensions in the order of the mix, nil for the same order.
    case column(String, order: [Int]?)
    /// A camera of the source, by its place there.
    case camera(Int)
    /// The same values in every frame.
    case fill(Fill)
    /// Whether the episode is simulated.
    case origin
  }

  enum Fill: Equatable {
    case numbers([Double])
    case text(String)
    /// A black picture.
    case black
  }

  /// As it stands in the mix.
  let feature: SourceFeature
  /// One a source.
  let recipes: [Recipe]
  /// Of a camera: how its pictures are coded.
  var coding: PictureCoding?
}

/// How the pictures of a camera of the mix are coded.
struct PictureCoding {
  let codec: String
  let pixelFormat: String?
  let width: Int, height: Int
  /// What is written where pictures have to be encoded anew; nil where this program cannot encode them.
  let settings: VideoSettings?
  /// How people call the pixels.
  let pixelName: String

  /// What neither file nor dataset names.
  static let unnamed = "other pixels (4:4:4 perhaps)"

  /// Why pictures of a file cannot stand in the mix as they are; nil where they can.
  ///
  /// - Parameter declared: What the dataset says of the pixels, where the file itself does not.
  func obstacle(_ format: MovieFormat, declared: String? = nil) -> String? {
    if (format.width, format.height) != (width, height) {
      let isAlike = format.width * height == format.height * width
      return "\(format.width)x\(format.height) becomes \(width)x\(height)"
        + (isAlike ? "" : ", the whole picture scaled into the middle, with black bars beside it")
    }
    if format.codec != codec { return "\(format.codec) becomes \(codec)" }
    if format.pixelFormat != pixelFormat {
      return "\(format.pixelFormat ?? declared ?? PictureCoding.unnamed) becomes \(pixelName)"
    }
    return nil
  }
}

/// What a mix is, before any episode is chosen.
struct MixSchema {
  let framesPerSecond: Int
  let robotType: String?
  let features: [FeaturePlan]
  /// What was reconciled, left out or filled, for people.
  let notes: [String]
}
