import ArgumentParser
import Diagnostics
import Glibc
import SeedbedDatasets
import SeedbedGeneration

/// Runs a command's work and turns every error into text on standard error and an exit code, in this one place. A
/// result that could not be written (a full disk behind standard output) is an error too.
func reportingErrors(_ work: () async throws -> Void) async throws {
  do {
    defer { fflush(nil) }
    try await work()
    if fflush(nil) != 0 { throw systemError("cannot write to standard output") }
  } catch let error as ExitCode {
    throw error
  } catch let error as InputError {
    complain(error.description)
    throw ExitCode(65)
  } catch let error as DatasetError {
    let text = error.lines.map(\.escapingControlCharacters).joined(separator: "\n")
    if error.kind == .stopped {
      complain(text)
      throw ExitCode(128 + StopSignal.number)
    }
    complain("error: " + text + (error.kind == .io ? remedy(error.reason) : ""))
    throw ExitCode(error.kind == .io ? 73 : 65)
  } catch let error as GenerationError {
    complain(error.message)
    throw ExitCode(error.kind.rawValue)
  } catch {
    complain("error: " + "\(error)".escapingControlCharacters)
    throw ExitCode(70)
  }
}

/// Throws where a signal asked to stop (`StopSignal.install`).
func checkStop(_ out: String) throws(DatasetError) {
  let number = StopSignal.number
  guard number != 0 else { return }
  throw DatasetError(.stopped, path: out, "stopped by signal \(number): nothing was written. Start again")
}

/// What to do about what the system refused, told by its own words for it.
private func remedy(_ reason: String) -> String {
  let remedies = [
    ENOSPC: "Make room on that disk and start again; a result takes its place only when it is whole.",
    EDQUOT: "Make room in that quota and start again; a result takes its place only when it is whole.",
    EROFS: "Name a place that can be written.", EACCES: "See the permissions of the file and of its folders.",
    EMFILE: "Allow more open files (ulimit -n) and start again.",
  ]
  let known = remedies.first { reason.hasSuffix(String(cString: strerror($0.key))) }
  return known.map { ". " + $0.value } ?? ""
}

func complain(_ text: String) { writeToStandardError(text + "\n") }

/// Unbuffered; what cannot be written (a closed standard error) is dropped.
func writeToStandardError(_ text: String) {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let n = rest.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    if n <= 0 { return }
    rest = rest.dropFirst(n)
  }
}

/// Throws a usage error where a number is out of its range.
func checkRange(_ option: String, _ value: Int, _ range: ClosedRange<Int>) throws {
  guard range.contains(value) else {
    throw ValidationError(
      "\(option) is \(value). It must be between \(range.lowerBound) and \(range.upperBound).")
  }
}

/// Throws a usage error where an override is not written `path=value`.
func checkOverrides(_ overrides: [String]) throws {
  for text in overrides {
    let path = text.prefix { $0 != "=" }
    guard path.count + 1 < text.count,
      path.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty })
    else {
      throw ValidationError(
        "--set \(text.escapingControlCharacters) is not path=value. Write for example --set objects.cube.mass=0.2.")
    }
  }
}

/// A whole number from 0 to 2^64 - 1.
func parseSeed(_ text: String) throws -> UInt64 {
  guard let seed = UInt64(text) else {
    throw ValidationError("It must be a whole number from 0 to \(UInt64.max).")
  }
  return seed
}

/// One of a few words.
func parseChoice<T: RawRepresentable & CaseIterable>(_ text: String) throws -> T where T.RawValue == String {
  guard let choice = T(rawValue: text) else {
    throw ValidationError("It must be one of \(T.allCases.map(\.rawValue).joined(separator: ", ")).")
  }
  return choice
}

func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Processor cores that are online.
func coreCount() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
