import SeedbedGeometry
import SeedbedTestSupport
import Testing

private struct Draws {
  var random = TestRandom(seed: 5)
  mutating func number(_ range: ClosedRange<Double> = -1...1) -> Double { Double.random(in: range, using: &random) }
  mutating func vector(_ size: Double = 1) -> Vector3 { Vector3(number(), number(), number()) * size }
  mutating func rotation() -> Quaternion {
    Quaternion(axis: vector().normalized ?? .unitX, angle: number(-3.1...3.1))
  }
}

@Test func rotationsGoThereAndBack() {
  var draws = Draws()
  for _ in 0..<1000 {
    let q = draws.rotation(), r = draws.rotation(), v = draws.vector(3)
    #expect((q.matrix * v - q.rotate(v)).length < 1e-14 * 10)
    #expect((q.conjugate.rotate(q.rotate(v)) - v).length < 1e-14)
    #expect(((q * r).rotate(v) - q.rotate(r.rotate(v))).length < 1e-14)
    #expect((Quaternion(q.matrix).rotate(v) - q.rotate(v)).length < 1e-13)
    #expect((Quaternion(rotationVector: q.rotationVector).rotate(v) - q.rotate(v)).length < 1e-13)
    #expect(abs(q.matrix.determinant - 1) < 1e-14)
    let a = Pose(draws.vector(), q), b = Pose(draws.vector(), r)
    #expect(((a * b).apply(v) - a.apply(b.apply(v))).length < 1e-14)
    #expect(((a * a.inverse).apply(v) - v).length < 1e-14)
  }
}

@Test func recordedQuaternionsKeepTheirSign() {
  let down = Quaternion(axis: .unitX, angle: Double.pi)
  for (tilt, start) in [1e-9, -1e-9, 0.05, -0.05].flatMap({ [($0, down), ($0, Quaternion.identity)] }) {
    let turned = start * Quaternion(axis: .unitX, angle: tilt)
    for q in [turned, Quaternion(w: -turned.w, x: -turned.x, y: -turned.y, z: -turned.z)] {
      let first = q.recorded(after: nil)
      #expect(start == down ? first.x > 0.9 : first.w > 0.9)
      #expect(abs(first.w * q.w + first.x * q.x) > 0.999)
      // Round and round: never a leap, and after two full turns the number it began with.
      var last = first
      for k in 1...400 {
        let next = (q * Quaternion(axis: .unitZ, angle: 0.01 * Double.pi * Double(k))).recorded(after: last)
        #expect(next.w * last.w + next.x * last.x + next.y * last.y + next.z * last.z > 0.99)
        last = next
      }
      #expect(abs(last.w - first.w) + abs(last.x - first.x) + abs(last.y - first.y) + abs(last.z - first.z) < 1e-9)
    }
  }
}

@Test func matricesOfHalfTurnsBecomeQuaternions() {
  for axis in [Vector3.unitX, .unitY, .unitZ, Vector3(1, 1, 0) * 0.5.squareRoot(), Vector3(0, -0.6, 0.8)] {
    let q = Quaternion(axis: axis, angle: .pi)
    #expect((Quaternion(q.matrix).rotate(Vector3(1, 2, 3)) - q.rotate(Vector3(1, 2, 3))).length < 1e-14)
  }
}

@Test func fixedAxisAnglesTurnAboutXThenYThenZ() {
  let q = Quaternion(roll: .pi / 2, pitch: 0, yaw: .pi / 2)
  #expect((q.rotate(.unitY) - .unitZ).length < 1e-15)
  #expect((q.rotate(.unitX) - .unitY).length < 1e-15)
  let rpy = Quaternion(roll: 0.3, pitch: -0.4, yaw: 1.2)
  let product =
    Quaternion(axis: .unitZ, angle: 1.2) * Quaternion(axis: .unitY, angle: -0.4) * Quaternion(axis: .unitX, angle: 0.3)
  #expect(rpy == product)
}

@Test func symmetricMatricesAreTakenApart() {
  var draws = Draws()
  for round in 0..<500 {
    let values = [draws.number(), draws.number(), round % 3 == 0 ? 0.5 : draws.number()].sorted()
    let r = draws.rotation().matrix
    let m = r * .diagonal(Vector3(values[0], values[1], values[2])) * r.transposed
    let (found, axes) = m.symmetricEigen
    #expect((found - Vector3(values[0], values[1], values[2])).length < 1e-14)
    let back = axes * .diagonal(found) * axes.transposed
    for row in 0..<3 { for column in 0..<3 { #expect(abs(back[row, column] - m[row, column]) < 1e-14) } }
    #expect(abs(axes.determinant - 1) < 1e-13)
  }
  #expect(Matrix3.zero.symmetricEigenvalues == .zero)
  #expect(Matrix3.identity.symmetricEigen.axes == .identity)
}

@Test func mirroringScalesKeepTheOutsideOut() throws {
  let box = try readMesh(binarySTL(boxTriangles(Vector3(1, 2, 3))), path: "a.stl")
  for scale in [Vector3(-1, 1, 1), Vector3(2, -3, -1), Vector3(-0.001, -0.001, -0.001), Vector3(1, 1, 1)] {
    let scaled = box.scaled(by: scale)
    #expect(
      abs(sixVolumes(scaled) - 36 * abs(scale.x * scale.y * scale.z)) < 1e-9 * abs(scale.x * scale.y * scale.z) * 36)
    #expect(normalsFit(scaled))
  }
}
