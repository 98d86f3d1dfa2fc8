import PNG
import SeedbedRendering
import SeedbedScene

/// Writes raw pictures as PNG files: `<camera>/rgb-000000.png`, `depth-000000.png` (16 bit, tenths of a millimetre,
/// 0 = nothing, 65535 = 6.5535 m or more) and `ids-000000.png` (16 bit).
struct PictureFolder: PictureSink {
  private let path: String

  /// Creates the folder and one for each camera, with `ids.json` naming every id.
  init(_ path: String, instance: SceneInstance, linkNames: [String]) throws(GenerationError) {
    self.path = path
    try makeDirectories(path)
    for camera in instance.cameras { try makeDirectory(path + "/" + camera.name) }
    var names: [String] = ["  \"0\": \"background\""]
    for (i, name) in (linkNames.map { "robot/" + $0 } + instance.objects.map { "object/" + $0.name }).enumerated() {
      names.append("  \"\(i + 1)\": \"\(name)\"")
    }
    try writeFile(path + "/ids.json", Array(("{\n" + names.joined(separator: ",\n") + "\n}\n").utf8))
  }

  func take(camera: CameraInstance, frame: Int, picture: borrowing Picture) throws {
    let digits = String(frame)
    let number = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    let folder = path + "/" + camera.name
    let (w, h) = (camera.width, camera.height)
    try writeFile("\(folder)/rgb-\(number).png", try encodePNG(width: w, height: h, rgb: Array(picture.rgb)))
    let tenths = picture.depth.map { UInt16(min(65535, max(0, ($0 * 10_000).rounded()))) }
    try writeFile("\(folder)/depth-\(number).png", try encodePNG(width: w, height: h, gray16: tenths))
    try writeFile("\(folder)/ids-\(number).png", try encodePNG(width: w, height: h, gray16: Array(picture.ids)))
  }
}
