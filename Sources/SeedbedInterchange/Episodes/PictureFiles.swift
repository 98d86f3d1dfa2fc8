import PNG
import SeedbedDatasets
import Video

extension ExportPlan {
  /// Hands each picture of an episode to `body`, in order, until a signal asks to stop.
  func pictures(
    _ k: Int, camera: Int, _ body: (Int, FramePicture) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    try source.pictures(k, camera: camera) { number, picture throws(DatasetError) in
      try checkStop()
      try body(number, picture)
    }
  }

  /// A picture as height x width x 3 bytes; an error says which picture it is.
  func rgb(_ picture: FramePicture, _ k: Int, camera: Int, number: Int) throws(DatasetError) -> [UInt8] {
    let camera = schema.cameras[camera]
    let size = camera.picture.map { (width: $0.width, height: $0.height) } ?? (width: 0, height: 0)
    do throws(DatasetError) {
      return try picture.rgb(width: size.width, height: size.height, subject: source.path)
    } catch {
      throw error.located(source, k, camera: camera.shortName, number: number)
    }
  }

  /// Hands each picture of an episode to `body` as a file of the wanted format: PNG and JPEG of the source as they are,
  /// others encoded.
  func pictureFiles(
    _ k: Int, camera: Int, _ body: ([UInt8]) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    guard let shape = schema.cameras[camera].picture else { return }
    let magic: [UInt8] = options.imageFormat == .png ? [0x89, 0x50, 0x4E, 0x47] : [0xFF, 0xD8]
    try pictures(k, camera: camera) { number, picture throws(DatasetError) in
      if case .file(let bytes) = picture, bytes.starts(with: magic) { return try body(bytes) }
      try body(
        try encoded(try rgb(picture, k, camera: camera, number: number), width: shape.width, height: shape.height, k))
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

extension DatasetError {
  /// The same error over a single picture, with the picture's place.
  func located(_ source: any EpisodeSource, _ k: Int, camera: String, number: Int) -> DatasetError {
    // The decoder counts from its own first picture.
    let what = reason.hasPrefix("picture 0 ") ? String(reason.dropFirst("picture 0 ".count)) : reason
    return DatasetError(
      kind, path: source.place(k), episode: k,
      "picture \(number) of camera '\(camera)': \(what). Restore the file, or take the episode out of a copy of it")
  }
}
