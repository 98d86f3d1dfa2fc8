import SeedbedScene

// This engine beside MuJoCo in one process: the same scene, masses, gains, step and commands.

let arguments = CommandLine.arguments
switch (arguments.dropFirst().first, arguments.count) {
case ("speed", 5):
  guard let rounds = Int(arguments[3]), let bound = Double(arguments[4]), rounds > 0 else { fallthrough }
  try compareSpeed(scene: arguments[2], rounds: rounds, bound: bound)
case ("slip", 3):
  try compareSlip(scene: arguments[2])
default:
  fatalError("usage: PhysicsPeer speed SCENE ROUNDS BOUND | slip SCENE")
}
