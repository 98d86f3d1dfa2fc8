"""What LeRobot's own tools make of our datasets, where LeRobot 0.6 is installed (SEEDBED_LEROBOT_PYTHON; it needs Python 3.12)."""

import os
import pathlib
import subprocess

import pytest

from conftest import seedbed
from test_mix import LEROBOT, rows, valid

TOOLS = """
import os, sys, warnings, logging
warnings.simplefilter("ignore"); logging.disable(logging.WARNING)
from lerobot.datasets.lerobot_dataset import LeRobotDataset
from lerobot.datasets import dataset_tools as tools
source, out = sys.argv[1:]
whole = LeRobotDataset("local/whole", root=source)
tools.delete_episodes(whole, [1], out + "/deleted", "local/deleted")
tools.split_dataset(whole, {"a": [0, 1], "b": [2, 3]}, out + "/split")
parts = [LeRobotDataset("local/" + name, root=out + "/split/" + name) for name in "ab"]
deleted = LeRobotDataset("local/deleted", root=out + "/deleted")
tools.merge_datasets([*parts, deleted], "local/merged", out + "/merged")
"""


@pytest.mark.skipif(not LEROBOT.exists() or not os.environ.get("SEEDBED_FULL_CHECK"), reason="LeRobot is not asked for")
def test_retag_restores_all_tags_after_delete_split_and_merge(dataset, tmp_path):
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(tmp_path / "hf")}
    subprocess.run([str(LEROBOT), "-c", TOOLS, str(dataset), str(tmp_path)], check=True, env=environment, capture_output=True)
    grown = rows(dataset)
    kept = {"deleted": [0, 2, 3], "split/a": [0, 1], "split/b": [2, 3], "merged": [0, 1, 2, 3, 0, 2, 3]}
    for name, episodes in kept.items():
        root = pathlib.Path(tmp_path / name)
        assert "origin" not in rows(root)[0]
        out, _ = seedbed("retag", root, "--from", dataset)
        assert f"{len(episodes)} of {len(episodes)} episodes restored" in out
        columns = [c for c in grown[0] if c.startswith(("origin", "sim.", "success", "failure.", "gates.", "draw."))]
        found = rows(root)
        for row, k in zip(found, episodes, strict=True):
            assert {c: row.get(c) for c in columns} == {c: grown[k][c] for c in columns}
        valid(root)
