"""Action spaces, read back by pyarrow and numpy alone: each says the same command, and its own controller proves it."""

import json
import subprocess

import numpy as np
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, seedbed

SCENE = "Scenes/pick-place.yaml"
DATA = "data/chunk-000/file-000.parquet"
BESIDE = [
    "joint_position", "joint_delta", "joint_velocity.openness", "ee_pose", "ee_pose_6d.closedness", "ee_delta_base",
    "joint_position.force", "ee_delta_tool.force",
]


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    out = tmp_path_factory.mktemp("actions") / "dataset"
    seedbed(
        "generate", SCENE, "--state-only", "--episodes", 8, "--seed", 11, "--out", out, "--action-space", "ee_delta_tool",
        "--also-action", ",".join(BESIDE))
    return out


def episodes(dataset):
    table = pq.read_table(dataset / DATA)
    which = table["episode_index"].to_numpy()
    names = [n for n in table.column_names if n == "action" or n.startswith("command.")]
    for k in np.unique(which):
        yield {n: np.stack(table[n].to_numpy()[which == k]).astype(float) for n in [*names, "observation.ee_pose"]}


def rotation(q):
    w, x, y, z = np.moveaxis(q / np.linalg.norm(q, axis=-1, keepdims=True), -1, 0)
    return np.stack([
        1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y), 2 * (x * y + w * z), 1 - 2 * (x * x + z * z),
        2 * (y * z - w * x), 2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)], -1).reshape(*w.shape, 3, 3)


def exponential(v):
    angle = np.linalg.norm(v)
    if angle < 1e-12:
        return np.eye(3)
    a = v / angle
    k = np.array([[0, -a[2], a[1]], [a[2], 0, -a[0]], [-a[1], a[0], 0]])
    return np.eye(3) + np.sin(angle) * k + (1 - np.cos(angle)) * k @ k


def test_only_action_is_a_policys_action(grown):
    info = json.loads((grown / "meta/info.json").read_text())["features"]
    assert [n for n in info if n.startswith("action")] == ["action"]
    assert [n for n in info if n.startswith("command.")] == ["command." + n for n in BESIDE]
    assert info["action"]["shape"] == [7] and info["command.ee_pose_6d.closedness"]["shape"] == [10]


def test_every_number_has_a_contract(grown):
    features = {f["name"]: f for f in json.loads((grown / "meta/seedbed/features.json").read_text())["features"]}
    readme = (grown / "README.md").read_text()
    for name in ["action", *("command." + n for n in BESIDE)]:
        assert all(d["name"] and d["unit"] and d["frame"] and d["convention"] for d in features[name]["dimensions"])
        assert f"### `{name}`" in readme
    joint = features["command.joint_position"]["dimensions"][3]
    assert joint["limits"][0] == pytest.approx(-3.0718) and joint["unit"] == "rad" and "absolute" in joint["convention"]
    assert features["command.ee_delta_tool.force"]["dimensions"][6]["unit"] == "N"
    assert "last commanded" in features["action"]["dimensions"][0]["convention"]


def test_all_spaces_say_the_same(grown):
    changes = 0
    for e in episodes(grown):
        joints, poses = e["command.joint_position"], e["command.ee_pose"]
        steps = np.cumsum(e["command.joint_delta"][:, :7], axis=0)
        assert np.abs(steps - steps[0] - joints[:, :7] + joints[0, :7]).max() < 1e-5
        speeds = e["command.joint_velocity.openness"][:, :7] / 30
        assert np.abs(speeds - e["command.joint_delta"][:, :7]).max() < 1e-5
        turns = rotation(poses[:, 3:7])
        columns = e["command.ee_pose_6d.closedness"]
        assert np.abs(columns[:, 3:9].reshape(-1, 2, 3).transpose(0, 2, 1) - turns[:, :, :2]).max() < 1e-5
        place, turn = poses[0, :3].copy(), turns[0].copy()
        other, otherturn = place.copy(), turn.copy()
        for k in range(1, len(poses)):
            tool, base = e["action"][k], e["command.ee_delta_base"][k]
            place, turn = place + turn @ tool[:3], turn @ exponential(tool[3:6])
            other, otherturn = other + base[:3], exponential(base[3:6]) @ otherturn
            for p, r in ((place, turn), (other, otherturn)):
                assert np.abs(p - poses[k, :3]).max() < 2e-5 and np.abs(r - turns[k]).max() < 2e-5
        seen = e["observation.ee_pose"]
        assert np.abs(seen[-1, :3] - poses[-1, :3]).max() < 5e-3
        # The hand points down, so that qw is about 0 and changes its sign: no quaternion leaps to its other one.
        changes += int((seen[1:, 3] * seen[:-1, 3] < 0).sum())
        for a, b in ((seen[1:], seen[:-1]), (poses[1:], poses[:-1]), (seen, poses)):
            assert (a[:, 3:7] * b[:, 3:7]).sum(axis=1).min() > 0.9
        assert np.allclose(e["command.joint_velocity.openness"][:, 7], 1 - columns[:, 9], atol=1e-6)
        assert np.allclose(e["command.joint_velocity.openness"][:, 7] * 0.08, joints[:, 7], atol=1e-6)
        force = e["command.ee_delta_tool.force"][:, 6]
        assert np.array_equal(force, e["command.joint_position.force"][:, 7]) and force.max() > 5 and force.min() < -0.5
    assert changes > 0


def test_each_controller_does_the_same_again(grown):
    out, _ = seedbed("replay", grown, "--action-space", "all")
    rows = [line.split() for line in out.splitlines()[1:-1]]
    assert [r[0] for r in rows] == ["ee_delta_tool", *BESIDE]
    assert all(r[1] == r[2] == "8" for r in rows)
    assert next(r for r in rows if r[0] == "joint_position")[-1] == "8"
    lines = [json.loads(line) for line in seedbed("replay", grown, "--episodes", "2,5-6", "--json")[0].splitlines()]
    assert [line["episode"] for line in lines] == [2, 5, 6] and all(line["same_outcome"] for line in lines)


def test_it_is_proved_and_regrown_like_any_other(grown, tmp_path):
    seedbed("verify", grown, "--episodes", 3)
    seedbed("reproduce", grown, "--episode", 5)
    one = tmp_path / "one"
    arguments = ["--state-only", "--seed", 11, "--action-space", "ee_delta_tool", "--also-action", ",".join(BESIDE)]
    seedbed("reproduce", SCENE, "--episode", 5, "--out", one, *arguments)
    whole, part = list(episodes(grown))[5], list(episodes(one))[0]
    assert all(np.array_equal(whole[n], part[n]) for n in whole)
    for k in range(2):
        seedbed("generate", SCENE, "--episodes", 8, "--shard", f"{k}/2", "--out", tmp_path / f"s{k}", *arguments)
    seedbed("merge", tmp_path / "s0", tmp_path / "s1", "--out", tmp_path / "whole")
    assert (tmp_path / "whole" / DATA).read_bytes() == (grown / DATA).read_bytes()


def test_another_choice_does_not_go_on(grown):
    arguments = ["generate", SCENE, "--state-only", "--episodes", 9, "--seed", 11, "--out", grown, "--resume"]
    _, text = seedbed(*arguments, "--action-space", "ee_delta_base", expect=65)
    assert "--action-space was ee_delta_tool, and now is ee_delta_base" in text
    _, text = seedbed(*arguments, expect=65)
    assert "--also-action was" in text and "not given" in text


@pytest.mark.parametrize("arguments, expected", [
    (["--action-space", "ee_delta"], "There are:"),
    (["--action-space", "joint_positon"], "Did you mean `joint_position`?"),
    (["--also-action", "joint_position"], "asked for twice"),
    (["--also-action", "ee_pose,ee_pose"], "asked for twice"),
    (["--action-space", "ee_pose.grip"], "a gripper is not commanded by"),
])
def test_what_cannot_be(arguments, expected, tmp_path):
    _, text = seedbed("generate", SCENE, "--state-only", "--out", tmp_path / "x", *arguments, expect=64)
    assert expected in text and not (tmp_path / "x").exists()


def test_what_is_not_recorded_cannot_be_replayed(dataset, grown):
    _, text = seedbed("replay", dataset, "--action-space", "ee_pose", expect=64)
    assert "It records joint_position" in text
    _, text = seedbed("replay", grown, "--episodes", "7-9", expect=64)
    assert "0...7" in text
    seedbed("replay", grown, "--episodes", "x", expect=64)
    out, _ = seedbed("replay", dataset)
    assert out.splitlines()[1].split()[:3] == ["joint_position", "4", "4"]


def test_the_choice_changes_no_other_number(grown, tmp_path):
    plain = tmp_path / "plain"
    seedbed("generate", SCENE, "--state-only", "--episodes", 8, "--seed", 11, "--out", plain)
    a, b = pq.read_table(plain / DATA), pq.read_table(grown / DATA)
    assert set(a.column_names) <= set(b.column_names)
    for name in a.column_names:
        assert a[name].equals(b["command.joint_position" if name == "action" else name])


def test_a_scene_may_choose(tmp_path):
    out = tmp_path / "out"
    seedbed(
        "generate", SCENE, "--state-only", "--episodes", 1, "--out", out, "--set",
        "actions={space: joint_delta, also: [ee_pose]}")
    info = json.loads((out / "meta/info.json").read_text())["features"]
    assert "command.ee_pose" in info and info["action"]["names"][0].endswith(".delta")


def test_failures_come_back_too(tmp_path):
    """Slippery fingers and heavy things: what slips, slips again."""
    out = tmp_path / "slips"
    seedbed(
        "generate", SCENE, "--state-only", "--episodes", 12, "--seed", 3, "--out", out, "--set", "robot.friction.finger=0.1",
        "--set", "expert.gripForce=6", "--set", "objects.object.mass={uniform: [0.1, 1.0]}", "--also-action", "ee_delta_base,joint_velocity")
    causes = {json.loads(line)["recorded"]["cause"] for line in seedbed("replay", out, "--json")[0].splitlines()}
    assert causes - {"none"}
    seedbed("replay", out, "--action-space", "all", "--least", "0.9")


def test_late_motors_with_play(tmp_path):
    """Actuators that are not ideal are drawn, recorded, and replayed to the last bit."""
    out = tmp_path / "late"
    seedbed(
        "generate", SCENE, "--state-only", "--episodes", 4, "--seed", 5, "--out", out, "--set",
        "robot.arm={delay: {uniform: [0, 0.03]}, backlash: {uniform: [0, 0.002]}, frictionScale: 2, friction: {uniform: [0, 1]}}",
        "--set", "robot.gripper={delay: 0.3}")
    rows = pq.read_table(out / "meta/episodes/chunk-000/file-000.parquet").to_pylist()
    assert all(r["success"] and 0 <= r["draw.robot/arm/delay"] <= 0.03 and r["draw.robot/arm/backlash"] > 0 for r in rows)
    seedbed("replay", out)
    seedbed("verify", out)
    done = subprocess.run(
        [str(ROOT / ".build/release/seedbed"), "generate", SCENE, "--out", str(tmp_path / "x"), "--set", "robot.arm={delay: -1}"],
        cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 65 and "from 0 to 1 s" in done.stderr
