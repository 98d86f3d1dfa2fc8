import SeedbedGeometry
import XML

extension URDFReader {
  mutating func readLink(_ element: XMLElement) -> Link? {
    guard let name = requiredName(element) else { return nil }
    warnOfTypos(in: element, known: ["inertial", "visual", "collision"])
    var link = Link(name: name, location: element.location)
    if let inertial = element.child("inertial") { link.inertial = readInertial(inertial, of: name) }
    for visual in element.children("visual") {
      warnOfTypos(in: visual, known: ["origin", "geometry", "material"])
      let origin = origin(visual)
      let material = visual.child("material").map { readVisualMaterial($0) }
      guard let geometry = readGeometry(visual) else { continue }
      link.visuals.append(
        Visual(
          origin: origin, geometry: geometry, color: material?.color, texture: material?.texture,
          location: visual.location))
    }
    for collision in element.children("collision") {
      warnOfTypos(in: collision, known: ["origin", "geometry"])
      let origin = origin(collision)
      guard let geometry = readGeometry(collision) else { continue }
      link.collisions.append(Collision(origin: origin, geometry: geometry, location: collision.location))
    }
    return link
  }

  /// nil where the link has no mass; what no body can have is kept and reported as a warning.
  private mutating func readInertial(_ element: XMLElement, of link: String) -> Inertial? {
    warnOfTypos(in: element, known: ["origin", "mass", "inertia"])
    let origin = origin(element)
    let matrix = readInertia(element)
    guard let massElement = element.child("mass"), massElement.attribute("value") != nil else {
      warning(
        element.location, "The inertial of '\(link)' has no mass; it is left out.", "Write <mass value=\"…\"/> in kg.")
      return nil
    }
    guard let mass = number(massElement, "value") else { return nil }
    if mass < 0 {
      error(
        massElement.attribute("value")?.location ?? massElement.location, "The mass of '\(link)' is \(mass) kg.",
        "Write a positive mass, or leave <inertial> out.")
      return nil
    }
    if mass == 0 {
      warning(
        massElement.location, "The mass of '\(link)' is 0; its inertial is left out.",
        "Write its mass, or no <inertial>.")
      return nil
    }
    let inertial = Inertial(origin: origin, mass: mass, inertia: matrix)
    if !isObject, let reason = inertial.implausibility {
      warning(
        element.child("inertia")?.location ?? element.location,
        "The inertia of '\(link)' \(reason): where the link moves, the nearest possible one or that of a box around its "
          + "shapes is used.", "Correct ixx … izz: kg m², about the centre of mass.")
    }
    return inertial
  }

  private mutating func readInertia(_ element: XMLElement) -> Matrix3 {
    guard let inertia = element.child("inertia") else { return .zero }
    warnOfTypos(inAttributesOf: inertia, known: ["ixx", "ixy", "ixz", "iyy", "iyz", "izz"])
    let xy = number(inertia, "ixy") ?? 0, xz = number(inertia, "ixz") ?? 0, yz = number(inertia, "iyz") ?? 0
    return Matrix3(
      rows: Vector3(number(inertia, "ixx") ?? 0, xy, xz), Vector3(xy, number(inertia, "iyy") ?? 0, yz),
      Vector3(xz, yz, number(inertia, "izz") ?? 0))
  }
}
