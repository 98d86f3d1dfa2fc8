import SeedbedDatasets

/// The leaves of an RLDS dataset's features.json.
struct RLDSFeatures {
  enum Kind: Equatable {
    /// Numbers, with NumPy's name of their type.
    case tensor(String)
    /// A PNG or JPEG file.
    case image
    case text
  }

  struct Leaf {
    /// "observation/state".
    var path: String
    var kind: Kind
    /// Empty for a single value.
    var shape: [Int]
  }

  private(set) var steps: [Leaf] = []
  private(set) var metadata: [Leaf] = []
  private(set) var strange: [(path: String, reason: String)] = []

  /// - Throws: Where the document does not describe episodes of steps.
  init(_ json: JSONValue, path: String) throws(DatasetError) {
    guard let members = json["featuresDict"]?["features"], let steps = members["steps"],
      let step = steps["sequence"]?["feature"] ?? steps["dataset"]?["feature"]
    else { throw DatasetError(.unsupported, path: path, "it describes no episodes of steps (RLDS)") }
    self.steps = walk(step, "", depth: 0)
    if let metadata = members["episode_metadata"] { self.metadata = walk(metadata, "", depth: 0) }
    for member in members.members ?? [] where member.name != "steps" && member.name != "episode_metadata" {
      strange.append((member.name, "only 'steps' and 'episode_metadata' are read"))
    }
  }

  private mutating func walk(_ json: JSONValue, _ path: String, depth: Int) -> [Leaf] {
    if depth > 16 { return [] }
    if let members = json["featuresDict"]?["features"]?.members {
      var leaves: [Leaf] = []
      for member in members.sorted(by: { $0.name < $1.name }) {
        leaves += walk(member.value, path.isEmpty ? member.name : path + "/" + member.name, depth: depth + 1)
      }
      return leaves
    }
    func extents(_ entry: JSONValue?) -> [Int]? {
      let texts = entry?["shape"]?["dimensions"]?.array ?? []
      let numbers = texts.compactMap { $0.integer ?? $0.string.flatMap { Int($0) } }
      return numbers.count == texts.count && numbers.allSatisfy { (1...1 << 20).contains($0) } ? numbers : nil
    }
    if json["text"] != nil { return [Leaf(path: path, kind: .text, shape: [])] }
    if let image = json["image"] {
      // An unknown size shows in the first picture.
      return [Leaf(path: path, kind: .image, shape: extents(image) ?? [])]
    }
    guard let tensor = json["tensor"], let type = tensor["dtype"]?.string else {
      strange.append((path, "its feature class is not read"))
      return []
    }
    guard let shape = extents(tensor), shape.reduce(1, { $0 &* $1 }) <= 1 << 20 else {
      strange.append((path, "its shape is not fixed"))
      return []
    }
    if let encoding = tensor["encoding"]?.string, encoding.lowercased() != "none" {
      strange.append((path, "its encoding '\(encoding)' is not read"))
      return []
    }
    return [Leaf(path: path, kind: type == "string" ? .text : .tensor(type), shape: shape)]
  }
}
