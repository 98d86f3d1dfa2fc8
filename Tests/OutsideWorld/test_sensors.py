"""Sensors of a scene as the dataset holds them, judged by pyarrow, numpy and LeRobot's own loader."""

import json
import os
import pathlib
import subprocess

import numpy as np
import pyarrow.parquet as pq
import pytest
from conftest import seedbed

LEROBOT = pathlib.Path(os.environ.get("SEEDBED_LEROBOT_PYTHON", "/opt/lr312/bin/python"))
SENSORS = """sensors=[state57,
 {name: wrist, wrench: {}, rate: 240},
 {name: wrist_noisy, wrench: {}, noise: {force: {uniform: [0.1, 0.2]}}, bias: {torque: 0.1}, delay: 0.02, dropout: 0.1},
 {name: joints, jointState: {}, rate: 120}, {name: tips, fingertipForce: {}},
 {name: skin, taxels: {rows: 6, columns: 3}, rate: 60}, {name: touch, contacts: {slots: 4}},
 {name: imu, imu: {mount: tcp}, rate: 240}, tcpTwist,
 {name: scan, lidar: {azimuth: {from: -3, to: 3, count: 24}, elevation: [-0.9, -0.5], pose: {xyz: [0.35, 0, 0.7]}}}]"""


def grown(out, dynamics):
    seedbed(
        "generate", "Scenes/pick-place.yaml", "--episodes", 2, "--seed", 31, "--state-only", "--out", out,
        "--set", SENSORS.replace("\n", ""), "--set", f"robot.dynamics={dynamics}",
    )  # fmt: skip
    return out


@pytest.fixture(scope="module")
def sensed(tmp_path_factory):
    return grown(tmp_path_factory.mktemp("sensed") / "dataset", "hybrid")


def columns(dataset, episode):
    t = pq.read_table(sorted(dataset.glob("data/**/*.parquet")))
    t = t.filter(np.asarray(t["episode_index"]) == episode)
    return {name: np.stack(t[name].to_numpy()) for name in t.column_names}


def test_shapes_and_documentation(sensed):
    info = json.loads((sensed / "meta/info.json").read_text())["features"]
    shapes = {k.split(".")[-1]: f["shape"] for k, f in info.items()}
    assert [shapes[k] for k in ("state57", "wrist", "joints", "skin", "touch", "imu", "scan", "tcp_twist")] == [
        [57], [48], [124], [72], [49], [48], [48], [6],
    ]  # fmt: skip
    assert "privileged.touch" in info and "observation.touch" not in info
    features = json.loads((sensed / "meta/seedbed/features.json").read_text())["features"]
    for feature in features:
        assert feature["summary"]
        for dimension in feature["dimensions"]:
            assert all(dimension[key] for key in ("name", "unit", "frame", "convention"))
        names = info[feature["name"]]["names"]
        assert names in (None, [d["name"] for d in feature["dimensions"]])


def test_streams_have_no_skew(sensed):
    for episode in range(2):
        c = columns(sensed, episode)
        state, joints = c["observation.state57"], c["observation.joints"]
        n = 31
        assert np.array_equal(joints[:, -n:][:, :21], state[:, :21])
        assert np.array_equal(c["observation.wrist"][:, -6:], state[:, 28:34])
        assert np.array_equal(c["observation.state"][:, :7], state[:, :7])
        assert np.array_equal(c["observation.effort"][:, :7], state[:, 14:21])
        assert np.array_equal(c["observation.ee_pose"], state[:, 34:41])
        assert np.array_equal(c["observation.tcp_twist"], state[:, 41:47])
        assert np.array_equal(c["observation.tips"], state[:, 49:55])
        # The command of a frame is what the frame before was told.
        assert np.allclose(c["action"][:-1, :7], state[1:, 21:28], atol=1e-6)
        # The middle sample of a block lies in time between the frames' own.
        before, middle, after = joints[:-1, -n:][:, :7], joints[1:, n : 2 * n][:, :7], joints[1:, -n:][:, :7]
        assert np.abs(middle - (before + after) / 2).max() < 5e-3 < np.abs(after - before).max()
        assert np.array_equal(joints[0][:n], joints[0][-n:])


@pytest.mark.parametrize("dynamics", ["hybrid", "full"])
def test_forces_are_those_of_the_scene(sensed, dynamics, tmp_path):
    if dynamics == "full":
        sensed = grown(tmp_path / "dataset", dynamics)
    for episode in range(2):
        c = columns(sensed, episode)
        state = c["observation.state57"]
        row = pq.read_table(sorted(sensed.glob("meta/episodes/**/*.parquet"))).to_pylist()[episode]
        mass = row["draw.objects/object/mass"]
        held = c["privileged.phase"] == 3
        # While it is carried about: hand and fingers (0.76 kg) and the object hang on the wrist.
        force = np.linalg.norm(state[held][:, 28:31], axis=1)
        assert abs(np.median(force) / (9.81 * (0.76 + mass)) - 1) < 0.02
        assert abs(np.linalg.norm(state[0, 28:31]) - 9.81 * 0.76) < 1e-3
        assert state[held][:, 55:].min() == 1 and state[:20, 55:].max() == 0
        # Of each pad the cells sum up to its share of the squeeze.
        skin = c["observation.skin"][held][:, 36:]
        for finger, normal in ((skin[:, :18], state[held][:, 50]), (skin[:, 18:], state[held][:, 53])):
            assert np.allclose(finger.sum(axis=1), np.abs(normal), rtol=0.02)
            assert finger.min() >= 0
        # At rest 1 g upwards, whatever way the sensor looks.
        assert abs(np.linalg.norm(c["observation.imu"][0][:3]) - 9.81) < 1e-5
        # The strongest contact is that of a finger and the object.
        touch = c["privileged.touch"][held]
        assert (touch[:, 0] >= 2).all() and (np.diff(touch[:, [12, 24]], axis=1) <= 1e-3).all()
        # Steep beams end on the table, whose top is at height 0, or on what stands on it; flat ones may miss it.
        steep, flat = np.split(c["observation.scan"], 2, axis=1)
        assert (steep > 0).mean() > 0.9 and steep.max() < 0.7 / np.sin(0.9) + 1e-4
        assert np.abs(steep - 0.7 / np.sin(0.9)).min() < 1e-6 and (flat == 0).any()


def test_errors_are_drawn_and_named(sensed):
    rows = pq.read_table(sorted(sensed.glob("meta/episodes/**/*.parquet"))).to_pylist()
    assert all(0.1 <= r["draw.sensors/wrist_noisy/noise/force"] <= 0.2 for r in rows)
    c = columns(sensed, 0)
    wrist = c["observation.wrist"].reshape(-1, 8, 6)[:, -1]
    # 0.02 s are 5 steps of 240 Hz: a delayed sample lies 3 samples into the block before.
    delayed = np.concatenate([wrist[:1], c["observation.wrist"].reshape(-1, 8, 6)[1:, 2]])
    difference = c["observation.wrist_noisy"] - delayed
    kept = np.abs(np.median(difference[:, 3:], axis=0) - 0.1)
    assert kept.max() < 1e-5


def test_it_proves_itself(sensed):
    seedbed("verify", sensed)
    seedbed("validate", sensed)


@pytest.mark.skipif(not LEROBOT.exists(), reason="LeRobot is not installed")
def test_lerobot_reads_the_streams(sensed):
    code = f"""
from lerobot.datasets.lerobot_dataset import LeRobotDataset
d = LeRobotDataset("local/sensed", root={str(sensed)!r})
item = d[50]
for name, width in (("observation.state57", 57), ("observation.wrist", 48), ("observation.joints", 124), ("privileged.touch", 49)):
    assert tuple(item[name].shape) == (width,), (name, item[name].shape)
    assert d.meta.stats[name]["mean"].shape == (width,)
assert item["observation.wrist"].reshape(8, 6).shape == (8, 6)
"""
    done = subprocess.run(
        [str(LEROBOT), "-c", code], capture_output=True, text=True, timeout=300, env={"HF_HUB_OFFLINE": "1", "HOME": "/tmp"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
