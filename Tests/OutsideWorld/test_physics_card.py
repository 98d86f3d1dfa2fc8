"""The physics card: what the command writes, and what travels in a dataset."""

import json
import resource

import pytest
from conftest import ROOT, seedbed
from PIL import Image

FILES = ["physics-card.json", "physics-card.md", "physics-card.png"]


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    out = tmp_path_factory.mktemp("card") / "card"
    text, _ = seedbed("physics-card", "--out", out)
    assert "FAIL" not in text and "not modelled" in text
    return out


def test_every_line_is_within_its_bound_by_its_own_numbers(card):
    assert sorted(path.name for path in card.iterdir()) == FILES
    document = json.loads((card / "physics-card.json").read_text())
    assert document["passed"] and len(document["not_modelled"]) >= 8
    for line in document["lines"]:
        measured, expected, bound = line["measured"], line["expected"], line["bound"]
        close = {
            "relative": lambda: abs(measured - expected) <= bound * abs(expected) + 1e-12,
            "absolute": lambda: abs(measured - expected) <= bound + 1e-12,
            "at_most": lambda: abs(measured) <= bound,
            "at_least": lambda: measured >= bound,
        }[line["bound_kind"]]()
        assert close and line["passed"], line
        assert line["formula"]


def test_what_issue_and_robotics_ask_for_is_there(card):
    names = " ".join(line["quantity"] for line in json.loads((card / "physics-card.json").read_text())["lines"])
    for word in "free fall|slide|stick|topple|pendulum period|pendulum energy|bounce|roll|held|shaken|grip force".split("|"):
        assert word in names
    for shape in ["box", "cylinder", "sphere", "hull"]:
        assert f"slip threshold of a {shape}" in names


def test_the_picture_is_one(card):
    with Image.open(card / "physics-card.png") as picture:
        assert picture.width > 1000 and picture.height > 1000
        assert len(picture.convert("RGB").getcolors(1 << 24)) > 5


def test_a_dataset_carries_it(card, dataset):
    for name in ["physics-card.json", "physics-card.png"]:
        assert (dataset / "meta/seedbed" / name).read_bytes() == (card / name).read_bytes()
    alone, carried = (folder.joinpath("physics-card.md").read_text() for folder in (card, dataset / "meta/seedbed"))
    heading, rest = alone[:16], alone[16:]
    assert heading == "# Physics card\n\n" and carried.startswith(heading) and carried.endswith(rest)
    remark = carried[len(heading) : -len(rest)]
    assert "not of this dataset's robot" in remark and "panda.urdf" in remark and "--scene DATASET" in remark


GROW = ["generate", "Scenes/pick-place.yaml", "--episodes", 1, "--seed", 4, "--state-only", "--workers", 1]


def test_the_heading_says_what_the_dataset_has(tmp_path):
    data = tmp_path / "data"
    seedbed(*GROW, "--set", "rates.physics=480", "--set", "robot.dynamics=full", "--out", data)
    text = (data / "meta/seedbed/physics-card.md").read_text()
    remark = text.split("\n\n")[1]
    assert "built-in arm (240 steps a second, hybrid arm)" in remark and "480 steps a second, full arm" in remark
    assert "Bodies, friction and slopes are measured at the card's rate" in remark
    text, _ = seedbed("physics-card", "--scene", data, "--json")
    assert "480 steps a second, full arm" in {line["setting"] for line in json.loads(text)["lines"]}


def test_the_cache_changes_no_byte(tmp_path, monkeypatch):
    def grow(name, cache):
        monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        seedbed(*GROW, "--out", tmp_path / name)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        files = {path.name: path.read_bytes() for path in (tmp_path / name).glob("meta/seedbed/physics-card.*")}
        return files, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    cache = tmp_path / "cache"
    first, measured = grow("a", cache)
    kept = list((cache / "seedbed").iterdir())
    assert len(kept) == 1 and len(first) == 3
    second, taken = grow("b", cache)
    assert second == first and taken < measured - 0.3
    damaged = bytearray(kept[0].read_bytes())
    damaged[len(damaged) // 2] ^= 1
    kept[0].write_bytes(damaged)
    assert grow("c", cache)[0] == first
    assert kept[0].read_bytes() != bytes(damaged)
    # Of an earlier build: left alone by nobody.
    (cache / "seedbed" / "physics-card-0").write_bytes(b"")
    kept[0].unlink()
    assert grow("d", cache)[0] == first
    assert [path.name for path in (cache / "seedbed").iterdir()] == [kept[0].name]
    assert grow("e", "/proc/nowhere")[0] == first


def test_with_another_robot():
    text, _ = seedbed("physics-card", "--robot", "Robots/panda/panda.urdf", "--json")
    document = json.loads(text)
    assert {line["bench"] for line in document["lines"]} == {"no robot", "Robots/panda/panda.urdf"}


def test_bad_input(tmp_path):
    seedbed("physics-card", "--robot", tmp_path / "none.urdf", expect=65)
    seedbed("physics-card", "--scene", tmp_path / "none.yaml", expect=65)
    scene = tmp_path / "scene.yaml"
    scene.write_text("seedbed: 1\nrobott: {}\n")
    _, errors = seedbed("physics-card", "--scene", scene, expect=65)
    assert "scene.yaml:2:1: error:" in errors
    (tmp_path / "file").write_text("")
    seedbed("physics-card", "--out", tmp_path / "file" / "card", expect=73)
    seedbed("physics-card", "--what", expect=64)
