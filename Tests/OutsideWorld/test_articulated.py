"""Drawers and doors from URDF files: recorded, regrown, refused."""

import json

import numpy as np
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, seedbed

CABINET = (ROOT / "Scenes/assets/cabinet.urdf").read_text()
SCENE = (ROOT / "Scenes/drawer.yaml").read_text()


def scene(tmp_path, urdf=CABINET, text=SCENE):
    folder = tmp_path / "Scenes"
    (folder / "assets").mkdir(parents=True)
    (tmp_path / "Robots").symlink_to(ROOT / "Robots")
    (folder / "assets/cabinet.urdf").write_text(urdf)
    (folder / "drawer.yaml").write_text(text)
    return folder / "drawer.yaml"


def test_a_drawer_is_recorded_and_regrown(tmp_path):
    text = SCENE.replace("{position: {uniform: [0.15, 0.178]}, ", "{position: 0.17, velocity: -0.15, ")
    out = tmp_path / "out"
    seedbed("generate", scene(tmp_path, text=text), "--episodes", 2, "--seed", 3, "--state-only", "--out", out)
    features = json.loads((out / "meta/info.json").read_text())["features"]
    assert features["privileged.object_joint_positions"]["names"] == ["cabinet.slide.pos"]
    table = pq.read_table(next(out.glob("data/*/*.parquet")))
    position = np.array(table["privileged.object_joint_positions"].to_pylist()).ravel()
    velocity = np.array(table["privileged.object_joint_velocities"].to_pylist()).ravel()
    start = np.array(table["frame_index"]) == 0
    assert np.allclose(position[start], 0.17) and np.allclose(velocity[start], -0.15)
    assert (position <= 0.17 + 1e-6).all() and position[~start].max() < 0.17
    rows = pq.read_table(next(out.glob("meta/episodes/*/*.parquet"))).to_pylist()
    assert all(row["sim.lcp_messages"] >= 0 for row in rows)
    assert "draw.objects/cabinet/joints/slide/damping" in rows[0]
    seedbed("verify", out)
    seedbed("validate", out)


@pytest.mark.parametrize(
    "old, new, words",
    [
        ('type="prismatic"', 'type="planar"', ["cabinet.urdf:52:3", "planar"]),
        ('lower="0" upper="0.18"', 'lower="0.18" upper="0"', ["cabinet.urdf:57:5", "inverted"]),
        ('ixx="0.0075"', 'ixx="0.75"', ["cabinet.urdf:24:3", "drawer", "principal moment"]),
        ('ixx="0.0075"', 'ixx="nan"', ["cabinet.urdf:28:16", "nan"]),
        ('<mass value="0.9"/>', '<mass value="0"/>', ["cabinet.urdf:24:3", "density"]),
        ('radius="0.006" length="0.12"', 'radius="6e9" length="0.12"', ["12000000000", "size"]),
        ('name="slide"', 'name="slid"', ["drawer.yaml:21:7", "`slide`", "Did you mean `slid`"]),
    ],
)
@pytest.mark.parametrize("command", ["generate", "inspect"])
def test_a_bad_urdf_is_named(tmp_path, command, old, new, words):
    path = scene(tmp_path, CABINET.replace(old, new))
    arguments = ["--episodes", 1, "--out", tmp_path / "out"] if command == "generate" else []
    _, error = seedbed(command, path, *arguments, expect=65)
    for word in words:
        assert word in error
    assert not (tmp_path / "out").exists()
