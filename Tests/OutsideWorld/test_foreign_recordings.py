"""Recordings of other programs: nothing swapped, lost or left out in silence, and what is wrong is said with its place."""

import json
import shutil
import signal
import subprocess
import time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from conftest import PROGRAM, ROOT, seedbed
from foreign_recordings import (
    PICTURE, TEXT, coded, group, image, joints, picture, tensor, write_demos, write_mcap, write_rlds,
)

h5py = pytest.importorskip("h5py")
av = pytest.importorskip("av")
FIXTURES = ROOT / "Tests/Fixtures/lerobot"
START = 1_700_000_000_000_000_000
NAMES = ["j1", "j2", "grip"]


def table(dataset):
    return pq.read_table(next((dataset / "data").rglob("*.parquet")))


def column(dataset, name):
    return np.stack(table(dataset)[name].to_numpy(zero_copy_only=False))


def lerobot(source, out, *options, expect=0):
    return seedbed("export", source, "--to", "lerobot-v3.0", "--out", out, *options, expect=expect)


def times_shown(dataset, name):
    """The times that a camera's pictures show (see `picture`)."""
    path = next((dataset / "videos" / name).rglob("*.mp4"))
    with av.open(str(path)) as container:
        rows = [f.to_ndarray(format="gray")[24] for f in container.decode(video=0)]
    return [round((np.flatnonzero(row > 125).mean() - 3.5) / 2) for row in rows]


def test_mcap_joints_by_name(tmp_path):
    """ROS 2 lets each message have its own order of joints, and some of them alone."""
    pytest.importorskip("mcap")
    messages = []
    for k in range(30):
        t = START + k * 33_333_333
        numbers = dict(zip(NAMES, (k, 1000 + k, 2000 + k)))
        order = NAMES if k < 10 else NAMES[::-1]
        messages += [("/joint_states", joints(t, order, [numbers[n] for n in order])), ("/action", joints(t, NAMES, [k] * 3))]
        messages += [("/hand", joints(t, ["thumb"], [k])), ("/hand", joints(t + 9, ["finger"], [-k]))]
    write_mcap(tmp_path / "a.mcap", messages)
    out, _ = lerobot(tmp_path / "a.mcap", tmp_path / "a", "--fps", 30)
    state, hand = column(tmp_path / "a", "observation.joint_states"), column(tmp_path / "a", "observation.hand")
    # Thirty messages at the rate are thirty frames, though their times are rounded down.
    assert np.array_equal(state, [[k, 1000 + k, 2000 + k] for k in range(30)])
    assert np.array_equal(hand, [[k, -k] for k in range(30)]) and "note: '/hand': some messages" in out
    info = json.loads((tmp_path / "a/meta/info.json").read_text())
    assert info["features"]["observation.hand"]["names"] == ["thumb", "finger"]

    (tmp_path / "two").mkdir()
    shutil.copy(tmp_path / "a.mcap", tmp_path / "two/a_0.mcap")
    write_mcap(tmp_path / "two/a_1.mcap", messages + [("/hand", joints(messages[-1][1][1] + 50, ["ring"], [1]))])
    _, error = lerobot(tmp_path / "two", tmp_path / "b", "--fps", 30, expect=65)
    assert "a_1.mcap: episode 1" in error and "'ring'" in error
    write_mcap(tmp_path / "two/a_1.mcap", [m for m in messages if b"finger" not in m[1][2]])
    _, error = lerobot(tmp_path / "two", tmp_path / "b", "--fps", 30, expect=65)
    assert "no message of '/hand' has [\"finger\"]" in error


def test_mcap_order_of_time(tmp_path):
    """MCAP does not promise that messages stand in the order of their times."""
    pytest.importorskip("mcap")
    messages = [("/joint_states", joints(START + k * 10**7, NAMES, [k] * 3)) for k in range(60)]
    messages += [("/action", joints(START + k * 10**7, NAMES, [-k] * 3)) for k in range(60)]
    messages += [("/cam/compressed", image(START + k * 4 * 10**7, picture(k))) for k in range(15)]
    write_mcap(tmp_path / "sorted.mcap", sorted(messages, key=lambda m: m[1][1]))
    np.random.default_rng(1).shuffle(order := list(range(len(messages))))
    write_mcap(tmp_path / "shuffled.mcap", [messages[i] for i in order])
    lerobot(tmp_path / "sorted.mcap", tmp_path / "a", "--task", "t")
    out, _ = lerobot(tmp_path / "shuffled.mcap", tmp_path / "b", "--task", "t")
    assert out.count("do not stand in the order of their times") == 3
    assert np.array_equal(column(tmp_path / "b", "observation.state")[:, 0], np.arange(15) * 4)
    assert table(tmp_path / "a") == table(tmp_path / "b")
    assert times_shown(tmp_path / "b", "observation.images.cam") == list(range(15))


def test_without_action(tmp_path):
    pytest.importorskip("mcap")
    write_mcap(tmp_path / "a.mcap", [("/cam", image(START + k * 10**8, picture(k))) for k in range(4)])
    out, _ = lerobot(tmp_path / "a.mcap", tmp_path / "a")
    assert "warning: there is no 'action'" in out
    _, error = lerobot(tmp_path / "a.mcap", tmp_path / "b", "--strict", expect=65)
    assert "no 'action'" in error


def rlds_episode(length, k, **changes):
    return {
        "action/turn": np.full(length, k, np.float32), "observation/state": np.arange(3.0 * length),
        "observation/small": np.arange(length), "observation/whole": -np.arange(2 * length),
        "observation/half": np.arange(2.0 * length) / 8, "observation/front": [coded(picture(t)) for t in range(length)],
        "language_instruction": [b"lift"] * length, **changes,
    }


STEP = {
    "action": group({"turn": tensor("float32")}), "language_instruction": TEXT,
    "observation": group({
        "state": tensor("float32", 3), "small": tensor("uint8"), "whole": tensor("int32", 2), "half": tensor("float16", 2),
        "front": PICTURE,
    }),
}


def test_rlds(tmp_path):
    write_rlds(tmp_path / "r", STEP, {"val": [rlds_episode(5, 9)], "train": [rlds_episode(6, 0), rlds_episode(4, 1)]})
    out, _ = lerobot(tmp_path / "r", tmp_path / "a", "--fps", 10)
    assert "splits: train 2, val 1" in out and "--action action.turn" in out
    meta = pq.read_table(next((tmp_path / "a/meta/episodes").rglob("*.parquet")))
    assert meta["split"].to_pylist() == ["train", "train", "val"] and meta["length"].to_pylist() == [6, 4, 5]
    out, _ = lerobot(tmp_path / "r", tmp_path / "b", "--fps", 10, "--split", "val", "--action", "action.turn")
    assert np.array_equal(column(tmp_path / "b", "action"), [9] * 5)
    _, error = lerobot(tmp_path / "r", tmp_path / "c", "--fps", 10, "--split", "test", expect=65)
    assert "it has train, val" in error

    bad = rlds_episode(4, 1)
    bad["observation/front"][3] = bad["observation/front"][3][:60]
    write_rlds(tmp_path / "s", STEP, {"train": [rlds_episode(6, 0), bad]})
    _, error = lerobot(tmp_path / "s", tmp_path / "c", "--fps", 10, expect=65)
    assert "/s/x-train.tfrecord-00000-of-00001: episode 1: picture 3 of camera 'front'" in error
    nan = rlds_episode(4, 1, **{"observation/state": np.full(12, np.nan)})
    write_rlds(tmp_path / "t", STEP, {"train": [rlds_episode(6, 0), nan]})
    _, error = lerobot(tmp_path / "t", tmp_path / "c", "--fps", 10, expect=65)
    assert "/t/x-train.tfrecord-00000-of-00001: episode 1: 'observation.state'" in error and "unfinished" not in error


@pytest.mark.parametrize("form", ["lerobot-v3.0", "lerobot-v2.1", "robomimic", "aloha", "rlds", "mcap"])
def test_types_survive(form, tmp_path):
    """Integers of 8 and 32 bits and floats of 16 stay what they are, through every format and back."""
    write_rlds(tmp_path / "r", STEP, {"train": [rlds_episode(6, 0)]})
    lerobot(tmp_path / "r", tmp_path / "a", "--fps", 10, "--action", "action.turn", "--state", "observation.state")
    types = {"observation.small": pa.uint8(), "observation.whole": pa.int32(), "observation.half": pa.float16()}
    whole = tmp_path / ("b.hdf5" if form == "robomimic" else "b")
    out, _ = seedbed("export", tmp_path / "a", "--to", form, "--out", whole)
    if form in ("robomimic", "aloha", "mcap"):
        assert "note: 'observation.half' of type float16 is stored as" in out
    lerobot(whole, tmp_path / "c")
    for dataset in (tmp_path / "a", tmp_path / "c"):
        for name, kind in types.items():
            stored = table(dataset)[name].type
            assert (stored.value_type if pa.types.is_list(stored) else stored) == kind
            assert column(dataset, name).tolist() == column(tmp_path / "a", name).tolist()
        seedbed("validate", dataset)
    assert column(tmp_path / "c", "observation.whole").tolist() == (-np.arange(12)).reshape(6, 2).tolist()
    assert column(tmp_path / "c", "observation.half")[5].tolist() == [1.25, 1.375]


def test_structure_of_demos(tmp_path):
    """All that is wrong with the demos is said at once; a list of the sound ones is a way around it."""
    with h5py.File(tmp_path / "a.hdf5", "w") as file:
        data = write_demos(file, [4, 5, 6, 7, 8])
        data["demo_1"].attrs["num_samples"] = 99
        del data["demo_2/obs/front_image"]
        del data["demo_3/obs/state"]
        data["demo_3/obs/state"] = np.zeros((5, 3))
        data["demo_4/obs/extra"] = np.zeros((8, 2))
        data["demo_0"].attrs["ep_meta"] = json.dumps({"lang": "lift the cube"})
        file["mask/sound"] = np.array([b"demo_0", b"demo_4", b"demo_77"])
    _, error = lerobot(tmp_path / "a.hdf5", tmp_path / "a", expect=65)
    lines = error.splitlines()
    assert lines[0].endswith("3 things are wrong with its episodes; nothing was written")
    for demo, line in zip(("demo_1", "demo_2", "demo_3"), lines[1:]):
        assert demo in line
    assert "--split" in lines[4] and not (tmp_path / "a").exists()
    out, _ = lerobot(tmp_path / "a.hdf5", tmp_path / "a", "--split", "sound")
    assert "mask 'sound' names 1 demos that the file does not have: demo_77" in out
    assert "left out: 'obs/extra': 1 of 2 episodes have it, the first does not" in out
    assert column(tmp_path / "a", "action")[:, 0].tolist() == [0] * 4 + [4] * 8
    tasks = pq.read_table(next((tmp_path / "a/meta/episodes").rglob("*.parquet")))["tasks"].to_pylist()
    assert tasks == [["lift the cube"], ["Lift"]]
    with h5py.File(tmp_path / "a.hdf5", "r+") as file:
        file["data/demo_4/actions"][3, 1] = np.nan
    _, error = lerobot(tmp_path / "a.hdf5", tmp_path / "b", "--split", "sound", expect=65)
    assert "a.hdf5 (demo_4): episode 1: 'action' is not a finite number in frame 3, dimension 1" in error


def test_aloha_rows_of_bytes(tmp_path):
    """Pictures as rows of as many bytes as each takes; a broken one is said with its place."""
    (tmp_path / "a").mkdir()
    with h5py.File(tmp_path / "a/episode_0.hdf5", "w") as file:
        file["action"], file["observations/qpos"] = np.zeros((6, 14)), np.zeros((6, 14))
        rows = file.create_dataset("observations/images/cam_high", (6,), h5py.vlen_dtype(np.uint8))
        for t in range(6):
            rows[t] = np.frombuffer(coded(picture(t)), np.uint8)
    lerobot(tmp_path / "a", tmp_path / "b")
    assert times_shown(tmp_path / "b", "observation.images.cam_high") == list(range(6))
    with h5py.File(tmp_path / "a/episode_0.hdf5", "r+") as file:
        file["observations/images/cam_high"][4] = np.frombuffer(coded(picture(4))[:200], np.uint8)
    _, error = lerobot(tmp_path / "a", tmp_path / "c", expect=65)
    assert "episode_0.hdf5: episode 0: picture 4 of camera 'cam_high'" in error


def test_every_problem_has_its_line(tmp_path):
    with h5py.File(tmp_path / "a.hdf5", "w") as file:
        write_demos(file, [4])["demo_0"].create_dataset("obs/wrist_image", (4, 8, 8, 3), np.uint8)
    _, error = lerobot(tmp_path / "a.hdf5", tmp_path / "a", "--camera", "zzz=q", "--camera", "front=wrist", expect=65)
    assert len(error.splitlines()) == 2 and "u{a}" not in error
    _, error = seedbed("export", tmp_path / "a.hdf5", "--to", "aloha", "--out", tmp_path / "a", "--strict", expect=65)
    assert len(error.splitlines()) > 2 and "u{a}" not in error


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_export_leaves_nothing(number, tmp_path):
    source = tmp_path / "episode_0.hdf5"
    with h5py.File(source, "w") as file:
        file["action"], file["observations/qpos"] = np.zeros((4000, 14)), np.zeros((4000, 14))
        one = np.frombuffer(coded(picture(0, 240, 320)), np.uint8)
        file["observations/images/cam_high"] = np.broadcast_to(one, (4000, len(one)))
    run = subprocess.Popen([PROGRAM, "export", source, "--to", "lerobot-v3.0", "--out", tmp_path / "out"])
    until = time.monotonic() + 30
    while not (tmp_path / ".out.unfinished").exists() and time.monotonic() < until:
        time.sleep(0.01)
    run.send_signal(number)
    assert run.wait(timeout=30) == 128 + number
    assert [p.name for p in tmp_path.iterdir()] == [source.name]


def distances(k):
    return ((np.arange(48 * 64) * 3 + 5 * k) % 4096).astype(np.uint16).reshape(48, 64)


def write_distances(path, frames, keyframes):
    options = "lossless=1:bframes=2:b-adapt=0:open-gop=0:keyint=9999:log-level=none"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx265", rate=30, options={"x265-params": options, "forced-idr": "1"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "gray12le"
        for k in frames:
            frame = av.VideoFrame.from_ndarray(distances(k), format="gray12le")
            frame.pict_type = av.video.frame.PictureType.I if k in keyframes else av.video.frame.PictureType.NONE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with av.open(str(path)) as container:
        shown = [p.pts for p in container.demux(video=0) if p.pts is not None]
    assert shown != sorted(shown)


def test_distances_through_mcap(tmp_path):
    """Distances as LeRobot codes them, shown in another order than decoded: the very packets come back."""
    shutil.copytree(FIXTURES / "v30", tmp_path / "a")
    info = json.loads((tmp_path / "a/meta/info.json").read_text())
    name = "observation.images.wrist"
    info["features"][name]["shape"] = [48, 64, 1]
    info["features"][name]["info"] |= {
        "video.codec": "hevc", "video.pix_fmt": "gray12le", "video.channels": 1, "is_depth_map": True,
    }
    (tmp_path / "a/meta/info.json").write_text(json.dumps(info))
    path = next((tmp_path / "a/meta/episodes").rglob("*.parquet"))
    episodes = pq.read_table(path)
    for column in [c for c in episodes.column_names if c.startswith(f"stats/{name}/") and not c.endswith("count")]:
        ones = [[[[0.0 if column.endswith("/std") else 0.5]]]] * len(episodes)
        episodes = episodes.set_column(
            episodes.column_names.index(column), column, pa.array(ones, pa.list_(pa.list_(pa.list_(pa.float64())))))
    pq.write_table(episodes, path)
    firsts = np.cumsum([0] + episodes["length"].to_pylist()).tolist()
    files = sorted((tmp_path / "a/videos" / name).rglob("*.mp4"))
    for file, frames in zip(files, (range(0, firsts[3]), range(firsts[3], firsts[5]))):
        write_distances(file, frames, firsts)
    seedbed("export", tmp_path / "a", "--to", "mcap", "--out", tmp_path / "b")
    lerobot(tmp_path / "b", tmp_path / "c")
    seedbed("validate", tmp_path / "c")
    shown = []
    for file in sorted((tmp_path / "c/videos" / name).rglob("*.mp4")):
        with av.open(str(file)) as container:
            shown += [f.to_ndarray() for f in container.decode(video=0)]
    assert np.array_equal(shown, [distances(k) for k in range(info["total_frames"])])
