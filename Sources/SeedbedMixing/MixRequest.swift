/// What a mix is to be made of, as the user asks for it.
public struct MixRequest: Sendable {
  /// What shares and sizes are counted in.
  public enum Unit: String, Sendable, CaseIterable {
    case episodes, frames, seconds
  }

  /// A dataset under the name that the user gave it.
  public struct Source: Sendable, Equatable {
    public var name: String
    public var directory: String

    public init(name: String, directory: String) {
      self.name = name
      self.directory = directory
    }
  }

  /// A value for one source, or for all where `source` is nil.
  public struct Setting: Sendable, Equatable {
    public var source: String?
    public var value: String

    public init(source: String?, value: String) {
      self.source = source
      self.value = value
    }
  }

  /// Which features a mix has where sources differ in them.
  public enum Features: String, Sendable, CaseIterable {
    /// Those that all sources have.
    case common
    /// Those that any source has; the others' frames are filled.
    case all
  }

  /// How numbers are taken from frames at another rate. Flags, whole numbers, texts and pictures are always the nearest.
  public enum Resampling: String, Sendable, CaseIterable {
    case nearest, linear
  }

  public var sources: [Source]
  /// Of each source's name; empty: all that there is.
  public var ratio: [(name: String, share: Double)] = []
  public var unit = Unit.episodes
  /// How much the whole is, and counted in what; nil: as much as the ratio allows.
  public var size: (amount: Double, unit: Unit)?
  public var seed: UInt64 = 0
  public var out: String
  /// May episodes stand in the mix several times?
  public var repeats = false
  public var conditions: [Setting] = []
  /// The source whose rate, picture sizes, codecs and names the mix takes; nil: the first.
  public var model: String?
  public var features: Features?
  /// Values of features that a source lacks, by the feature's name.
  public var fills: [(feature: String, value: String)] = []
  /// Features that are left out.
  public var dropped: [String] = []
  /// "old=new".
  public var renames: [(source: String?, old: String, new: String)] = []
  /// The source whose names of dimensions count, by the feature's name.
  public var names: [(feature: String, source: String)] = []
  public var robotType: String?
  public var framesPerSecond: Int?
  public var resampling = Resampling.linear
  public var origins: [Setting] = []
  /// Every frame says where it is from.
  public var tagsFrames = false
  /// Writes an episode list with weights instead of a dataset.
  public var isVirtual = false
  /// May files of sources be links that lead out of them?
  public var followsLinks = false
  /// Waits until the disk has everything.
  public var isSynchronized = false

  public init(sources: [Source], out: String) {
    self.sources = sources
    self.out = out
  }

  func origin(of source: String) -> String? {
    (origins.last { $0.source == source } ?? origins.last { $0.source == nil })?.value
  }
}
