extension ArmJointInstance {
  /// What is recorded as a joint's effort, in words: for the description of every feature that holds one.
  package static let effortConvention =
    "link side of the gear, as a joint torque sensor or inverse dynamics of the links tells it: what the motor gives, gravity "
    + "compensation included, less what its rotor takes (armature times acceleration); the joint's own damping and friction "
    + "not taken off; URDF sign; the physics step before"
}
