"""Keyed randomness: what one axis does is nobody else's business."""

import re

import pyarrow.parquet as pq
import pytest
from conftest import ROOT, seedbed

EPISODES = 12


def draws(folder):
    table = pq.read_table(folder / "meta/episodes/chunk-000/file-000.parquet")
    return {n: table[n].to_pylist() for n in table.column_names if n.startswith("draw.")}


def grow(out, scene, *options):
    seedbed("generate", scene, "--state-only", "--episodes", EPISODES, "--seed", 5, "--out", out, *options)
    return draws(out)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return grow(tmp_path_factory.mktemp("draws") / "plain", "Scenes/pick-place.yaml")


@pytest.mark.parametrize("axis", ["objects.object.mass=0.1", "expert.speed=1", "lighting.ambient=0.3"])
def test_an_axis_switched_off_changes_no_other(plain, tmp_path, axis):
    without = grow(tmp_path / "off", "Scenes/pick-place.yaml", "--set", axis)
    gone = "draw." + axis.split("=")[0].replace(".", "/")
    assert gone in plain and len(set(plain[gone])) == EPISODES
    assert gone not in without
    assert without == {name: values for name, values in plain.items() if name != gone}


@pytest.mark.parametrize("before", ["  - name: bin\n", "  - name: object\n"])
def test_another_distractor_changes_no_other(plain, tmp_path, before):
    text = (ROOT / "Scenes/pick-place.yaml").read_text()
    added = (
        "  - name: newcomer\n    shape: {box: [0.03, {uniform: [0.03, 0.05]}, 0.04]}\n    mass: {uniform: [0.1, 0.2]}\n"
        "    pose: {on: table, xy: [{uniform: [0.7, 0.9]}, {uniform: [0.25, 0.5]}], yaw: {uniform: [-3, 3]}}\n"
    )
    assert len(re.findall(re.escape(before), text)) == 1
    (tmp_path / "Scenes").mkdir()
    (tmp_path / "Robots").symlink_to(ROOT / "Robots")
    (tmp_path / "Scenes/more.yaml").write_text(text.replace(before, added + before))
    more = grow(tmp_path / "more", tmp_path / "Scenes/more.yaml")
    assert {n: v for n, v in more.items() if "newcomer" not in n} == plain
    assert "draw.objects/newcomer/mass" in more
