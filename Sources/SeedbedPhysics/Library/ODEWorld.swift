internal import CODE
internal import SeedbedGeometry

/// Owns everything that ODE allocated for one world, and the memory that ODE points to.
///
/// The step runs in a threading implementation of the world's own: Debian's default one is a global object, and two
/// worlds in two threads crash in it.
struct ODEWorld: ~Copyable {
  let id: dWorldID
  let contactGroup: dJointGroupID
  private let threading: dThreadingImplementationID?
  private var geoms: [dGeomID] = []
  private var blocks: [UnsafeMutableRawPointer] = []

  init(gravity: Vector3) {
    dAllocateODEDataForThread(UInt32(bitPattern: Int32(dAllocateMaskAll.rawValue)))
    id = dWorldCreate()
    contactGroup = dJointGroupCreate(0)
    threading = dThreadingAllocateSelfThreadedImplementation()
    if let threading {
      dWorldSetStepThreadingImplementation(id, dThreadingImplementationGetFunctions(threading), threading)
    }
    dWorldSetGravity(id, gravity.x, gravity.y, gravity.z)
    dWorldSetERP(id, ContactRecipe.worldERP)
    // Never 0: with redundant constraints the LCP solver then returns garbage and finally NaN.
    dWorldSetCFM(id, ContactRecipe.worldCFM)
    dWorldSetQuickStepNumIterations(id, ContactRecipe.lastResortIterations)
    dWorldSetContactMaxCorrectingVel(id, ContactRecipe.maximumCorrectingVelocity)
    dWorldSetContactSurfaceLayer(id, ContactRecipe.surfaceLayer)
  }

  deinit {
    dJointGroupDestroy(contactGroup)
    for geom in geoms { dGeomDestroy(geom) }
    dWorldDestroy(id)
    if let threading { dThreadingFreeImplementation(threading) }
    for block in blocks { block.deallocate() }
  }

  /// Takes the geom over: it is destroyed with the world.
  mutating func adopt(_ geom: dGeomID) { geoms.append(geom) }

  /// Zeroed memory for trivial values that lives as long as the world.
  mutating func allocate<Value>(_: Value.Type, count: Int) -> UnsafeMutablePointer<Value> {
    let bytes = max(1, count) * MemoryLayout<Value>.stride
    let block = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
    block.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    blocks.append(block)
    return block.bindMemory(to: Value.self, capacity: max(1, count))
  }

  /// A copy of the values that lives as long as the world.
  mutating func keep<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
    let copy = allocate(Value.self, count: values.count)
    for (i, value) in values.enumerated() { copy[i] = value }
    return copy
  }

  /// A body at the origin with the mass properties; its origin is the centre of mass.
  func makeBody(_ mass: MassProperties, weightless: Bool) -> dBodyID {
    let body: dBodyID = dBodyCreate(id)
    var parameters = dMass()
    let inertia = mass.inertia
    dMassSetParameters(
      &parameters, mass.mass, 0, 0, 0, inertia[0, 0], inertia[1, 1], inertia[2, 2], inertia[0, 1], inertia[0, 2],
      inertia[1, 2])
    dBodySetMass(body, &parameters)
    dBodySetGravityMode(body, weightless ? 0 : 1)
    dBodySetGyroscopicMode(body, 1)
    return body
  }
}
