internal import CODE
internal import SeedbedGeometry

/// What the contacts of each pair of geoms gave in the step before.
struct PairLoads {
  /// Of the step whose number is beside them.
  private let normals: UnsafeMutablePointer<Double>
  private let tangents: UnsafeMutablePointer<Vector3>
  private let stamps: UnsafeMutablePointer<Int>
  private var step = 0

  init(pairCount: Int, in world: inout ODEWorld) {
    normals = world.allocate(Double.self, count: pairCount)
    tangents = world.allocate(Vector3.self, count: pairCount)
    stamps = world.allocate(Int.self, count: pairCount)
  }

  /// Adds up the last step's forces.
  mutating func gather(
    _ touches: UnsafeMutablePointer<Touching>, _ feedback: UnsafeMutablePointer<dJointFeedback>, count: Int
  ) {
    step += 1
    for i in 0..<count {
      let p = Int(touches[i].pair)
      if stamps[p] != step {
        stamps[p] = step
        normals[p] = 0
        tangents[p] = .zero
      }
      let f = feedback[i].f1
      let force = Vector3(f.0, f.1, f.2), along = force.dot(touches[i].normal)
      normals[p] += max(0, along)
      tangents[p] += force - touches[i].normal * along
    }
  }

  /// Sum of the normal forces, N; 0 where the pair did not touch.
  @inline(__always) func normal(_ p: Int) -> Double { stamps[p] == step ? normals[p] : 0 }

  /// Sum of the friction forces on the first geom, N, world frame.
  @inline(__always) func tangent(_ p: Int) -> Vector3 { stamps[p] == step ? tangents[p] : .zero }
}
