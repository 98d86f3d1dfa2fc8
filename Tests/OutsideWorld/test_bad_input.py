"""Bad input: one clear message, the right exit code, nothing written."""

import re

import pytest
from conftest import ROOT, seedbed

SCENE = (ROOT / "Scenes/pick-place.yaml").read_text().replace("../Robots", str("Robots"))


def edited(tmp_path, text):
    folder = tmp_path / "scene"
    folder.mkdir()
    (folder / "Robots").symlink_to(ROOT / "Robots")
    (folder / "scene.yaml").write_text(text)
    return folder / "scene.yaml"


@pytest.mark.parametrize(
    "line, words",
    [
        ("nonsense: 1", ["nonsense", "scene.yaml:"]),
        ("gravity: heavy", ["gravity"]),
        ("rates: {physics: 100, control: 30}", ["100", "30"]),
        ("rates: {physics: 240, control: 0}", ["control"]),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, words):
    key = line.split(":")[0]
    kept = re.sub(rf"(?m)^{key}:.*\n(?:[ \t].*\n)*", "", SCENE)
    scene = edited(tmp_path, kept + "\n" + line + "\n")
    out = tmp_path / "out"
    _, error = seedbed("generate", scene, "--episodes", 1, "--out", out, expect=65)
    for word in words:
        assert word in error
    assert "error:" in error and not out.exists()


def test_a_missing_scene(tmp_path):
    _, error = seedbed("generate", tmp_path / "none.yaml", "--out", tmp_path / "out", expect=65)
    assert "none.yaml" in error and not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "robot, words",
    [
        ("<robot name='r'><link name='a'>", ["robot.urdf:1"]),
        ("<robot name='r'><link name='a'/><joint name='j' type='fixed'><parent link='a'/><child link='b'/></joint></robot>",
         ["b", "robot.urdf:1"]),
        ("<robot name='r'><link name='a'><inertial><mass value='nan'/>"
         "<inertia ixx='1' ixy='0' ixz='0' iyy='1' iyz='0' izz='1'/></inertial></link></robot>", ["nan", "robot.urdf:1"]),
    ],
)
def test_a_bad_robot(tmp_path, robot, words):
    (tmp_path / "robot.urdf").write_text(robot)
    _, error = seedbed(
        "generate", "Scenes/pick-place.yaml", "--robot", tmp_path / "robot.urdf", "--out", tmp_path / "out", expect=65
    )
    for word in words:
        assert word in error
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments", [("--episodes", 0), ("--workers", 0), ("--seed", -1), ("--episodes", "many"), ("--nonsense", 1)]
)
def test_flags_out_of_range(tmp_path, arguments):
    _, error = seedbed("generate", "Scenes/pick-place.yaml", "--out", tmp_path / "out", *arguments, expect=64)
    assert "rror" in error and not (tmp_path / "out").exists()


def test_an_output_that_is_not_empty(tmp_path):
    (tmp_path / "mine.txt").write_text("keep me")
    _, error = seedbed("generate", "Scenes/pick-place.yaml", "--episodes", 1, "--out", tmp_path, expect=73)
    assert "not empty" in error
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
    _, error = seedbed("generate", "Scenes/pick-place.yaml", "--out", tmp_path / "mine.txt", expect=73)
    assert (tmp_path / "mine.txt").read_text() == "keep me"
