import Diagnostics
import SeedbedGeometry
import SeedbedScene
import Testing

let repository = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

@Suite struct ShippedSceneTests {
  @Test(arguments: ["pick-place.yaml", "sort-cylinder.yaml", "senses.yaml", "drawer.yaml"])
  func shippedScenesLoadAndSample(name: String) throws {
    let scene = try loadScene(path: "\(repository)/Scenes/\(name)")
    #expect(scene.warnings.map(\.description) == [])
    #expect(scene.robotType == "panda")
    #expect(scene.assets.files.map(\.path) == scene.assets.files.map(\.path).sorted())
    let axes = Set(scene.description.axisPaths)
    for episode in 0..<100 {
      let instance = try scene.sample(seed: 17, episode: episode)
      #expect(instance == (try scene.sample(seed: 17, episode: episode)))
      let paths = instance.draws.map(\.path)
      #expect(paths == paths.sorted() && Set(paths).count == paths.count)
      #expect(Set(paths).isSubset(of: axes))
    }
  }

  /// In the shipped main scene no range meets another, so that no draw ever depends on another.
  @Test func pickPlaceNeverDrawsAPlaceTwice() throws {
    let scene = try loadScene(path: "\(repository)/Scenes/pick-place.yaml")
    var shapes = Set<String>()
    for episode in 0..<500 {
      let instance = try scene.sample(seed: 3, episode: episode)
      for draw in instance.draws where draw.path.hasSuffix("/attempts") { #expect(draw.value == 1) }
      shapes.insert(instance.objects.first { $0.name == "object" }?.shape.kindName ?? "")
    }
    #expect(shapes == ["cube", "box", "cylinder", "sphere"])
  }

  /// `--robot` is relative to the working directory or absolute; the dataset gets a path relative to the scene.
  @Test func aRobotFromTheCommandLine() throws {
    let scene = try loadScene(
      path: "\(repository)/Scenes/pick-place.yaml",
      overrides: SceneOverrides(robot: "\(repository)/Scenes/../Robots/panda/panda.urdf"))
    #expect(scene.overrides.robot == "../Robots/panda/panda.urdf")
    #expect(scene.assets.files.map(\.path).contains("../Robots/panda/panda.robot.yaml"))
    #expect(try scene.sample(seed: 1, episode: 0).robot.urdf == "../Robots/panda/panda.urdf")
  }

  /// An instance and the files that it names give the same assets as the scene did.
  @Test func assetsComeBackFromAnInstance() throws {
    let folder = "\(repository)/Scenes"
    let scene = try loadScene(path: "\(folder)/pick-place.yaml")
    let assets = try loadAssets(
      for: try scene.sample(seed: 1, episode: 0), source: DiskAssetSource(folder: folder))
    #expect(assets.robot == scene.assets.robot)
    #expect(assets.meshes == scene.assets.meshes)
  }
}
