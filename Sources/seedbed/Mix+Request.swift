import ArgumentParser
import Diagnostics
import SeedbedMixing

extension Mix {
  /// What the flags ask for.
  ///
  /// - Throws: A usage error for a flag that is not written as it must be.
  func request() throws -> MixRequest {
    var request = MixRequest(sources: try sources.map(source), out: out)
    request.ratio = try ratio.map { try $0.split(separator: ",").map { try share(String($0)) } } ?? []
    request.unit = by
    request.size = try size()
    request.seed = seed
    request.repeats = `repeat`
    request.conditions = conditions.map(condition)
    request.model = like
    request.features = features
    request.fills = try fill.map {
      let (a, b) = try pair($0, "--fill", "feature=value", mayBeEmpty: true); return (a, b)
    }
    request.dropped = drop
    request.renames = try rename.map(renaming)
    request.names = try names.map {
      let (a, b) = try pair($0, "--names", "feature=name"); return (a, b)
    }
    request.robotType = robotType
    if let fps { try checkRange("--fps", fps, 1...1000) }
    request.framesPerSecond = fps
    request.resampling = resample
    request.origins = try origin.map {
      let (a, b) = try pair($0, "--origin", "name=origin"); return .init(source: a, value: b)
    }
    request.tagsFrames = frameOrigin
    request.isVirtual = virtual
    request.followsLinks = followLinks
    request.isSynchronized = sync
    return request
  }

  private func pair(
    _ text: String, _ flag: String, _ form: String, mayBeEmpty: Bool = false
  ) throws -> (String, String) {
    guard let at = text.firstIndex(of: "="), at > text.startIndex, mayBeEmpty || text.index(after: at) < text.endIndex
    else {
      throw ValidationError("\(flag) \(text.escapingControlCharacters) is not \(form).")
    }
    return (String(text[..<at]), String(text[text.index(after: at)...]))
  }

  private func source(_ text: String) throws -> MixRequest.Source {
    let (name, directory) = try pair(text, "source", "NAME=DIR, for example real=data/real")
    guard
      name.unicodeScalars.allSatisfy(isOfName),
      !name.hasPrefix(".")
    else {
      throw ValidationError(
        "'\(name.escapingControlCharacters)' is no name for a source: letters, digits, '_', '-' and '.' only.")
    }
    return .init(name: name, directory: directory)
  }

  private func share(_ text: String) throws -> (String, Double) {
    let (name, value) = try pair(text, "--ratio", "name=share,name=share")
    guard let number = Double(value), number.isFinite else {
      throw ValidationError("--ratio: '\(value.escapingControlCharacters)' is no number.")
    }
    return (name, number)
  }

  private func size() throws -> (Double, MixRequest.Unit)? {
    var given: [(Double, MixRequest.Unit)] = []
    if let episodes { given.append((Double(episodes), .episodes)) }
    if let frames { given.append((Double(frames), .frames)) }
    if let seconds { given.append((seconds, .seconds)) }
    guard given.count <= 1 else {
      throw ValidationError("Give the size once: --episodes, --frames or --seconds.")
    }
    return given.first
  }

  /// "NAME:expression" is for one source: outside of quotes expressions have no colon.
  private func condition(_ text: String) -> MixRequest.Setting {
    guard let colon = text.firstIndex(of: ":"), colon > text.startIndex,
      text[..<colon].unicodeScalars.allSatisfy(isOfName)
    else { return .init(source: nil, value: text) }
    return .init(source: String(text[..<colon]), value: String(text[text.index(after: colon)...]))
  }

  private func isOfName(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_-.".unicodeScalars.contains(scalar)
  }

  private func renaming(_ text: String) throws -> (String?, String, String) {
    var (old, new) = try pair(text, "--rename", "[name:]old=new")
    var name: String?
    if let colon = old.firstIndex(of: ":") {
      name = String(old[..<colon])
      old = String(old[old.index(after: colon)...])
      if name?.isEmpty ?? true || old.isEmpty {
        throw ValidationError("--rename \(text.escapingControlCharacters) is not [name:]old=new.")
      }
    }
    return (name, old, new)
  }
}
