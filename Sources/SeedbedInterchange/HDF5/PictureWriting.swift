import HDF5
import SeedbedDatasets

extension ExportPlan {
  /// Writes an episode's pictures of a camera as frames x height x width x 3 bytes, a chunk a picture.
  ///
  /// - Parameters:
  ///   - name: The dataset's path in the file.
  ///   - later: Another dataset, for the pictures one frame later; nil for none.
  func writePictures(
    _ file: borrowing HDF5File, _ k: Int, camera: Int, length: Int, as name: String, later: String? = nil
  ) throws(DatasetError) {
    guard let shape = schema.cameras[camera].picture else { return }
    let layout = HDF5Dataset.Layout(
      .uint8, shape: [length, shape.height, shape.width, 3], chunkRows: 1, deflate: options.deflate)
    let first = try hdf5 { () throws(HDF5Error) in try file.makeDataset(name, layout) }
    var second: HDF5Dataset?
    if let later { second = try hdf5 { () throws(HDF5Error) in try file.makeDataset(later, layout) } }
    var count = 0
    try pictures(k, camera: camera) { number, picture throws(DatasetError) in
      let rgb = try rgb(picture, k, camera: camera, number: number)
      guard number == count, number < length else { return }
      count += 1
      do throws(HDF5Error) {
        try first.write(.byte(rgb), rows: number..<number + 1)
        if number > 0 { try second?.write(.byte(rgb), rows: number - 1..<number) }
        if number == length - 1 { try second?.write(.byte(rgb), rows: number..<number + 1) }
      } catch {
        throw DatasetError(error, episode: k)
      }
    }
    guard count == length else {
      throw DatasetError(
        .damaged, path: source.place(k), episode: k,
        "camera '\(cameraNames[camera])' has \(count) of \(length) pictures")
    }
  }

  /// Says of depth cameras that they stay behind, and gives the others.
  func colourCameras(_ remarks: inout Remarks) -> [Int] {
    var colour: [Int] = []
    for (i, camera) in schema.cameras.enumerated() {
      if camera.picture?.isDepth == true {
        remarks.leaveOut(
          "camera '\(camera.name)'", because: "it holds distances; only pictures in colour are written here")
      } else {
        colour.append(i)
      }
    }
    return colour
  }
}
