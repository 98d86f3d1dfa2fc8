extension PhysicsCard {
  /// What the engine leaves out, and where it is known to err.
  public static let notModelled = [
    "Deformation: all bodies are rigid. No cloth, rope, cable, foam or dough; a pad's give is a spring at its contacts.",
    "Fluids, granular matter, air drag, buoyancy, suction, adhesion, magnetism and static charge.",
    "Fracture, cutting, wear, and heat.",
    "Contact patches: flat contacts are up to four points, so pressure inside a face is not resolved.",
    "Shapes that are not convex: a mesh collides as its convex hull.",
    "Friction is Coulomb's. It is exact along the direction of slip; at rest along gravity, and on level ground along the "
      + "load. A load across gravity, and a twist, meet a cone that is a pyramid and holds up to 1.41 times as much.",
    "Sticking things creep: a quarter of a micrometre a second for each newton of friction in a grasp; elsewhere a "
      + "micrometre a second for each newton at a contact point. What stands on a cylinder's cap wanders up to 0.15 mm a second.",
    "Free objects that have lain still for a quarter of a second sleep until something that moves comes near; what would "
      + "begin to move by less than a thousandth of a metre per second squared stays.",
    "Rolling and spinning friction of point and line contacts have fixed lever arms (0.5 mm and 5 mm).",
    "The integrator is of first order: fast motion is late by half a step, and free swings lose about half a percent of "
      + "their energy in twenty seconds.",
    "Impacts last one step; two things that hit each other in the same step do not share an order of impacts.",
    "Gravity on the robot is compensated perfectly. Its motors have no electrical side, no heat and no ripple.",
  ]
}
