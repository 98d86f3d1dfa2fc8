import Glibc
import Subprocess
import SystemPackage

/// Runs the packer: this very program as `seedbed packer --dataset DIR`.
struct PackerProcess: Sendable {
  let folder: RunFolder
  /// What kills it from outside costs one attempt.
  private static let attempts = 100

  /// Seconds that packing took.
  struct Cost: Sendable {
    var wall = 0.0
    /// Of processes that ended well.
    var cpu = 0.0
  }

  /// Obeys the orders.
  func run(_ orders: [PackOrder]) async throws -> Cost {
    signal(SIGPIPE, SIG_IGN)
    let start = wallSeconds()
    let text = orders.map(\.line).joined() + "end\n"
    for attempt in 1... {
      let (status, output, message) = try await once(text)
      if status.isSuccess { return Cost(wall: wallSeconds() - start, cpu: Double(output) ?? 0) }
      if case .signaled(9) = status, attempt < Self.attempts { continue }
      if case .exited(let code) = status, let kind = GenerationError.Kind(rawValue: code) {
        throw GenerationError(message.hasPrefix("error: ") ? String(message.dropFirst(7)) : message, kind: kind)
      }
      throw GenerationError("the packer ended with \(status). \(message)")
    }
    return Cost()
  }

  /// How one attempt ended, what it printed, and what it said last.
  private func once(_ text: String) async throws -> (TerminationStatus, String, String) {
    do {
      let result = try await Subprocess.run(
        .path(.init(try programPath())), arguments: ["packer", "--dataset", folder.path],
        environment: .inherit.updating(["SWIFT_BACKTRACE": "enable=no"]), input: .inputWriter,
        output: .string(limit: 1 << 12, encoding: UTF8.self),
        error: .string(limit: 1 << 16, encoding: UTF8.self)
      ) { execution in
        // What dies before it has read says so by its status. (A failing write of an input that is not written by hand
        // ends the whole program: the library then leaves the pipe open, and traps because of it.)
        _ = try? await execution.standardInputWriter.write(text)
      }
      let lines = result.standardError.split(separator: "\n")
      let output = String(result.standardOutput.prefix { !$0.isNewline })
      return (result.terminationStatus, output, lines.last.map(String.init) ?? "")
    } catch let error as SubprocessError {
      throw GenerationError(
        "cannot start the packer: \(error.reason). See the limits of open files, processes and memory (ulimit -a).",
        kind: .system)
    }
  }
}
