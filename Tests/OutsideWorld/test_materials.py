"""Materials from the scene file to the stored episode."""

import json

import pyarrow.parquet as pq
from conftest import ROOT, seedbed

SCENE = ROOT / "Scenes/pick-place.yaml"
MATERIALS = [
    "--set", "robot.material={finger: rubber}",
    "--set", "objects.table.material=wood",
    "--set", "materials=[{pair: [rubber, wood], friction: {uniform: [0.7, 1.1]}, kineticFriction: 0.6}]",
]  # fmt: skip


def test_pairs_are_drawn_and_stored(tmp_path):
    out = tmp_path / "dataset"
    seedbed("generate", SCENE, "--episodes", 3, "--seed", 4, "--state-only", "--out", out, "--workers", 1, *MATERIALS)
    rows = pq.read_table(next((out / "meta/episodes").rglob("*.parquet"))).to_pylist()
    lines = [json.loads(line) for path in (out / "meta/seedbed/instances").rglob("*.jsonl") for line in path.open()]
    assert len(rows) == len(lines) == 3
    drawn = [row["draw.materials/rubber+wood/friction"] for row in rows]
    assert len(set(drawn)) == 3 and all(0.7 <= friction <= 1.1 for friction in drawn)
    for row, instance in zip(rows, lines):
        pair = next(p for p in instance["materialPairs"] if (p["first"], p["second"]) == ("rubber", "wood"))
        assert pair["friction"] == row["draw.materials/rubber+wood/friction"] and pair["kineticFriction"] == 0.6
        assert instance["robot"]["fingerMaterial"]["name"] == "rubber"


def test_an_unknown_material_is_refused(tmp_path):
    _, errors = seedbed(
        "generate", SCENE, "--episodes", 1, "--out", tmp_path / "out", "--set", "objects.table.material=wodo", expect=65
    )
    assert "There is no material `wodo`. Did you mean `wood`?" in errors
