"""Bad input: one clear message, the right exit code, nothing written."""

import re
import shutil
import subprocess

import pytest
from conftest import PROGRAM, ROOT, seedbed

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


@pytest.mark.parametrize("override", ["a", "=1", "a..b=1"])
@pytest.mark.parametrize("command", [("generate",), ("preview",), ("reproduce", "--episode", 0)])
def test_an_override_without_a_value(tmp_path, command, override):
    _, error = seedbed(*command, "Scenes/pick-place.yaml", "--out", tmp_path / "out", "--set", override, expect=64)
    assert f"--set {override} is not path=value" in error and not (tmp_path / "out").exists()


def test_an_output_that_is_a_link_to_nothing(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    for command in [("generate", "--episodes", 1), ("reproduce", "--episode", 0)]:
        _, error = seedbed(*command, "Scenes/pick-place.yaml", "--state-only", "--out", tmp_path / "link", expect=73)
        assert "symbolic link to nothing" in error and not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("command", [("inspect",), ("verify",), ("reproduce", "--episode", 0)])
def test_a_folder_that_is_no_dataset(tmp_path, command):
    _, error = seedbed(*command, tmp_path, expect=65)
    assert error.startswith("error: ") and error.count(str(tmp_path)) == 1


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    out = tmp_path_factory.mktemp("small") / "dataset"
    seedbed("generate", "Scenes/pick-place.yaml", "--episodes", 1, "--state-only", "--out", out, "--workers", 1)
    return out


@pytest.mark.parametrize(
    "json, words",
    [
        ("{}", "it has no 'formatVersion'"),
        ("[]", "it is no JSON object"),
        ("{", "it is no JSON"),
        ('{"formatVersion": "1"}', "its 'formatVersion' is of the wrong kind"),
    ],
)
def test_a_damaged_record_of_the_run(small, tmp_path, json, words):
    folder = tmp_path / "dataset"
    shutil.copytree(small, folder)
    (folder / "meta/seedbed/run.json").write_text(json)
    for command in [("inspect",), ("reproduce", "--episode", 0)]:
        _, error = seedbed(*command, folder, expect=65)
        assert words in error and "DecodingError" not in error
    report, _ = seedbed("verify", folder, expect=65)
    assert words in report


def test_one_changed_bit_in_a_stored_mesh(small, tmp_path):
    folder = tmp_path / "dataset"
    shutil.copytree(small, folder)
    mesh = max((folder / "meta/seedbed/assets").iterdir(), key=lambda file: file.stat().st_size)
    damaged = bytearray(mesh.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    mesh.write_bytes(damaged)
    _, error = seedbed("reproduce", folder, "--episode", 0, expect=65)
    first, second = error.splitlines()
    assert first == f"error: {folder}: its stored scene cannot be used:"
    assert "was changed: the hash is wrong" in second and "There is no file" not in error and "\\u{" not in error


def test_a_standard_output_that_is_full(small):
    for arguments in [("inspect", small), ("inspect", "Robots/panda/panda.urdf"), ("reproduce", small, "--episode", "0")]:
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, *arguments], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 73 and done.stderr.startswith("error: cannot write to standard output"), arguments


def test_a_standard_output_that_is_closed(tmp_path):
    picture = tmp_path / "sheet.png"
    preview = f"{PROGRAM} preview Scenes/pick-place.yaml --count 1 --out {picture} >&-"
    done = subprocess.run(["sh", "-c", preview], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 73 and "standard output" in done.stderr
    assert picture.read_bytes().endswith(b"IEND\xaeB`\x82"), "printed into the picture"


def test_a_mesh_that_is_too_large(tmp_path):
    shutil.copytree(ROOT / "Robots/panda", tmp_path / "panda")
    (tmp_path / "panda/meshes/link5.obj").write_text("v 0 0 0\nv 1e38 0 0\nv 0 1e38 0\nv 0 0 1e38\nf 1 2 3\nf 1 2 4\n")
    robot = tmp_path / "panda/panda.urdf"
    _, error = seedbed(
        "generate", "Scenes/pick-place.yaml", "--robot", robot, "--out", tmp_path / "out", "--episodes", 1, expect=65
    )
    assert re.match(rf"{re.escape(str(robot))}:\d+:\d+: error: The mesh {re.escape(str(tmp_path))}\S+ .*has a size of", error)
    assert not (tmp_path / "out").exists()


def test_what_is_said_of_robots(tmp_path):
    text, _ = seedbed("inspect", "Robots/panda/panda.urdf")
    assert "drive, as Robots/panda/panda.robot.yaml says: panda" in text and "home -2.2000 rad" in text
    assert seedbed("inspect", "Robots/panda/panda.robot.yaml")[0] == text
    shutil.copytree(ROOT / "Robots/panda", tmp_path / "panda")
    profile = tmp_path / "panda/panda.robot.yaml"
    profile.write_text("seedbed-robot: 1\narm: {joints: [panda_joint9]}\n")
    _, error = seedbed("inspect", profile, expect=65)
    assert error.startswith(f"{profile}:2:")
    profile.unlink()
    text, _ = seedbed("inspect", tmp_path / "panda/panda.urdf")
    assert "drive, inferred" in text and "tool centre point: on link panda_hand, at (0.0000, 0.0000, 0.1024) m" in text
    arm = tmp_path / "arm.urdf"
    arm.write_text("<robot name='r'><link name='a'/></robot>")
    text, _ = seedbed("inspect", arm)
    assert "drive: cannot be inferred" in text and "no parallel gripper" in text
    profile.write_text("seedbed-robot: 1\n")
    (tmp_path / "panda/panda.urdf").unlink()
    _, error = seedbed("inspect", profile, expect=65)
    assert "there is no" in error and "panda.urdf" in error


def test_dynamics_are_a_choice_of_two(tmp_path):
    """An unknown word is refused with the nearest one; both known ones run, to different numbers."""
    options = ["--episodes", 1, "--seed", 1, "--state-only"]
    _, error = seedbed(
        "generate", "Scenes/pick-place.yaml", "--set", "robot.dynamics=hybrd", *options, "--out", tmp_path / "no", expect=65
    )
    assert "dynamics are `hybrd`" in error and "Did you mean `hybrid`?" in error
    tables = []
    for word in ("hybrid", "full"):
        out = tmp_path / word
        seedbed("generate", "Scenes/pick-place.yaml", "--set", f"robot.dynamics={word}", *options, "--out", out)
        tables.append((out / "data/chunk-000/file-000.parquet").read_bytes())
    assert tables[0] != tables[1]


@pytest.mark.parametrize("command", [("export", "--to", "robomimic"), ("export", "--to", "lerobot-v2.1"), ("mix",)])
@pytest.mark.parametrize("lost", ["table", "path"])
def test_a_table_that_is_not_there(command, lost, tmp_path):
    """The dataset is at fault, not the disk that could not be written: exit 65, and nothing is left."""
    whole = tmp_path / "whole"
    shutil.copytree(ROOT / "Tests/Fixtures/lerobot/v30", whole)
    if lost == "table":
        next(whole.glob("data/*/*.parquet")).unlink()
    else:
        info = whole / "meta/info.json"
        info.write_text(info.read_text().replace("data/chunk-", "nothing/chunk-"))
    named = f"a={whole}" if command[0] == "mix" else whole
    _, error = seedbed(command[0], named, *command[1:], "--out", tmp_path / "out", expect=65)
    assert "No such file" in error and ".parquet" in error and not (tmp_path / "out").exists()
