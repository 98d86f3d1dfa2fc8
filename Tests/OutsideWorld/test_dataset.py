"""A grown dataset, judged by pyarrow and PyAV alone."""

import glob
import json

import av
import numpy as np
import pyarrow.parquet as pq
import pytest


def table(dataset, pattern):
    return [pq.read_table(p) for p in sorted(glob.glob(str(dataset / pattern), recursive=True))]


def test_counts_agree(dataset):
    info = json.loads((dataset / "meta/info.json").read_text())
    rows = [r for t in table(dataset, "meta/episodes/**/*.parquet") for r in t.to_pylist()]
    data = table(dataset, "data/**/*.parquet")
    assert info["codebase_version"] == "v3.0"
    assert info["total_episodes"] == len(rows) == 4
    assert info["total_frames"] == sum(t.num_rows for t in data) == sum(r["length"] for r in rows)
    assert all(r["origin"] == "sim" for r in rows)
    assert all(r["success"] == (r["failure.cause"] == "none") for r in rows)
    assert all((r["failure.frame"] == -1) == r["success"] for r in rows)
    at = 0
    for row in rows:
        assert row["dataset_from_index"] == at
        at = row["dataset_to_index"]


def test_time_and_ends(dataset):
    for t in table(dataset, "data/**/*.parquet"):
        frames, stamps = t["frame_index"].to_numpy(), t["timestamp"].to_numpy()
        assert np.array_equal(stamps, (frames / 30).astype(np.float32))
        episode, done = t["episode_index"].to_numpy(), t["next.done"].to_numpy()
        last = np.append(np.diff(episode) != 0, True)
        assert np.array_equal(done.astype(bool), last)


def test_every_picture_has_its_time(dataset):
    info = json.loads((dataset / "meta/info.json").read_text())
    cameras = [k for k, f in info["features"].items() if f["dtype"] == "video"]
    assert cameras
    for key in cameras:
        n = 0
        for path in sorted(glob.glob(str(dataset / "videos" / key / "**/*.mp4"), recursive=True)):
            with av.open(path) as container:
                stream = container.streams.video[0]
                times = [float(f.pts * stream.time_base) for f in container.decode(stream)]
            assert np.allclose(times, np.arange(len(times)) / info["fps"], atol=1e-6)
            n += len(times)
        assert n == info["total_frames"]


def test_every_dimension_is_documented(dataset):
    info = json.loads((dataset / "meta/info.json").read_text())
    features = {f["name"]: f for f in json.loads((dataset / "meta/seedbed/features.json").read_text())["features"]}
    readme = (dataset / "README.md").read_text()
    for name, declared in info["features"].items():
        if declared["dtype"] == "video" or name in ("timestamp", "frame_index", "episode_index", "index", "task_index"):
            continue
        dimensions = features[name]["dimensions"]
        assert len(dimensions) == declared["shape"][0]
        assert all(d["name"] and d["unit"] and d["frame"] and d["convention"] for d in dimensions)
        assert name in readme


def test_actions_are_followed(dataset):
    """The arm goes where the action sends it: after a frame the joints are near the command."""
    for t in table(dataset, "data/**/*.parquet"):
        state = np.stack(t["observation.state"].to_numpy())
        action = np.stack(t["action"].to_numpy())
        episode = t["episode_index"].to_numpy()
        same = episode[1:] == episode[:-1]
        error = np.abs(state[1:, :7] - action[:-1, :7])[same]
        assert np.percentile(error, 99) < 0.02


@pytest.mark.parametrize("camera", ["front", "wrist"])
def test_pictures_are_pictures(dataset, camera):
    path = sorted(glob.glob(str(dataset / f"videos/observation.images.{camera}/**/*.mp4"), recursive=True))[0]
    with av.open(path) as container:
        frame = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert frame.shape == (256, 256, 3)
    assert frame.std() > 10 and 20 < frame.mean() < 235
