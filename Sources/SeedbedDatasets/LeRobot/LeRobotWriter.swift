public import SeedbedEpisodes

/// `DatasetPacker` under its former name, for a folder that begins empty.
public struct LeRobotWriter: ~Copyable {
  private var packer: DatasetPacker?

  public init(
    directory: String, schema: FeatureSchema, axes: [String], limits: FileLimits = .init()
  ) throws(DatasetError) {
    packer = try DatasetPacker(directory: directory, continuing: nil, schema: schema, axes: axes, limits: limits)
  }

  public mutating func append(_ episode: Episode) throws(DatasetError) { try packer?.append(episode) }

  public mutating func finish() throws(DatasetError) { if let done = packer.take() { try done.finish() } }
}

extension SidecarWriter {
  /// Does nothing: the packer stores the instance.
  public mutating func append(_ episode: Episode) throws(DatasetError) {}

  public mutating func finish() throws(DatasetError) { try writeStore() }
}
