import Glibc
import SeedbedEpisodes
package import SeedbedQuality
import SeedbedScene
package import Video

extension FaultPlan.Fault {
  /// The last third of the first second: every arm that has a plan moves then.
  private static func window(_ framesPerSecond: Int) -> Range<Int> {
    (2 * framesPerSecond / 3)..<max(2 * framesPerSecond / 3 + 2, framesPerSecond)
  }

  package func blackensPicture(frame: Int, _ framesPerSecond: Int) -> Bool {
    kinds.contains(.black) && frame == Self.window(framesPerSecond).lowerBound
  }

  /// Whether the picture is that of the frame before.
  package func freezesPicture(frame: Int, _ framesPerSecond: Int) -> Bool {
    kinds.contains(.frozenPicture) && Self.window(framesPerSecond).contains(frame)
  }

  /// The faults of the process, in the episode's third frame.
  package func strike(frame: Int) {
    guard frame == 2 else { return }
    for kind in kinds {
      switch kind {
      case .abort: abort()
      case .hang: while true { usleep(10_000) }
      case .memory: fillMemory()
      case .trap: fatalError("a trap that a test asked for")
      default: break
      }
    }
  }

  /// Takes memory until there is no more or somebody ends the process.
  private func fillMemory() -> Never {
    while true {
      // Populated by the kernel: writes of our own to memory that nobody reads would be optimised away.
      let piece = mmap(nil, 64 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0)
      if piece == MAP_FAILED { abort() }
    }
  }

  /// The faults of the recorded numbers.
  package func damage(_ record: inout RecordedEpisode, _ clips: inout [EncodedClip]) {
    let window = Self.window(record.rates.control).clamped(to: 0..<record.frames)
    guard let frame = window.first, record.frames > 4 else { return }
    let arm = record.robot.arm
    for kind in kinds {
      switch kind {
      case .nan: record.edit("observation.state") { $0.set(frame, 0, .nan) }
      case .frozenJoint:
        for joint in arm.indices {
          record.edit("observation.state") { for k in window { $0.set(k, joint, $0.get(window.lowerBound, joint)) } }
        }
      case .timeGap: for k in frame..<record.frames { record.clock[k] += record.rates.frameNanoseconds(1) }
      case .jerk: record.edit("observation.state") { $0.set(frame, 0, $0.get(frame, 0) + 0.1) }
      case .velocity:
        guard let joint = arm.first else { continue }
        record.edit("observation.velocity") { $0.set(frame, 0, Float(1.5 * joint.velocity)) }
      case .missingFrames:
        if clips.isEmpty {
          record.edit("action") { $0.values.removeLast($0.width) }
        } else {
          clips[0].packets.removeLast()
          record.clipLengths[0] -= 1
        }
      case .black, .frozenPicture, .abort, .hang, .memory, .trap: break
      }
    }
  }
}

/// A feature's numbers, to be changed.
private struct Numbers {
  var values: [Float]
  var width: Int

  func get(_ frame: Int, _ dimension: Int) -> Float { values[frame * width + dimension] }
  mutating func set(_ frame: Int, _ dimension: Int, _ value: Float) { values[frame * width + dimension] = value }
}

extension RecordedEpisode {
  fileprivate mutating func edit(_ feature: String, _ change: (inout Numbers) -> Void) {
    guard let index = schema.index(of: feature), case .float32(let values) = columns[index] else { return }
    var numbers = Numbers(values: values, width: schema.features[index].width)
    change(&numbers)
    columns[index] = .float32(numbers.values)
  }
}
