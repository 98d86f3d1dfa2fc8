import Diagnostics
import Glibc
import SeedbedEpisodes
import SeedbedGeneration
import SeedbedQuality
import SeedbedScene
import Testing

/// How the default bounds were found: `SEEDBED_MEASURE_GATES='SCENE|EPISODES|state|PATH=VALUE' swift test --filter
/// GateMeasuring` prints how each gate's value is distributed over a scene's episodes. The parts from `state` (no
/// pictures) on may be left out; any number of overrides can follow.
@Suite(.enabled(if: getenv("SEEDBED_MEASURE_GATES") != nil)) struct GateMeasuring {
  @Test func distributions() throws {
    let words = String(cString: getenv("SEEDBED_MEASURE_GATES")).split(separator: "|").map(String.init)
    let loaded = try loadScene(path: words[0], overrides: SceneOverrides(set: Array(words.dropFirst(3))))
    var scene = try GrowthScene(loaded, seed: 1)
    if words.count > 2 { scene.schema.cameras = [] }
    let grower = try EpisodeGrower(scene)
    var values: [String: [Double]] = [:]
    var failures: [String] = []
    for k in 0..<Int(words[1])! {
      let grown = try grower.grow(try loaded.sample(seed: 1, episode: k), index: k)
      let m = grown.measurements, p = grown.episode.provenance
      let worst: [(String, Double)] = [
        ("jerk", m.joints.map(\.jerk.value).max()!), ("pause", m.pause.value),
        ("reversals", Double(m.joints.map(\.reversals).max()!)), ("effort", m.joints.map(\.effort.value).max()!),
        ("velocity", m.joints.map(\.velocity.value).max()!), ("penetration", m.penetration.depth),
        ("frozenJoint", m.joints.map(\.frozen.value).max()!),
        ("visible", Double(m.visibleFrames) / Double(m.frames)),
        ("black", m.cameras.map(\.black.value).max() ?? 0), ("frozenPicture", m.cameras.map(\.frozen.value).max() ?? 0),
      ]
      for (name, value) in worst {
        values[name + (p.success ? " success" : " " + p.failureCause), default: []].append(value)
      }
      for failure in grown.gateFailures {
        failures.append("\(k) \(p.failureCause): \(failure.gate): \(failure.reason)")
      }
    }
    for (name, list) in values.sorted(by: { $0.key < $1.key }) {
      let sorted = list.sorted()
      func at(_ q: Double) -> String { significant(sorted[Int(q * Double(sorted.count - 1))], 3) }
      print("GATE \(name) n=\(list.count) min \(at(0)) p5 \(at(0.05)) p50 \(at(0.5)) p95 \(at(0.95)) max \(at(1))")
    }
    for failure in failures { print("GATE FAIL", failure) }
  }
}
