"""`seedbed mix` and `retag`: nothing is lost of where episodes are from, and nothing is guessed."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import foreign_dataset
from conftest import seedbed
from test_mix import forget, info, mix, rows


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return foreign_dataset.write(tmp_path_factory.mktemp("source") / "five")


def tables(root, change):
    for path in root.glob("meta/episodes/*/*.parquet"):
        pq.write_table(change(pq.read_table(path)), path)


def with_column(name, values):
    return lambda table: table.append_column(name, pa.array(values[: len(table)]))


def test_retag_knows_numbers_of_every_type(source, tmp_path):
    types = {"a": pa.float64(), "b": pa.float16(), "c": pa.uint8(), "d": pa.int32(), "e": pa.bool_()}
    root = foreign_dataset.write(tmp_path / "types")
    for path in root.glob("data/*/*.parquet"):
        table = pq.read_table(path)
        for name, kind in types.items():
            table = table.append_column(name, table["frame_index"].cast(pa.float16() if kind == pa.float16() else kind))
        pq.write_table(table, path)
    names = {pa.float64(): "float64", pa.float16(): "float16", pa.uint8(): "uint8", pa.int32(): "int32", pa.bool_(): "bool"}
    info(root, lambda d: d["features"].update(
        {name: {"dtype": names[kind], "shape": [1], "names": None} for name, kind in types.items()}))
    mix(tmp_path / "out", f"a={root}", "--origin", "a=robot7")
    before = rows(tmp_path / "out")
    forget(tmp_path / "out")
    assert "5 of 5 episodes restored" in seedbed("retag", tmp_path / "out")[0]
    assert rows(tmp_path / "out") == before and {r["origin"] for r in before} == {"robot7"}


def test_retag_numbers_repetitions_in_order(source, tmp_path):
    out = tmp_path / "out"
    mix(out, f"a={source}", "--episodes", 12, "--repeat", "--origin", "a=sim")
    before = rows(out)
    forget(out)
    assert "12 of 12 episodes restored" in seedbed("retag", out)[0]
    assert rows(out) == before and {r["mix.repetition"] for r in before} == {0, 1, 2}


def test_retag_restores_what_all_remember_alike(source, tmp_path):
    one, two, out = tmp_path / "one", tmp_path / "two", tmp_path / "out"
    mix(one, f"a={source}", "--origin", "a=sim")
    mix(two, f"b={source}", "--origin", "b=sim", "--where", "episode_index < 2")
    mix(out, f"a={source}")
    forget(out)
    text, _ = seedbed("retag", out, "--from", one, "--from", two, expect=1)
    assert "5 of 5 episodes restored" in text and "differ in mix.source" in text and "stay as they are: 0, 1\n" in text
    found = rows(out)
    assert {r["origin"] for r in found} == {"sim"} and [r["mix.episode"] for r in found] == list(range(5))
    assert [r["mix.source"] for r in found] == [None, None, "a", "a", "a"]
    # A mix says more than what it was mixed of, and that is no contradiction.
    forget(out)
    mix(tmp_path / "nested", f"outer={one}")
    seedbed("retag", out, "--from", tmp_path / "nested")
    assert [r["mix.source"] for r in rows(out)] == ["outer/a"] * 5


@pytest.mark.parametrize("column, values", [("origin", ["sim", "sim", None, None, None]), ("sim.seed", [7, 8, None, None, None])])
def test_rows_without_any_sign_of_a_simulation_are_real(tmp_path, column, values):
    root = foreign_dataset.write(tmp_path / "merged")
    tables(root, with_column(column, values))
    mix(tmp_path / "out", f"m={root}")
    assert [r["origin"] for r in rows(tmp_path / "out")] == ["sim"] * 2 + ["real"] * 3
    mix(tmp_path / "list", f"m={root}", "--virtual")
    lines = [json.loads(line) for line in (tmp_path / "list/episodes.jsonl").read_text().splitlines()]
    assert [line["origin"] for line in lines] == ["sim"] * 2 + ["real"] * 3


def test_frames_tell_where_rows_do_not(source, tmp_path):
    out = tmp_path / "out"
    mix(out, f"a={source}", f"b={source}", "--origin", "a=sim", "--frame-origin")
    forget(out)
    mix(tmp_path / "again", f"m={out}")
    assert [r["origin"] for r in rows(tmp_path / "again")] == ["sim"] * 5 + ["real"] * 5


@pytest.mark.parametrize("flags, words", [
    (["--rename", "observation.state=action"], ["2 features 'action'", "--rename a:action="]),
    (["--rename", "action=timestamp"], ["'timestamp'", "LeRobot's own"]),
    (["--drop", "timestamp"], ["'timestamp'", "LeRobot's own"]),
])
def test_no_feature_is_lost_without_a_word(source, tmp_path, flags, words):
    _, text = mix(tmp_path / "out", f"a={source}", *flags, expect=65)
    assert all(word in text for word in words) and not (tmp_path / "out").exists()


def test_names_can_be_exchanged(source, tmp_path):
    mix(tmp_path / "out", f"a={source}", "--rename", "observation.state=action", "--rename", "action=observation.state")
    ours, theirs = (pq.read_table(next(root.glob("data/*/file-000.parquet"))) for root in (tmp_path / "out", source))
    assert ours["action"].to_pylist()[:20] == theirs["observation.state"].to_pylist()[:20]
    assert ours["observation.state"].to_pylist()[:20] == theirs["action"].to_pylist()[:20]


def test_virtual_counts_seconds_at_each_rate(source, tmp_path):
    mix(tmp_path / "slow", f"a={source}", "--fps", 10)
    text, _ = mix(tmp_path / "out", f"fast={source}", f"slow={tmp_path / 'slow'}", "--virtual", "--by", "seconds",
                  "--ratio", "fast=0.5,slow=0.5", "--seconds", 4)
    assert "resampled" in text
    entries = {e["name"]: e for e in json.loads((tmp_path / "out/mix.json").read_text())["mixture"]}
    for name, rate in [("fast", 30), ("slow", 10)]:
        lengths = [r["length"] for r in map(json.loads, (tmp_path / "out/episodes.jsonl").read_text().splitlines()) if r["source"] == name]
        assert entries[name]["frames"] == sum(lengths) and entries[name]["seconds"] == sum(lengths) / rate
        assert abs(entries[name]["seconds"] - 2) < 0.6
