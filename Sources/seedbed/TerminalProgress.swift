import Glibc
import SeedbedGeneration
import Synchronization

/// One line that is rewritten on a terminal; plain lines, at most one every ten seconds, elsewhere.
final class StatusLine: Sendable {
  private struct State {
    var lastShown = -1e9
    var isOpen = false
  }
  private let state = Mutex(State())
  let isTerminal = isatty(STDERR_FILENO) == 1

  /// `isMilestone`: show it whenever the last line was shown.
  func show(_ text: String, isMilestone: Bool = false) {
    state.withLock { state in
      let now = monotonicSeconds()
      guard isMilestone || now - state.lastShown >= (isTerminal ? 0.1 : 10) else { return }
      state.lastShown = now
      if isTerminal {
        writeToStandardError("\r\u{1B}[K" + text)
        state.isOpen = true
      } else {
        writeToStandardError(text + "\n")
      }
    }
  }

  /// A line of its own that stays.
  func note(_ text: String) {
    clear()
    writeToStandardError(text + "\n")
  }

  func clear() {
    state.withLock { state in
      if state.isOpen { writeToStandardError("\r\u{1B}[K") }
      state.isOpen = false
    }
  }
}

/// Progress of `generate`: a bar, the rate, the share of successes and the remaining time.
final class TerminalProgress: ProgressSink {
  private let wanted: Int
  private let ofSuccesses: Bool
  private let line = StatusLine()
  private let start = monotonicSeconds()

  /// `wanted`: episodes of this run, or successes.
  init(wanted: Int, ofSuccesses: Bool) {
    self.wanted = wanted
    self.ofSuccesses = ofSuccesses
  }

  func advanced(_ report: RunReport) {
    let elapsed = monotonicSeconds() - start
    let here = report.episodes + report.quarantined
    let done = min(wanted, ofSuccesses ? report.doneSuccesses : report.doneBefore + here)
    let perSecond = Double(here) / max(elapsed, 1e-9)
    let useful = ofSuccesses ? Double(report.keptSuccesses) / max(elapsed, 1e-9) : perSecond
    let remaining = Double(wanted - done) / max(useful, 1e-9)
    let rate = "\(fixed(perSecond * 3600, 0)) episodes/h, success \(fixed(100 * report.successShare, 1)) %"
    let count = "\(done)/\(wanted)" + (ofSuccesses ? " successes" : "")
    let left = remaining < 1e7 ? "\(duration(remaining)) left" : ""
    if line.isTerminal {
      let filled = 24 * done / max(1, wanted)
      let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: 24 - filled)
      line.show("[\(bar)] \(count)  \(rate)  \(left)")
    } else {
      line.show("\(count)  \(rate)  \(left)", isMilestone: done == wanted)
    }
  }

  func note(_ text: String) { line.note(text) }

  func finish() { line.clear() }
}

private func duration(_ seconds: Double) -> String {
  let s = Int(seconds.rounded(.up))
  return s >= 3600 ? "\(s / 3600) h \(s % 3600 / 60) min" : s >= 60 ? "\(s / 60) min \(s % 60) s" : "\(s) s"
}

private func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
