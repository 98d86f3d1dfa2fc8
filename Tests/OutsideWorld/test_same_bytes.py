"""The promise of same bytes, seen from outside."""

import os
import shutil
import subprocess

import pyarrow.parquet as pq
from conftest import ROOT, PROGRAM, seedbed

SCENE = "Scenes/pick-place.yaml"


def files(folder):
    return {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_workers_do_not_matter(dataset, tmp_path):
    seedbed("generate", SCENE, "--episodes", 4, "--seed", 20, "--out", tmp_path / "three", "--workers", 3)
    assert files(tmp_path / "three") == files(dataset)


def test_folder_locale_and_environment_do_not_matter(dataset, tmp_path):
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "de_DE.UTF-8", "HOME": "", "MALLOC_PERTURB_": "85"}
    shutil.copytree(ROOT / "Scenes", tmp_path / "a" / "Scenes")
    shutil.copytree(ROOT / "Robots", tmp_path / "a" / "Robots")
    seedbed(
        "generate", SCENE, "--episodes", 4, "--seed", 20, "--out", "out", "--workers", 2,
        cwd=tmp_path / "a", env=environment,
    )
    assert files(tmp_path / "a" / "out") == files(dataset)


def test_one_episode_alone(dataset, tmp_path):
    seedbed("reproduce", SCENE, "--seed", 20, "--episode", 2, "--out", tmp_path / "one")
    alone = pq.read_table(tmp_path / "one/data/chunk-000/file-000.parquet")
    run = pq.read_table(dataset / "data/chunk-000/file-000.parquet")
    rows = [i for i, e in enumerate(run["episode_index"].to_pylist()) if e == 2]
    for name in ("observation.state", "action", "observation.effort", "privileged.object_poses"):
        assert alone[name].to_pylist() == run[name].take(rows).to_pylist(), name


def test_the_dataset_alone_suffices(dataset, tmp_path):
    """A copy, elsewhere, with no scene and no robot around."""
    shutil.copytree(dataset, tmp_path / "copy")
    out, _ = seedbed("reproduce", "copy", "--episode", 1, cwd=tmp_path)
    assert "identical" in out
    out, _ = seedbed("verify", "copy", "--episodes", 2, cwd=tmp_path)
    assert "2 of 2 episodes identical" in out


def test_a_changed_action_is_named(dataset, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(dataset, copy)
    path = copy / "data/chunk-000/file-000.parquet"
    bytes_ = bytearray(path.read_bytes())
    group = pq.ParquetFile(path).metadata.row_group(1)
    column = next(group.column(i) for i in range(group.num_columns) if group.column(i).path_in_schema.startswith("action"))
    bytes_[column.data_page_offset + column.total_compressed_size * 2 // 3] ^= 1
    path.write_bytes(bytes_)
    out, error = subprocess_output("verify", copy)
    assert "episode 1" in out + error and "action" in out + error
    assert "3 of 4 episodes identical" in out


def subprocess_output(*arguments):
    done = subprocess.run([str(PROGRAM), *map(str, arguments)], capture_output=True, text=True, timeout=600)
    assert done.returncode == 65, (done.returncode, done.stdout, done.stderr)
    return done.stdout, done.stderr
