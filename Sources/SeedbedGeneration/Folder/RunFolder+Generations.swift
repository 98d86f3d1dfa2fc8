import CLinux
import Glibc

extension RunFolder {
  /// Makes `.seedbed`, and generation 0 for the store; nothing is shown yet.
  package func begin() throws(GenerationError) {
    try makeDirectory(work)
    try staging.create()
    removeStaleGenerations()
    try makeDirectory(generation(0))
  }

  /// Shows a generation that is complete and on the disk; removes all others.
  ///
  /// New links lead nowhere until the one step that shows all of it: were they made after it, whoever read the folder
  /// in between, or after a death there, would find `meta/info.json` without `data`.
  package func show(_ number: Int) throws(GenerationError) {
    for name in RunFolder.topNames where isThere(generation(number) + "/" + name) && !isThere(path + "/" + name) {
      guard symlink(".seedbed/current/" + name, path + "/" + name) == 0 else {
        throw systemError("cannot create the link \(path)/\(name)")
      }
    }
    try syncFolder(path)
    try turnLink(current, to: RunFolder.generationName(number))
    try syncFolder(work)
    removeStaleGenerations()
  }

  /// Removes what an interrupted packer left: every generation but the one that is shown.
  func removeStaleGenerations() {
    let shown = currentNumber
    for name in (try? directoryEntries(work)) ?? [] {
      if name.hasPrefix("generation-") && name != shown.map(RunFolder.generationName) {
        removeTree(work + "/" + name)
      } else if name.hasPrefix("current.") {
        unlink(work + "/" + name)
      }
    }
  }

  /// Ends the run: real folders take the places of the links, one exchange each, and `.seedbed` goes.
  ///
  /// The content behind every name is the same before and after, so the dataset is valid at every instant.
  /// `keepingWork`: leave journal and staged episodes for a resume.
  package func settle(keepingWork: Bool) throws(GenerationError) {
    guard let number = currentNumber else { return }
    let shown = generation(number)
    for name in RunFolder.topNames where isThere(shown + "/" + name) {
      let inside = shown + "/" + name, outside = path + "/" + name
      guard isLink(outside), !isLink(inside) else { continue }
      try exchange(inside, outside)
    }
    try syncFolder(path)
    if keepingWork {
      unlink(current)
      removeTree(shown)
    } else {
      removeTree(work)
    }
  }

  /// Takes a finished dataset, or a run that was killed at any instant, back into the state of a growing one: the
  /// shown generation holds everything, and all top names are links to it.
  package func adopt() throws(GenerationError) {
    try makeDirectory(work)
    try staging.create()
    // A copy of the run that followed all links has the shown generation a second time.
    if isThere(current), !isLink(current) { removeTree(current) }
    removeStaleGenerations()
    let names = RunFolder.topNames.filter { leads(path + "/" + $0) }
    guard names.contains(where: { !isLink(path + "/" + $0) }) else { return }
    let number = (currentNumber ?? -1) + 1
    let next = generation(number)
    try makeDirectory(next)
    for name in names { try linkTree(from: path + "/" + name, to: next + "/" + name) }
    try syncFolder(next)
    // The real folders are shown until each is exchanged; what stands behind is the same.
    try turnLink(current, to: RunFolder.generationName(number))
    for name in names where !isLink(path + "/" + name) {
      let spare = work + "/current." + name
      unlink(spare)
      guard symlink(".seedbed/current/" + name, spare) == 0 else {
        throw systemError("cannot create the link \(spare)")
      }
      try exchange(spare, path + "/" + name)
      removeTree(spare)
      unlink(spare)
    }
    try syncFolder(path)
    removeStaleGenerations()
  }
}

extension RunFolder {
  /// Takes over what somebody else put into `meta`, `data` or `videos` of the shown generation.
  static func carryForeign(from shown: String, to next: String) throws(GenerationError) {
    for folder in ["data", "meta", "videos"] where isThere(shown + "/" + folder) && isThere(next + "/" + folder) {
      for name in try directoryEntries(shown + "/" + folder) {
        let path = folder + "/" + name
        if !isThere(next + "/" + path) { try linkTree(from: shown + "/" + path, to: next + "/" + path, isTop: false) }
      }
    }
  }
}

/// Points a link elsewhere in one step.
private func turnLink(_ path: String, to target: String) throws(GenerationError) {
  let spare = path + ".\(getpid())"
  unlink(spare)
  guard symlink(target, spare) == 0 else { throw systemError("cannot create the link \(spare)") }
  guard rename(spare, path) == 0 else { throw systemError("cannot rename \(spare) to \(path)") }
}

/// Exchanges two names in one step; where the file system cannot, in two.
private func exchange(_ a: String, _ b: String) throws(GenerationError) {
  if renameat2(AT_FDCWD, a, AT_FDCWD, b, SEEDBED_RENAME_EXCHANGE) == 0 { return }
  guard errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP else {
    throw systemError("cannot exchange \(a) and \(b)")
  }
  let spare = a + ".exchange"
  guard rename(b, spare) == 0, rename(a, b) == 0, rename(spare, a) == 0 else {
    throw systemError("cannot exchange \(a) and \(b)")
  }
}

/// The same tree under another name, its files shared by hard links (copied where the file system has none). Links in it
/// that lead to no file stay links.
private func linkTree(from: String, to: String, isTop: Bool = true) throws(GenerationError) {
  var status = stat()
  let leads = stat(from, &status) == 0
  if !isTop, !leads || status.st_mode & S_IFMT == S_IFDIR, let goal = linkTarget(from) {
    guard symlink(goal, to) == 0 else { throw systemError("cannot create the link \(to)") }
    return
  }
  guard leads else { throw systemError("cannot read \(from)", kind: .input) }
  guard status.st_mode & S_IFMT == S_IFDIR else { return try shareFile(from, as: to) }
  try makeDirectory(to)
  for name in try directoryEntries(from) { try linkTree(from: from + "/" + name, to: to + "/" + name, isTop: false) }
  try syncFolder(to)
}

/// Gives a file a second name; where the file system has none, it is copied.
func shareFile(_ from: String, as to: String) throws(GenerationError) {
  if link(realPath(from), to) == 0 { return }
  try writeFile(to, try readFile(from), synced: true)
}

/// Whether a name leads to something; a link made for a generation that was never shown does not.
private func leads(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0
}

func isLink(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
}

/// The folder's entries are on the disk when this returns.
func syncFolder(_ path: String) throws(GenerationError) {
  let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { throw systemError("cannot open the folder \(path)") }
  defer { close(descriptor) }
  // Some file systems cannot sync folders; they have nothing to lose then.
  guard fsync(descriptor) == 0 || errno == EINVAL else { throw systemError("cannot sync the folder \(path)") }
}
