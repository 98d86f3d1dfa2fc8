internal import CODE
internal import SeedbedGeometry

/// Contacts of the reduced arm's kinematic links.
///
/// The arm feels them one step late. That is stable while a contact's gain over one step stays below the inertia that the
/// arm shows at the point, so these contacts yield more than others.
extension Collider {
  /// m s⁻¹/N: the softness that each of `count` contacts of a link with one thing needs at least.
  private func softness(_ contact: dContactGeom, link: Int, other: Int = -1, count: Int) -> Double {
    guard let reduced else { return cfm }
    let compliance =
      other < 0
      ? reduced.compliance(link, at: contact.point, along: contact.direction, h: h)
      : reduced.compliance(link, against: other, at: contact.point, along: contact.direction, h: h)
    return max(cfm, h * max(compliance, 1e-9) * Double(count) / ContactRecipe.linkGainShare)
  }

  /// Softens the contact with a thing that moves: to ODE the link is of infinite mass.
  func yield(_ contact: UnsafeMutablePointer<dContact>, link: Int, count: Int) {
    let softness = softness(contact.pointee.geom, link: link, count: count)
    contact.pointee.surface.soft_cfm = softness
    contact.pointee.surface.soft_erp = min(erp, ContactRecipe.linkERP)
    contact.pointee.surface.slip1 = max(slip, softness)
    contact.pointee.surface.slip2 = max(slip, softness)
  }

  /// The contact with a fixed thing or another link, which ODE leaves out as neither of the two can move: the force that its
  /// soft contact would have, with Coulomb's friction along the slip.
  mutating func lean(_ contact: dContactGeom, _ p: Int, link: Int, count: Int) {
    guard let reduced, touchCount < Self.recordedTouches else { return }
    let other = pairs[p].otherLink
    let gain = 1 / softness(contact, link: link, other: other, count: count)
    let n = contact.direction
    var velocity = reduced.velocity(link, at: contact.point)
    if other >= 0 { velocity -= reduced.velocity(other, at: contact.point) }
    let approach = velocity.dot(n)
    let push = ContactRecipe.linkERP * max(0, contact.depth - ContactRecipe.surfaceLayer) / h
    let normal = max(0, gain * (push - approach))
    let slide = velocity - n * approach
    let resistance = min(gain, pairs[p].friction * normal / max(slide.length, 1e-12))
    let force = n * normal - slide * resistance
    feedback[touchCount] = dJointFeedback()
    feedback[touchCount].f1 = (force.x, force.y, force.z, 0)
    touches[touchCount] = Touching(pair: Int32(p), point: contact.point, normal: n, depth: contact.depth)
    touchCount += 1
  }
}
