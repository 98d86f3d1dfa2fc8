"""`seedbed mix`: exact, the same bytes, reconciled, and nothing half-written."""

import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess

import pyarrow.parquet as pq
import pytest

import foreign_dataset
from conftest import PROGRAM, seedbed

REAL = pathlib.Path(os.environ.get("SEEDBED_REAL_DATA", "/work/shared/data/real"))
CHECKER = pathlib.Path(os.environ.get("SEEDBED_CHECKER", "/work/shared/tools/check_lerobot.py"))
LEROBOT = pathlib.Path(os.environ.get("SEEDBED_LEROBOT_PYTHON", "/opt/lr312/bin/python"))
CAMERA = "observation.images.front"


def tree(root):
    """Hashes of all files, by their paths."""
    files = sorted(p for p in pathlib.Path(root).rglob("*") if p.is_file())
    return {str(p.relative_to(root)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def mix(out, *arguments, expect=0):
    return seedbed("mix", *arguments, "--out", out, expect=expect)


def rows(root):
    tables = [pq.read_table(p) for p in sorted(pathlib.Path(root).glob("meta/episodes/*/*.parquet"))]
    return [row for table in tables for row in table.to_pylist()]


def info(root, change=None):
    path = pathlib.Path(root) / "meta/info.json"
    document = json.loads(path.read_text())
    if change:
        change(document)
        path.write_text(json.dumps(document, indent=4))
    return document


def valid(root):
    out, _ = seedbed("validate", root)
    assert out.splitlines()[-1].startswith("ok: 0 errors"), out
    return out


@pytest.fixture(scope="session")
def sources(tmp_path_factory):
    root = tmp_path_factory.mktemp("sources")
    many = foreign_dataset.write(root / "many", episodes=12, per_file=5)
    old = foreign_dataset.write(root / "old", "v2.1", episodes=7)
    return {"many": many, "old": old}


@pytest.fixture
def pair(sources, tmp_path):
    """Both, each a copy that may be changed."""
    for name in sources:
        shutil.copytree(sources[name], tmp_path / name)
    return tmp_path / "many", tmp_path / "old"


def arguments(sources):
    return [f"{name}={path}" for name, path in sources.items()]


def test_both_versions_mix_and_nothing_is_lost(sources, tmp_path):
    before = {name: tree(path) for name, path in sources.items()}
    mix(tmp_path / "out", *arguments(sources))
    assert {name: tree(path) for name, path in sources.items()} == before
    assert os.listdir(tmp_path) == ["out"]
    valid(tmp_path / "out")
    found = rows(tmp_path / "out")
    assert [(r["mix.source"], r["mix.episode"]) for r in found] == [("many", k) for k in range(12)] + [("old", k) for k in range(7)]
    assert {r["origin"] for r in found} == {"real"}
    assert [r["length"] for r in found] == [20 + 3 * k for k in range(12)] + [20 + 3 * k for k in range(7)]
    table = pq.read_table(tmp_path / "out/data/chunk-000/file-000.parquet")
    for k, row in enumerate(found):
        part = table.slice(row["dataset_from_index"], row["length"])
        columns, _ = foreign_dataset.episode(row["mix.episode"], 0)
        assert part["action"].to_pylist() == columns["action"].tolist()
        assert part["note"].to_pylist() == columns["note"].tolist()
        assert set(part["episode_index"].to_pylist()) == {k}
    report = json.loads((tmp_path / "out/meta/seedbed/mix.json").read_text())
    assert [(s["name"], s["episodes"]) for s in report["sources"]] == [("many", 12), ("old", 7)]


def test_the_same_request_gives_the_same_bytes_and_another_seed_others(sources, tmp_path):
    request = [*arguments(sources), "--ratio", "many=0.6,old=0.4", "--episodes", 10]
    for name, seed in [("a", 1), ("b", 1), ("c", 2)]:
        mix(tmp_path / name, *request, "--seed", seed)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    chosen = [[(r["mix.source"], r["mix.episode"]) for r in rows(tmp_path / n)] for n in "ac"]
    assert chosen[0] != chosen[1] and all(len(set(c)) == 10 for c in chosen)


def requests():
    rng = random.Random(5)
    for i in range(20):
        unit = ["episodes", "frames", "seconds"][i % 3]
        share = round(rng.uniform(0.2, 0.8), 2)
        size = {"episodes": rng.randint(2, 8), "frames": rng.randint(60, 200), "seconds": round(rng.uniform(2, 6), 2)}
        counted = "episodes" if i % 4 == 3 else unit
        yield unit, share, counted, size[counted]


@pytest.mark.parametrize("unit, share, counted, size", list(requests()))
def test_the_ratio_is_met_within_an_episode(sources, tmp_path, unit, share, counted, size):
    out = tmp_path / "out"
    mix(out, *arguments(sources), "--ratio", f"many={share},old={round(1 - share, 2)}", "--by", unit, f"--{counted}", size,
        "--seed", 3, "--virtual")
    lines = [json.loads(line) for line in (out / "episodes.jsonl").read_text().splitlines()]
    weigh = {"episodes": lambda r: 1, "frames": lambda r: r["length"], "seconds": lambda r: r["length"] / 30}
    total = sum(map(weigh[unit], lines))
    longest = max(map(weigh[unit], lines))
    if counted == "episodes":
        assert len(lines) == size
    else:
        assert abs(total - size) <= longest
    for name, wanted in [("many", share), ("old", 1 - share)]:
        amount = sum(weigh[unit](r) for r in lines if r["source"] == name)
        assert abs(amount - wanted * (size if unit == counted else total)) <= longest
    assert len({(r["source"], r["episode_index"]) for r in lines}) == len(lines)
    assert abs(sum(r["weight"] for r in lines) - 1) < 1e-9


def test_tasks_keep_their_shares(tmp_path):
    source = foreign_dataset.write(tmp_path / "source", episodes=12)
    mix(tmp_path / "out", f"a={source}", "--episodes", 6)
    texts = [r["tasks"][0] for r in rows(tmp_path / "out")]
    assert sorted(texts) == ["pick the cube"] * 3 + ["place the cube"] * 3


def test_form_is_reconciled(pair, tmp_path):
    many, old = pair

    def strange(document):
        features = document["features"]
        features["action"]["names"] = [features["action"]["names"]]
        features["observation.state"]["names"] = {"motors": features["observation.state"]["names"]}
        features[CAMERA]["names"] = ["height", "width", "channel"]
        features[CAMERA]["info"]["video.is_depth_map"] = features[CAMERA]["info"].pop("is_depth_map")
        other = features["observation.images.wrist"]
        other.pop("info")
        other["shape"], other["names"] = [3, 48, 64], ["channels", "height", "width"]
        for feature in features.values():
            feature["fps"] = 30
        document["robot_type"] = None
    info(old, strange)
    info(many, lambda d: d["features"][CAMERA].update(names=None))
    for order in [[f"many={many}", f"old={old}"], [f"old={old}", f"many={many}"]]:
        out = tmp_path / ("out-" + order[0][:3])
        mix(out, *order, "--ratio", "many=0.5,old=0.5", "--episodes", 6)
        valid(out)
        document = info(out)
        assert document["robot_type"] == "so101_follower"
        assert document["features"]["action"]["names"] == foreign_dataset.JOINTS
        assert document["features"]["observation.images.wrist"]["shape"] == [48, 64, 3]
        assert document["features"][CAMERA]["info"]["is_depth_map"] is False
        assert "fps" not in document["features"]["action"]


def test_dimensions_in_another_order_are_put_right(pair, tmp_path):
    many, old = pair
    info(old, lambda d: d["features"]["action"].update(names=foreign_dataset.JOINTS[::-1]))
    mix(tmp_path / "out", f"many={many}", f"old={old}")
    last = rows(tmp_path / "out")[-1]
    table = pq.read_table(tmp_path / "out/data/chunk-000/file-000.parquet").slice(last["dataset_from_index"], last["length"])
    columns, _ = foreign_dataset.episode(6, 0)
    assert table["action"].to_pylist() == columns["action"][:, ::-1].tolist()
    valid(tmp_path / "out")


def test_conflicts_come_all_at_once_with_what_helps(pair, tmp_path):
    many, old = pair

    def change(document):
        document["robot_type"] = "panda"
        document["features"]["action"]["names"] = [f"other{i}" for i in range(7)]
        document["features"]["extra"] = {"dtype": "float32", "shape": [1], "names": None}
    info(old, change)
    _, text = mix(tmp_path / "out", f"many={many}", f"old={old}", expect=65)
    for word in ["'so101_follower'", "'panda'", "--robot-type", "'other0'", "--names action=", "extra", "--features common"]:
        assert word in text, word
    assert not (tmp_path / "out").exists()
    info(old, lambda d: d["features"].pop("extra"))
    mix(tmp_path / "out", f"many={many}", f"old={old}", "--robot-type", "so101", "--names", "action=many")
    assert info(tmp_path / "out")["robot_type"] == "so101"
    valid(tmp_path / "out")


def test_missing_features_are_dropped_or_filled(pair, tmp_path):
    many, old = pair
    for path in old.glob("data/*/*.parquet"):
        pq.write_table(pq.read_table(path).drop_columns(["next.done"]), path)
    info(old, lambda d: [d["features"].pop(name) for name in ("next.done", "observation.images.wrist")])
    both = [f"many={many}", f"old={old}"]
    mix(tmp_path / "common", *both, "--features", "common")
    assert "next.done" not in info(tmp_path / "common")["features"]
    mix(tmp_path / "filled", *both, "--fill", "next.done=false", "--fill", "observation.images.wrist=black")
    assert "observation.images.wrist" in info(tmp_path / "filled")["features"]
    for name in ["common", "filled"]:
        out, _ = seedbed("validate", tmp_path / name)
        assert "ok: 0 errors" in out


def test_another_rate_and_size_are_brought_into_line(sources, tmp_path):
    mix(tmp_path / "slow", f"a={sources['old']}", "--fps", 15)
    valid(tmp_path / "slow")
    found = rows(tmp_path / "slow")
    assert [r["length"] for r in found] == [(20 + 3 * k - 1) // 2 + 1 for k in range(7)]
    table = pq.read_table(tmp_path / "slow/data/chunk-000/file-000.parquet").slice(0, 10)
    columns, _ = foreign_dataset.episode(0, 0)
    assert table["action"].to_pylist() == columns["action"][::2].tolist()
    assert table["next.done"].to_pylist() == [False] * 9 + [True]
    mix(tmp_path / "both", f"slow={tmp_path / 'slow'}", f"fast={sources['many']}", "--fps", 20)
    valid(tmp_path / "both")


def test_conditions_repetition_and_frame_origins(sources, tmp_path):
    both = arguments(sources)
    mix(tmp_path / "some", *both, "--where", "length > 25", "--where", "many:'pick the cube' in tasks", "--frame-origin",
        "--origin", "old=sim")
    found = rows(tmp_path / "some")
    assert all(r["length"] > 25 and (r["mix.source"] == "old" or r["tasks"] == ["pick the cube"]) for r in found)
    assert {r["mix.source"]: r["origin"] for r in found} == {"many": "real", "old": "sim"}
    table = pq.read_table(tmp_path / "some/data/chunk-000/file-000.parquet")
    assert set(table["sim.origin"].to_pylist()) == {0, 1}
    valid(tmp_path / "some")
    _, text = mix(tmp_path / "much", *both, "--ratio", "many=0.2,old=0.8", "--episodes", 20, expect=65)
    assert "'old' has 7 episodes" in text and "--repeat" in text and "At most --episodes 8" in text
    mix(tmp_path / "much", *both, "--ratio", "many=0.2,old=0.8", "--episodes", 20, "--repeat")
    found = [r for r in rows(tmp_path / "much") if r["mix.source"] == "old"]
    assert len(found) == 16 and sorted({r["mix.repetition"] for r in found}) == [0, 1, 2]


BAD = {
    "a sum that is not one": (lambda m, o: ["--ratio", "many=0.5,old=0.6"], "add up to 1.1"),
    "a source that is not there": (lambda m, o: ["--ratio", "many=0.5,odl=0.5"], "Did you mean 'old'"),
    "too many": (lambda m, o: ["--ratio", "many=0.5,old=0.5", "--episodes", "100"], "At most --episodes 14"),
    "an unknown column": (lambda m, o: ["--where", "sucess"], "sucess"),
    "a truncated table": (lambda m, o: cut(m / "data/chunk-000/file-001.parquet"), "file-001.parquet"),
    "a truncated video": (lambda m, o: cut(m / f"videos/{CAMERA}/chunk-000/file-001.mp4"), "file-001.mp4"),
    "a missing table": (lambda m, o: os.remove(o / "data/chunk-000/episode_000003.parquet"), "episode_000003.parquet"),
    "counts that lie": (lambda m, o: info(m, lambda d: d.update(total_frames=7)) and None, "total_frames"),
    "no dataset": (lambda m, o: shutil.rmtree(o), "old"),
    "a link that leads out": (lambda m, o: link(m / "data/chunk-000/file-000.parquet"), "--follow-links"),
    "places that lie": (lambda m, o: shifted(m), "from_timestamp"),
    "lengths that lie": (lambda m, o: lengths(o), "episodes.jsonl"),
}


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def link(path):
    elsewhere = path.parents[3] / "elsewhere"
    shutil.move(path, elsewhere)
    path.symlink_to(elsewhere)


def shifted(root):
    path = next(root.glob("meta/episodes/*/*.parquet"))
    table = pq.read_table(path)
    name = f"videos/{CAMERA}/from_timestamp"
    moved = [value + 0.5 * (k == 2) for k, value in enumerate(table[name].to_pylist())]
    pq.write_table(table.set_column(table.column_names.index(name), name, [moved]), path)


def lengths(root):
    path = root / "meta/episodes.jsonl"
    path.write_text(path.read_text().replace('"length": 20', '"length": 0'))


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_and_leaves_nothing(pair, tmp_path, name):
    many, old = pair
    damage, message = BAD[name]
    flags = damage(many, old) or []
    before = tree(tmp_path)
    _, text = mix(tmp_path / "out", f"many={many}", f"old={old}", *flags, expect=65)
    assert message in text
    assert tree(tmp_path) == before and not (tmp_path / "out").exists()


def test_places_within_each_other_are_refused(pair, tmp_path):
    many, old = pair
    (tmp_path / "alias").symlink_to(many)
    for out in [many / "out", many, tmp_path, tmp_path / "alias/deep/out"]:
        before = tree(tmp_path)
        _, text = mix(out, f"many={many}", f"old={old}", expect=65)
        assert "lies in" in text
        assert tree(tmp_path) == before


def test_what_we_grow_stays_simulated_and_can_be_told_again(dataset, tmp_path):
    mix(tmp_path / "out", f"sim={dataset}", "--where", "episode_index != 1")
    valid(tmp_path / "out")
    seedbed("validate", tmp_path / "out", "--require-origin", "sim")
    grown, found = rows(dataset), rows(tmp_path / "out")
    assert [r["mix.episode"] for r in found] == [0, 2, 3]
    for row in found:
        for column in ["sim.seed", "sim.episode", "success", "failure.cause", "sim.state_hash", "sim.lcp_messages"]:
            assert row[column] == grown[row["mix.episode"]][column]
    assert (tmp_path / "out/meta/seedbed/sources/sim/meta/seedbed/run.json").exists()
    forget(tmp_path / "out")
    assert "3 of 3 episodes restored" in seedbed("retag", tmp_path / "out", "--from", dataset)[0]
    again = rows(tmp_path / "out")
    assert [r["sim.state_hash"] for r in again] == [r["sim.state_hash"] for r in found]
    valid(tmp_path / "out")
    assert "0 of 3 episodes restored, 3 were right" in seedbed("retag", tmp_path / "out", "--from", dataset)[0]
    forget(tmp_path / "out")
    seedbed("retag", tmp_path / "out")
    assert [{k: v for k, v in r.items()} for r in rows(tmp_path / "out")] == found


def forget(root):
    """What LeRobot's tools do to added columns."""
    for path in root.glob("meta/episodes/*/*.parquet"):
        table = pq.read_table(path)
        own = [n for n in table.column_names if "/" in n or n in (
            "episode_index", "tasks", "length", "dataset_from_index", "dataset_to_index")]
        pq.write_table(table.select(own), path)


def test_retag_says_what_is_wrong(dataset, sources, tmp_path):
    for flags, word in [(["--from", tmp_path / "none"], "none"), (["--from", sources["many"]], "episodes.jsonl")]:
        _, text = seedbed("retag", dataset, *flags, expect=65)
        assert word in text
    out, _ = seedbed("retag", sources["many"], "--from", dataset, expect=1)
    assert "0 of 12 episodes restored" in out and "unknown: 0, 1" in out


@pytest.mark.skipif(not (REAL.is_dir() and CHECKER.exists()), reason="no real recordings here")
def test_real_recordings_keep_their_pixels(tmp_path):
    both = [f"old={REAL / 'g1_bottle_v21'}", f"new={REAL / 'g1_bottle_v30'}"]
    mix(tmp_path / "out", *both, "--ratio", "old=0.5,new=0.5", "--episodes", 4)
    done = subprocess.run(
        [str(LEROBOT), str(CHECKER), str(tmp_path / "out"), "--light", "--require-origin", "real"]
        if LEROBOT.exists() else ["python3", str(CHECKER), str(tmp_path / "out"), "--light"], capture_output=True, text=True)
    assert done.returncode == 0 and "ok: 0 errors, 0 warnings" in done.stdout, done.stdout + done.stderr
    valid(tmp_path / "out")
    path = "videos/observation.images.cam_high/chunk-000/file-000.mp4"
    import av

    def packets(file):
        with av.open(str(file)) as movie:
            return [bytes(p) for p in movie.demux(video=0) if p.size]
    mixed, real = packets(tmp_path / "out" / path), packets(REAL / "g1_bottle_v30" / path)
    at, starts = 0, [0, 221, 498, 765]
    for row in rows(tmp_path / "out"):
        k = row["mix.episode"]
        assert mixed[at:at + row["length"]] == real[starts[k]:starts[k + 1]]
        at += row["length"]


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
@pytest.mark.parametrize("command", [("mix", "a={}"), ("export", "{}", "--to", "lerobot-v2.1"), ("export", "{}", "--to", "mcap")])
def test_a_full_disk_leaves_nothing(sources, tmp_path, command):
    disk = tmp_path / "disk"
    disk.mkdir()
    whole = tmp_path / "whole"
    words = [word.format(sources["many"]) for word in command]
    seedbed(*words, "--out", whole)
    size = sum(p.stat().st_size for p in whole.rglob("*") if p.is_file())
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size // 2}", "tmpfs", disk]).returncode != 0:
        pytest.skip("no small disk can be mounted here")
    try:
        for share in 0.02, 0.3, 0.6, 0.9:
            subprocess.run(["mount", "-o", f"remount,size={int(share * size)}", disk], check=True)
            _, error = seedbed(*words, "--out", disk / "out", expect=73)
            assert error.count("error:") == 1 and "No space left on device. Make room" in error
            assert list(disk.iterdir()) == []
        subprocess.run(["mount", "-o", f"remount,size={3 * size + (1 << 20)}", disk], check=True)
        seedbed(*words, "--out", disk / "out")
        assert tree(disk / "out") == tree(whole)
    finally:
        subprocess.run(["umount", "-l", disk], check=True)
