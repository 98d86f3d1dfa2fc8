import Diagnostics
public import SeedbedDatasets

/// Mixes datasets into one, by an exact ratio: the same request and sources, the same bytes. Sources are only read; the result is
/// made beside its place and takes it when it is whole.
///
/// Memory holds one episode and the sources' lists of episodes.
///
/// - Parameter progress: Gets the episodes done and all of them; what it throws ends the work, and nothing is left of it.
/// - Throws: `InputError` with all that is wrong with request and sources, `DatasetError` for what shows only while copying.
public func mix(
  _ request: MixRequest, progress: (_ done: Int, _ all: Int) throws(DatasetError) -> Void = { _, _ in }
) throws -> MixReport {
  var problems = MixProblems()
  request.check(&problems)
  var sources: [MixSource] = []
  for (place, source) in request.sources.enumerated() {
    do throws(DatasetError) {
      sources.append(try MixSource(source, place: place, &problems))
    } catch {
      // What the metadata lack was said before.
      if !problems.diagnostics.contains(where: { $0.location.file.hasPrefix(source.directory) }) {
        problems.add(
          error.path, error.reason.hasSuffix(".") ? error.reason : error.reason + ".",
          "Give the folder of a LeRobot dataset.")
      }
    }
  }
  try problems.check()
  let notes = try EpisodeFilter(request: request).apply(&sources, &problems)
  try problems.check()
  var reconciler = Reconciler(request, sources)
  for text in notes { reconciler.note(text) }
  if request.isVirtual {
    return try VirtualMix(request: request, sources: sources, filtering: notes).write()
  }
  let schema = try reconciler.schema()
  let choice = try MixChooser(request: request, sources: sources, rate: schema.framesPerSecond).choose()
  for (source, part) in zip(sources, choice.parts) {
    let cameras = schema.features.compactMap { plan in
      if case .camera(let camera) = plan.recipes[source.place] { camera } else { nil }
    }
    SourceCheck(
      source: source, chosen: part.episodes.filter { $0.repetition == 0 }.map(\.episode), cameras: cameras,
      followsLinks: request.followsLinks
    ).run(&problems)
  }
  try problems.check()
  do {
    return try MixRun(request: request, sources: sources, schema: schema, choice: choice).run(progress)
  } catch {
    guard error.kind == .invalid, error.episode != nil else { throw error }
    for (source, part) in zip(sources, choice.parts) {
      SourceDefects(source: source, schema: schema, chosen: part.episodes.map(\.episode)).find(&problems)
    }
    try problems.check()
    throw error
  }
}
