import PNG
import SeedbedDatasets
import Video

extension ExportPlan {
  /// Hands each picture of an episode to `body` as a file of the wanted format: PNG and JPEG of the source as they are,
  /// others encoded.
  func pictureFiles(
    _ k: Int, camera: Int, _ body: ([UInt8]) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    guard let shape = schema.cameras[camera].picture else { return }
    let magic: [UInt8] = options.imageFormat == .png ? [0x89, 0x50, 0x4E, 0x47] : [0xFF, 0xD8]
    let subject = source.path
    try source.pictures(k, camera: camera) { _, picture throws(DatasetError) in
      if case .file(let bytes) = picture, bytes.starts(with: magic) { return try body(bytes) }
      let rgb = try picture.rgb(width: shape.width, height: shape.height, subject: subject)
      try body(try encoded(rgb, width: shape.width, height: shape.height, k))
    }
  }

  private func encoded(_ rgb: [UInt8], width: Int, height: Int, _ k: Int) throws(DatasetError) -> [UInt8] {
    switch options.imageFormat {
    case .png:
      do throws(PNGError) {
        return try encodePNG(width: width, height: height, rgb: rgb)
      } catch {
        throw DatasetError(.io, path: source.path, episode: k, "a picture cannot be encoded: \(error)")
      }
    case .jpeg:
      do throws(VideoError) {
        return try encodeJPEG(width: width, height: height, rgb: rgb)
      } catch {
        throw DatasetError(error, episode: k)
      }
    }
  }
}
