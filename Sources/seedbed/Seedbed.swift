import ArgumentParser
import Glibc
import SeedbedGeneration

@main
struct Seedbed: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seedbed",
    abstract: "Grows robot-manipulation datasets from simulation, in LeRobot's format, the same bytes every time.",
    discussion: """
      A scene file says what stands on the table and what may vary; a URDF robot does the task; every episode is \
      recorded with pictures, forces and its origin, and any of them can be regrown from its seed, bit for bit.

      Exit codes: 0 done, 1 reproduce or replay found a difference or physics-card a broken bound, 64 usage, 65 bad input \
      or a damaged dataset, 70 internal, 71 the system refused, 73 cannot write, 75 done but for quarantined episodes, 129/130/143 stopped by a signal.
      """,
    version: Version.number,
    subcommands: [
      Generate.self, Merge.self, Reproduce.self, Replay.self, Verify.self, Repair.self, Validate.self, Query.self,
      Compare.self, Mix.self, Export.self, Retag.self, Schema.self, Preview.self, Inspect.self, PhysicsCardCommand.self,
      Worker.self, Packer.self,
    ])

  static func main() async {
    // A closed standard stream must not become the number of a file that is opened later: printing would destroy it.
    while true {
      let descriptor = open("/dev/null", O_RDONLY)
      guard (0...STDERR_FILENO).contains(descriptor) else {
        close(descriptor)
        break
      }
    }
    await main(nil)
  }
}
