"""`seedbed query`: pyarrow as judge of what it finds."""

import csv
import io
import json
import shutil

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import foreign_dataset
from conftest import seedbed

N = 500
CAUSES = ["none", "slipped", "dropped, \"badly\"", None]


@pytest.fixture(scope="session")
def big(tmp_path_factory):
    """Metadata of 500 episodes in two files, of which the second lacks a column and has another one empty."""
    root = tmp_path_factory.mktemp("query") / "big"
    random = np.random.default_rng(1)
    cause = [CAUSES[i] for i in random.integers(0, 4, N)]
    table = pa.table({
        "episode_index": np.arange(N),
        "tasks": [["pick"] if k % 3 else ["place", "pick up\nnow"] for k in range(N)],
        "length": random.integers(10, 300, N),
        "success": pa.array([None if c is None else c == "none" for c in cause]),
        "failure.cause": pa.array(cause, pa.string()),
        "draw.objects/cube/mass": pa.array([None if v < 0.1 else v for v in random.random(N)], pa.float64()),
        "draw.speed": random.random(N).astype(np.float32),
        "stats/action/max": [[float(k), float(N - k)] for k in range(N)],
        "sim.seed": pa.array([7] * N, pa.int64()),
        "odd `name": pa.array(["x"] * N),
        "nothing": pa.nulls(N),
    })
    folder = root / "meta/episodes/chunk-000"
    folder.mkdir(parents=True)
    pq.write_table(table.slice(0, 300), folder / "file-000.parquet", row_group_size=70)
    second = table.slice(300).drop_columns(["draw.speed"])
    at = second.column_names.index("sim.seed")
    pq.write_table(second.set_column(at, "sim.seed", pa.array([7.0] * 200)), folder / "file-001.parquet")
    info = {
        "codebase_version": "v3.0", "fps": 10, "features": {}, "total_episodes": N, "total_frames": 1, "total_tasks": 2,
        "chunks_size": 1000, "data_files_size_in_mb": 100, "video_files_size_in_mb": 200, "robot_type": None,
        "data_path": "data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet", "video_path": None,
        "splits": {"train": f"0:{N}"},
    }
    (root / "meta/info.json").write_text(json.dumps(info))
    return root, table.to_pylist()


def is_true(value):
    return value is True


CONDITIONS = {
    "success && failure.cause == none": lambda r: is_true(r["success"]),
    "!success": lambda r: r["success"] is False,
    "failure.cause in (slipped, 'dropped, \"badly\"') && length > 200":
        lambda r: r["failure.cause"] not in ("none", None) and r["length"] > 200,
    "failure.cause is null || draw.objects/cube/mass is null":
        lambda r: r["failure.cause"] is None or r["draw.objects/cube/mass"] is None,
    "!(draw.objects/cube/mass > 0.5)": lambda r: r["draw.objects/cube/mass"] is not None and r["draw.objects/cube/mass"] <= 0.5,
    "tasks contains 'now' and seconds >= 15": lambda r: len(r["tasks"]) == 2 and r["length"] >= 150,
    "task =~ '^pla' or episode_index < 10": lambda r: len(r["tasks"]) == 2 or r["episode_index"] < 10,
    "stats/action/max[1] - stats/action/max[0] > 100": lambda r: r["stats/action/max"][1] - r["stats/action/max"][0] > 100,
    "draw.speed > 0.5": lambda r: r["episode_index"] < 300 and r["draw.speed"] > 0.5,
    "sim.seed == 7 && `odd \\`name` == x && nothing is null": lambda r: True,
    "nothing == 3 || nothing == abc": lambda r: False,
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_conditions_hold_where_python_says(big, condition):
    root, rows = big
    wanted = [r["episode_index"] for r in rows if CONDITIONS[condition](r)]
    assert json.loads(seedbed("query", root, condition, "--episodes")[0]) == wanted
    assert int(seedbed("query", root, condition, "--count")[0]) == len(wanted)
    ranges = seedbed("query", root, condition, "--ranges")[0].strip()
    found = []
    for part in ranges.split(",") if ranges else []:
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    assert found == wanted


def test_csv_and_json_hold_the_values(big, tmp_path):
    root, rows = big
    select = "episode_index,failure.cause,draw.objects/cube/mass,success,tasks,length/10"
    out = tmp_path / "table.csv"
    seedbed("query", root, "--select", select, "--csv", "--out", out)
    table = list(csv.DictReader(io.StringIO(out.read_text(), newline="")))
    assert len(table) == N
    for row, line in zip(rows, table):
        assert line["failure.cause"] == (row["failure.cause"] or "")
        mass = row["draw.objects/cube/mass"]
        assert line["draw.objects/cube/mass"] == "" if mass is None else float(line["draw.objects/cube/mass"]) == mass
        assert json.loads(line["tasks"]) == row["tasks"] and float(line["length/10"]) == row["length"] / 10
    document = json.loads(seedbed("query", root, "length > 100", "--select", select, "--json")[0])
    assert document["dataset_episodes"] == N and document["matching"] == len(document["rows"])
    assert document["frames"] == sum(r["length"] for r in rows if r["length"] > 100)
    assert all(row["success"] is rows[row["episode_index"]]["success"] for row in document["rows"])
    assert list(tmp_path.iterdir()) == [out]


def test_order_limit_and_groups(big):
    root, rows = big
    found = json.loads(seedbed("query", root, "--sort", "-success,draw.objects/cube/mass", "--episodes", "--limit", 40)[0])
    def key(r):
        mass = r["draw.objects/cube/mass"]
        return r["success"] is None, not r["success"], mass is None, mass or 0, r["episode_index"]
    assert found == [r["episode_index"] for r in sorted(rows, key=key)][:40]
    groups = json.loads(
        seedbed("query", root, "--group-by", "failure.cause", "--select", "length,success", "--json")[0])["groups"]
    assert {g["failure.cause"] for g in groups} == set(CAUSES)
    for group in groups:
        members = [r for r in rows if r["failure.cause"] == group["failure.cause"]]
        assert group["episodes"] == len(members)
        assert group["mean(length)"] == pytest.approx(np.mean([r["length"] for r in members]))
        if group["failure.cause"] is None:
            assert group["mean(success)"] is None
        else:
            assert group["mean(success)"] == (group["failure.cause"] == "none")


def test_the_terminal_is_safe(big):
    text, _ = seedbed("query", big[0], "task == place", "--select", "tasks")
    assert "\\u{a}now" in text and "\x1b" not in text
    lines = text.splitlines()
    assert lines[-2] == "..." and "of 500 episodes" in lines[-1] and len(lines) == 53


def test_problems_are_told_at_once(big, tmp_path):
    root = big[0]
    _, error = seedbed(
        "query", root, "sucess && lenght > 3", "--sort", "failur.cause", "--out", tmp_path / "none", expect=65)
    assert len(error.splitlines()) == 3
    assert "expression:1:1: error:" in error and "expression:1:11: error:" in error and "--sort:1:1: error:" in error
    assert "'success'" in error and "'length'" in error and "'failure.cause'" in error
    assert not (tmp_path / "none").exists()
    seedbed("query", root, "length = 3", expect=65)
    seedbed("query", root, "--count", "--episodes", expect=64)
    seedbed("query", tmp_path / "nowhere", expect=65)


def test_every_kind_of_dataset(dataset, tmp_path):
    text, _ = seedbed("query", dataset, "origin == sim && sim.seed == 20", "--select", "episode_index,failure.cause", "--csv")
    assert len(text.splitlines()) == 5
    answers = []
    for version in ("v3.0", "v2.1"):
        root = foreign_dataset.write(tmp_path / version, version)
        answers.append(seedbed("query", root, "length > 22 && task == 'place the cube'", "--json")[0])
    assert answers[0] == answers[1] and json.loads(answers[0])["matching"] == 2
    path = tmp_path / "v3.0/meta/episodes/chunk-000/file-000.parquet"
    path.write_bytes(path.read_bytes()[:-100])
    seedbed("query", tmp_path / "v3.0", "length > 3", expect=65)
    shutil.rmtree(path.parent)
    seedbed("query", tmp_path / "v3.0", expect=65)


@pytest.fixture
def odd(big, tmp_path):
    """Null and empty lists, and numbers beyond int64."""
    root = shutil.copytree(big[0], tmp_path / "odd")
    shutil.rmtree(root / "meta/episodes/chunk-000")
    (root / "meta/episodes/chunk-000").mkdir()
    table = pa.table({
        "episode_index": [0, 1, 2], "length": [5, 6, 7], "seeds": pa.array([[1], None, []], pa.list_(pa.int64())),
        "words": pa.array([["a"], None, []], pa.list_(pa.string())),
        "uu": pa.array([1, 2**63, 2**64 - 1], pa.uint64()),
    })
    pq.write_table(table, root / "meta/episodes/chunk-000/file-000.parquet")
    info = json.loads((root / "meta/info.json").read_text())
    (root / "meta/info.json").write_text(json.dumps({**info, "total_episodes": 3}))
    return root


@pytest.mark.parametrize("condition, found", [
    ("seeds is null", [1]), ("len(seeds) == 0", [2]), ("1 in seeds", [0]), ("!(1 in seeds)", [2]),
    ("!('a' in words)", [2]), ("words is not null", [0, 2]), ("uu > 0", [0, 1, 2]),
    ("uu > 9000000000000000000", [1, 2]), ("uu < 0", []),
])
def test_null_lists_and_large_numbers(odd, condition, found):
    assert json.loads(seedbed("query", odd, condition, "--episodes")[0]) == found


def test_null_lists_are_written_as_null(odd):
    rows = json.loads(seedbed("query", odd, "--select", "seeds", "--json")[0])["rows"]
    assert [list(row.values())[-1] for row in rows] == [[1], None, []]


def test_an_answer_takes_nothing_s_place(odd, tmp_path):
    before = (odd / "meta/info.json").read_bytes()
    _, error = seedbed("query", odd, "--count", "--out", odd / "meta/info.json", expect=65)
    assert "Name a place outside" in error
    seedbed("query", odd, "--count", "--out", odd / "new.txt", expect=65)
    assert (odd / "meta/info.json").read_bytes() == before and not (odd / "new.txt").exists()
    out = tmp_path / "answer.txt"
    seedbed("query", odd, "--count", "--out", out)
    _, error = seedbed("query", odd, "--count", "--out", out, expect=65)
    assert "there already" in error and out.read_text() == "3\n"
