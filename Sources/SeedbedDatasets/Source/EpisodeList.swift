/// Where each episode of a dataset stands: its length, its place in the tables, and in each camera's files.
///
/// Everything lies in flat arrays of numbers, some dozens of bytes an episode, so that a million episodes fit into memory.
public struct EpisodeList: Sendable {
  /// Where an episode's pictures of one camera are.
  public struct VideoPlace: Sendable, Equatable {
    var number: FileNumber
    /// Seconds from the beginning of the file; 0 in v2.1, where each episode has a file of its own.
    public var from: Double, to: Double
  }

  struct Camera: Sendable {
    var files: [Int32] = []
    var from: [Double] = []
    var to: [Double] = []
  }

  private(set) var lengths: [Int32] = []
  /// Of v3.0: the declared first and last frame in the dataset. Of v2.1: counted.
  private(set) var firstFrames: [Int] = []
  private(set) var endFrames: [Int] = []
  private var files: [Int32] = []
  private var fileNumbers: [FileNumber] = []
  private var filePlaces: [FileNumber: Int32] = [:]
  private(set) var cameras: [Camera]
  /// Few datasets have more sets of tasks than tasks.
  private var taskSets: [[String]] = []
  private var taskPlaces: [[String]: Int32] = [:]
  private var tasks: [Int32] = []

  init(cameras: Int) { self.cameras = .init(repeating: Camera(), count: cameras) }

  public var count: Int { lengths.count }
  /// Frames of all episodes by their lengths.
  public var frames: Int { lengths.reduce(0) { $0 + Int($1) } }

  /// Frames.
  public func length(_ k: Int) -> Int { Int(lengths[k]) }
  /// The instructions of its row.
  public func tasks(_ k: Int) -> [String] { taskSets[Int(tasks[k])] }
  func dataFile(_ k: Int) -> FileNumber { fileNumbers[Int(files[k])] }

  public func video(_ k: Int, camera: Int) -> VideoPlace {
    let places = cameras[camera]
    return VideoPlace(number: fileNumbers[Int(places.files[k])], from: places.from[k], to: places.to[k])
  }

  /// The files that episodes name as their table's, each with its episodes in order.
  func dataFiles() -> [FileNumber: [Int]] { grouped(files) }

  /// The files that episodes name as their pictures' of one camera, each with its episodes in order.
  func videoFiles(camera: Int) -> [FileNumber: [Int]] { grouped(cameras[camera].files) }

  private func grouped(_ places: [Int32]) -> [FileNumber: [Int]] {
    var groups = [[Int]](repeating: [], count: fileNumbers.count)
    for (k, place) in places.enumerated() { groups[Int(place)].append(k) }
    return Dictionary(
      uniqueKeysWithValues: zip(fileNumbers, groups).filter { !$0.1.isEmpty }.map { ($0.0, $0.1) })
  }

  struct Row {
    var length: Int
    var firstFrame: Int, endFrame: Int
    var tasks: [String]
    var dataFile: FileNumber
    var videos: [VideoPlace]
  }

  mutating func append(_ row: Row) {
    lengths.append(Int32(clamping: row.length))
    firstFrames.append(row.firstFrame)
    endFrames.append(row.endFrame)
    files.append(place(row.dataFile))
    for (camera, video) in row.videos.enumerated() where camera < cameras.count {
      cameras[camera].files.append(place(video.number))
      cameras[camera].from.append(video.from)
      cameras[camera].to.append(video.to)
    }
    if let known = taskPlaces[row.tasks] {
      tasks.append(known)
    } else {
      let new = Int32(taskSets.count)
      taskPlaces[row.tasks] = new
      taskSets.append(row.tasks)
      tasks.append(new)
    }
  }

  private mutating func place(_ number: FileNumber) -> Int32 {
    if let known = filePlaces[number] { return known }
    let new = Int32(fileNumbers.count)
    filePlaces[number] = new
    fileNumbers.append(number)
    return new
  }
}
