/// The numbers in the run of a dataset's episodes: all from the first on, without those that were left out.
func keptNumbers(first: Int, count: Int, without skipped: [Int]) -> [Int] {
  let skipped = Set(skipped)
  var numbers: [Int] = []
  numbers.reserveCapacity(count)
  var next = first
  while numbers.count < count {
    if !skipped.contains(next) { numbers.append(next) }
    next += 1
  }
  return numbers
}
