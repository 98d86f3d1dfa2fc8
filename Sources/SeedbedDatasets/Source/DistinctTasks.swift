/// The different instructions of an episode in the order in which they come, and for each frame the place of its own among
/// them; nil where all frames have the same.
///
/// - Parameter texts: One a frame.
package func distinctTasks(_ texts: [String]) -> (tasks: [String], taskOfFrame: [Int]?) {
  var tasks: [String] = [], numbers: [String: Int] = [:]
  let places = texts.map { text in
    if let place = numbers[text] { return place }
    numbers[text] = tasks.count
    tasks.append(text)
    return tasks.count - 1
  }
  return (tasks, tasks.count > 1 ? places : nil)
}
