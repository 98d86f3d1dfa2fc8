extension Evaluator {
  func arithmetic(_ sign: Token.Sign, _ a: [Double], _ b: [Double]) -> Vector {
    let result: [Double] =
      switch sign {
      case .plus: zip(a, b).map { $0 + $1 }
      case .minus: zip(a, b).map { $0 - $1 }
      case .times: zip(a, b).map { $0 * $1 }
      default: zip(a, b).map { $0 / $1 }
      }
    return .numbers(result, present: nil)
  }

  /// The entry of each row's list; null behind its end.
  func element(_ list: Vector, _ place: Int) -> Vector {
    guard case .lists(let entries, let counts, _) = list else { return .nulls(count) }
    var places: [Int?] = []
    places.reserveCapacity(counts.count)
    var at = 0
    for length in counts {
      places.append(place < length ? at + place : nil)
      at += length
    }
    return entries.picking(places)
  }

  func apply(_ function: Node.Function, _ inner: Vector) -> Vector {
    switch function {
    case .abs: return .numbers(inner.doubles.map(Swift.abs), present: nil)
    case .lower:
      guard case .texts(let v, let present) = inner else { return .nulls(count) }
      return .texts(v.map { Array(String(decoding: $0, as: UTF8.self).lowercased().utf8) }, present: present)
    case .len:
      if case .lists(_, let counts, let present) = inner {
        return .integers(counts.map(Int64.init), present: present)
      }
      guard case .texts(let v, let present) = inner else { return .nulls(count) }
      return .integers(v.map { Int64(String(decoding: $0, as: UTF8.self).unicodeScalars.count) }, present: present)
    case .min: return reduced(inner) { $0.min() }
    case .max: return reduced(inner) { $0.max() }
    case .mean: return reduced(inner) { $0.isEmpty ? nil : $0.reduce(0, +) / Double($0.count) }
    }
  }

  private func reduced(_ list: Vector, _ reduce: ([Double]) -> Double?) -> Vector {
    guard case .lists(let entries, let counts, _) = list else { return .nulls(count) }
    let numbers = entries.doubles
    var at = 0
    let result = counts.map { length -> Double in
      defer { at += length }
      return reduce(numbers[at..<at + length].filter { !$0.isNaN }) ?? .nan
    }
    return .numbers(result, present: nil)
  }

  func contains(_ whole: Vector, _ part: Vector) -> [Truth] {
    guard case .texts(let parts, let q) = part else { return .init(repeating: .unknown, count: count) }
    func found(_ text: [UInt8], _ i: Int) -> Truth {
      q?[i] == false ? .unknown : Truth(parts[i].isEmpty || text.firstRange(of: parts[i]) != nil)
    }
    switch whole {
    case .texts(let v, let p):
      return v.indices.map { p?[$0] == false ? .unknown : found(v[$0], $0) }
    case .lists(.texts(let v, let p), let counts, let present):
      var at = 0
      return counts.indices.map { row in
        defer { at += counts[row] }
        if present?[row] == false { return .unknown }
        return (at..<at + counts[row]).map { p?[$0] == false ? .no : found(v[$0], row) }.max() ?? .no
      }
    case .lists(_, let counts, let present): return counts.indices.map { present?[$0] == false ? .unknown : .no }
    default: return .init(repeating: .unknown, count: count)
    }
  }

  func isInside(_ value: Vector, _ list: Vector) -> [Truth] {
    guard case .lists(let entries, let counts, let present) = list else {
      return .init(repeating: .unknown, count: count)
    }
    func search(_ isEqual: (Int, Int) -> Bool) -> [Truth] {
      let nulls = value.nullMask
      var at = 0
      return counts.indices.map { row in
        defer { at += counts[row] }
        return nulls[row] == .yes || present?[row] == false
          ? .unknown : Truth((at..<at + counts[row]).contains { isEqual(row, $0) })
      }
    }
    if case .texts(let v, _) = value {
      guard case .texts(let e, let p) = entries else { return search { _, _ in false } }
      return search { v[$0] == e[$1] && p?[$1] != false }
    }
    let v = value.doubles, e = entries.doubles
    return search { v[$0] == e[$1] }
  }
}

extension Vector {
  /// The values at some places; null for nil.
  func picking(_ places: [Int?]) -> Vector {
    func mask(_ present: [Bool]?) -> [Bool]? {
      let mask = places.map { $0.map { present?[$0] ?? true } ?? false }
      return mask.allSatisfy { $0 } ? nil : mask
    }
    switch self {
    case .truths(let v): return .truths(places.map { $0.map { v[$0] } ?? .unknown })
    case .integers(let v, let p): return .integers(places.map { $0.map { v[$0] } ?? 0 }, present: mask(p))
    case .numbers(let v, let p): return .numbers(places.map { $0.map { v[$0] } ?? 0 }, present: mask(p))
    case .texts(let v, let p): return .texts(places.map { $0.map { v[$0] } ?? [] }, present: mask(p))
    case .lists(let entries, let counts, let present):
      var starts = [0]
      for count in counts { starts.append(starts[starts.count - 1] + count) }
      return .lists(
        entries.picking(places.flatMap { place in place.map { Array(starts[$0]..<starts[$0 + 1]) } ?? [] }),
        counts: places.map { $0.map { counts[$0] } ?? 0 }, present: mask(present))
    case .nulls: return .nulls(places.count)
    }
  }
}
