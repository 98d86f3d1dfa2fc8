import SeedbedEpisodes

/// The dataset's README.md, made from its content alone.
struct DatasetCard {
  var summary: DatasetSummary
  var tasks: [String]
  /// Lines of the log of skipped episodes.
  var skipped: Int

  private var schema: FeatureSchema { summary.schema }

  var text: String {
    [header, contents, outcomes, filled, features, cameras, axes, loading, limits].filter { !$0.isEmpty }
      .joined(separator: "\n\n") + "\n"
  }

  private var header: String {
    """
    ---
    task_categories:
    - robotics
    tags:
    - LeRobot
    - simulation
    - seedbed
    configs:
    - config_name: default
      data_files: data/*/*.parquet
    ---

    # Simulated episodes of \(markdown(schema.robotType))

    **All of this is simulated.** No real robot moved. Every episode says so in the column `origin` of `meta/episodes`.
    """
  }

  private var contents: String {
    let seconds = Double(summary.frames) / Double(schema.framesPerSecond)
    let lengths =
      summary.shortest == summary.longest
      ? "\(summary.longest) frames each" : "\(summary.shortest) to \(summary.longest) frames each"
    var lines = [
      "| | |", "| --- | --- |",
      "| format | LeRobot v3.0 |",
      "| robot | \(markdown(schema.robotType)) |",
      "| episodes | \(summary.episodes), \(lengths) |",
      "| frames | \(summary.frames) at \(schema.framesPerSecond) per second (\(fixed(seconds, 1)) s) |",
      "| made by | \(summary.generators.map(markdown).joined(separator: ", ")) |",
      "| seed | \(listed(summary.seeds.map(String.init))) |",
      "| scene (SHA-256) | \(listed(summary.scenes.map { "`\($0)`" })) |",
    ]
    if skipped > 0 {
      lines.append("| not kept | \(skipped) episodes of the run, with their reasons in `meta/seedbed/skipped.jsonl` |")
    }
    lines += ["", "Tasks:", ""] + tasks.prefix(20).map { "- " + markdown($0) }
    if tasks.count > 20 { lines.append("- and \(tasks.count - 20) more in `meta/tasks.parquet`") }
    return lines.joined(separator: "\n")
  }

  private var outcomes: String {
    let failures = summary.episodes - summary.successes
    var lines = [
      "## Outcomes", "",
      "\(summary.successes) of \(summary.episodes) episodes (\(percent(summary.successes))) succeed. Failed ones are "
        + "kept, with their cause (`failure.cause`), the first failing frame (`failure.frame`) and the acceptance gates "
        + "that they failed (`gates.failed`, \"none\" without one) in `meta/episodes`.",
    ]
    if failures > 0 {
      lines += ["", "| cause | episodes | share |", "| --- | ---: | ---: |"]
      lines += summary.causes.sorted { $0.key < $1.key }.map { cause, count in
        "| \(markdown(cause)) | \(count) | \(percent(count)) |"
      }
    }
    return lines.joined(separator: "\n")
  }

  /// What a reader must not take for simulated.
  private var filled: String {
    guard let declaration = schema.declaration else { return "" }
    let dimensions = schema.features.flatMap { feature in
      feature.dimensions.enumerated().filter(\.element.isFilled).map { i, dimension in
        "| `\(feature.name)` | \(i) | \(markdown(dimension.name)) | \(markdown(dimension.convention)) |"
      }
    }
    let cameras = schema.cameras.filter(\.isFilled).map { "| `\($0.key)` | | | black in every frame |" }
    var lines = [
      "## Form", "",
      "Names, shapes, units, rate and coding are those of a real dataset, so that LeRobot merges both. What feeds each number "
        + "stands below, and in the mapping of `meta/seedbed/run.json`.",
    ]
    if let missing = declaration.missingCameras, !missing.isEmpty {
      lines += [
        "",
        "**LeRobot will not merge both:** the real dataset's pictures are left out here ("
          + missing.map { "`\($0)`" }.joined(separator: ", ") + ").",
      ]
    }
    if !(dimensions + cameras).isEmpty {
      lines += [
        "", "### Filled, not simulated", "",
        "The simulated robot has nothing that would give these:", "",
        "| feature | # | name | value |", "| --- | ---: | --- | --- |",
      ]
      lines += dimensions + cameras
    }
    return lines.joined(separator: "\n")
  }

  private var features: String {
    var lines = ["## Features", "", "The same stands in `meta/seedbed/features.json`, for programs."]
    for feature in schema.features {
      lines += [
        "", "### `\(feature.name)`", "", "\(feature.dataType.rawValue)[\(feature.width)]. \(markdown(feature.summary))",
        "",
        "| # | name | unit | frame | convention |", "| ---: | --- | --- | --- | --- |",
      ]
      lines += feature.dimensions.enumerated().map { i, dimension in
        "| \(i) | `\(dimension.name)` | \(markdown(dimension.unit)) | \(markdown(dimension.frame)) | "
          + "\(markdown(dimension.convention))\(dimension.limits?.text ?? "") |"
      }
    }
    lines += [
      "", "### Standard features of LeRobot", "",
      "| name | type | what it is |", "| --- | --- | --- |",
      "| `timestamp` | float32 | seconds since the episode's first frame: frame_index / \(schema.framesPerSecond) |",
      "| `frame_index` | int64 | counts from 0 in every episode |",
      "| `episode_index` | int64 | counts from 0 over the dataset |",
      "| `index` | int64 | counts the frames from 0 over the dataset |",
      "| `task_index` | int64 | row of `meta/tasks.parquet` |",
    ]
    return lines.joined(separator: "\n")
  }

  private var cameras: String {
    if schema.cameras.isEmpty { return "## Pictures\n\nRecorded without pictures." }
    return
      (["## Pictures", "", "| feature | width | height | camera |", "| --- | ---: | ---: | --- |"]
      + schema.cameras.map { "| `\($0.key)` | \($0.width) | \($0.height) | \(markdown($0.summary)) |" })
      .joined(separator: "\n")
  }

  private var axes: String {
    let drawn = summary.axes.filter { $0.count > 0 }
    if drawn.isEmpty { return "## Randomisation\n\nNothing was drawn at random." }
    return
      ([
        "## Randomisation", "",
        "Each draw is a column `draw.<axis>` of `meta/episodes`; null where an episode did not draw it.", "",
        "| axis | episodes | smallest | largest |", "| --- | ---: | ---: | ---: |",
      ] + drawn.map { "| `\($0.path)` | \($0.count) | \(significant($0.minimum)) | \(significant($0.maximum)) |" })
      .joined(separator: "\n")
  }

  private var loading: String {
    """
    ## Loading

    ```python
    from lerobot.datasets.lerobot_dataset import LeRobotDataset
    dataset = LeRobotDataset("local/name", root="path/of/this/folder")
    good = LeRobotDataset("local/name", root="path/of/this/folder",
                          episodes=[e["episode_index"] for e in dataset.meta.episodes if e["success"]])
    ```

    `meta/seedbed/` holds the scene, the robot, all assets by content hash and each episode's instance, origin and hashes
    of its numbers and pictures: with Seedbed, `seedbed reproduce THIS_FOLDER --episode 0` grows an episode again from nothing
    else, and `seedbed verify THIS_FOLDER` checks that all come out the same, byte for byte.
    """
  }

  private var limits: String {
    """
    ## What is not modelled

    - Bodies are rigid: nothing bends, tears, flows or is soft; contacts are Coulomb friction at a few points per pair.
    - Motors follow their commands within their limits; joint friction, backlash and delay are those of the robot's
      description and of each episode's instance; nothing gets warm or wears.
    - Readings of joints and forces are those of the simulation, without sensor noise unless the scene's `sensors` say so.
    - Pictures are rasterised with direct light and shadows: no reflections between surfaces, no lens distortion, no motion
      blur, no rolling shutter.
    - Features under `privileged.` are known to a simulator only. No real robot measures them: train no policy on them.
    """
  }

  private func percent(_ count: Int) -> String {
    fixed(100 * Double(count) / Double(max(1, summary.episodes)), 1) + " %"
  }

  private func listed(_ items: [String]) -> String {
    items.prefix(3).joined(separator: ", ") + (items.count > 3 ? " and \(items.count - 3) more" : "")
  }
}

extension Limits {
  fileprivate var text: String {
    switch (lower, upper) {
    case (let lower?, let upper?): "; limits \(lower) to \(upper)"
    case (let lower?, nil): "; at least \(lower)"
    case (nil, let upper?): "; at most \(upper)"
    case (nil, nil): ""
    }
  }
}

/// Rounded to some decimals.
private func fixed(_ value: Double, _ digits: Int) -> String {
  let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
  let units = Int((value * Double(scale)).rounded())
  let fraction = String(units.magnitude % UInt(scale))
  let zeros = String(repeating: "0", count: max(0, digits - fraction.count))
  return (units < 0 ? "-" : "") + "\(units.magnitude / UInt(scale))" + (digits > 0 ? "." + zeros + fraction : "")
}

/// Four decimals where they say enough, else all digits.
private func significant(_ value: Double) -> String {
  value != 0 && !(0.01..<1e9).contains(value.magnitude) ? "\(value)" : fixed(value, 4)
}

/// Text that a table cell or paragraph shows as it is.
private func markdown(_ text: String) -> String {
  var result = ""
  for character in text {
    if "\\`*_|<>[]".contains(character) { result.append("\\") }
    result.append(character == "\n" ? " " : character)
  }
  return result
}
