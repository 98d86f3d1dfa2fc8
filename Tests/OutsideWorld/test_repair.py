"""Damage of all kinds is named, and put right to the very bytes, by growing only what is damaged."""

import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

import pyarrow.parquet as pq
import pytest
from conftest import PROGRAM, ROOT, seedbed
from flips import files, flip, named, numbers, owners, prove

SCENE = "Scenes/pick-place.yaml"
DATA = "data/chunk-000/file-000.parquet"


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """Twelve episodes without pictures."""
    out = tmp_path_factory.mktemp("plain") / "dataset"
    seedbed("generate", SCENE, "--episodes", 12, "--seed", 8, "--state-only", "--out", out)
    return out


@pytest.fixture(scope="module")
def gappy(tmp_path_factory):
    """A run that could not grow two of its episodes, rejected three, and was extended after it had ended."""
    out = tmp_path_factory.mktemp("gappy") / "dataset"
    faults = "abort@1,trap@5,jerk@2,nan@7,velocity@9"
    for episodes, code in (8, 75), (14, 0):
        seedbed(
            "generate", SCENE, "--episodes", episodes, "--seed", 3, "--state-only", "--keep", "passed", "--out", out,
            env={**os.environ, "SEEDBED_TEST_FAULT": faults}, expect=code,
        )
    left_out = [json.loads(l)["sim.episode"] for l in (out / "meta/seedbed/skipped.jsonl").read_text().splitlines()]
    assert left_out == [1, 2, 5, 7, 9]
    return out


@pytest.fixture(scope="module")
def merged(tmp_path_factory):
    """The shards of a run, in one dataset."""
    space = tmp_path_factory.mktemp("merged")
    parts = [space / f"part{k}" for k in range(3)]
    for k, part in enumerate(parts):
        seedbed("generate", SCENE, "--episodes", 10, "--seed", 4, "--state-only", "--shard", f"{k}/3", "--out", part)
    seedbed("merge", *parts, "--out", space / "dataset")
    return space / "dataset"


@pytest.fixture
def copy(tmp_path, request):
    """Copies of a dataset, one after another."""
    def make(dataset):
        shutil.rmtree(tmp_path / "copy", ignore_errors=True)
        return shutil.copytree(dataset, tmp_path / "copy")
    return make


def repaired(folder, dataset, regrown):
    """Repairs; the bytes are the dataset's again, and only so many episodes were grown."""
    out, _ = seedbed("repair", folder)
    assert files(folder) == files(dataset)
    assert numbers(out.splitlines()[-1]) == set(regrown), out
    assert f", {len(regrown)} of " in out
    assert sorted(p.name for p in folder.iterdir()) == sorted(p.name for p in dataset.iterdir())
    return out


@pytest.mark.parametrize("kind", ["plain", "dataset", "gappy", "merged"])
def test_flipped_bits(kind, request):
    tally = prove(request.getfixturevalue(kind), flips=12, seed=sum(map(ord, kind)))
    assert tally.flips == tally.named == tally.episodes == tally.repaired == 12, "\n".join(tally.problems)


def place_in_episode(dataset, path, k):
    """Of a byte that belongs to episode k."""
    size = (dataset / path).stat().st_size
    return next(p for p in range(100, size, 997) if owners(dataset, path, p) == {k})


def test_only_damaged_episodes_are_regrown(plain, copy):
    folder = copy(plain)
    for k in (3, 4, 9):
        flip(folder / DATA, place_in_episode(plain, DATA, k), k % 8)
    out, _ = seedbed("verify", folder, "--hashes", expect=65)
    assert named(out, DATA) == {3, 4, 9} and "episodes 3" in out
    before = files(folder)
    out, _ = seedbed("repair", folder, "--dry-run")
    assert "3 of 12 episodes to be regrown (3...4, 9)" in out and files(folder) == before
    repaired(folder, plain, [3, 4, 9])
    out, _ = seedbed("verify", folder)
    assert "none damaged" in out and "12 of 12 episodes identical" in out
    assert "nothing is damaged" in seedbed("repair", folder)[0]


def test_indices_cost_no_episode(dataset, copy):
    """Footers of tables and the sample table of a video can be made again from what stands before them."""
    video = "videos/observation.images.front/chunk-000/file-000.mp4"
    moov = (dataset / video).read_bytes().rindex(b"moov")
    generator = random.Random(5)
    for path, first in [(DATA, None), (video, moov - 4), (video, 0), (DATA, 0)]:
        size = (dataset / path).stat().st_size
        if first is None:
            first = size - 8 - int.from_bytes((dataset / path).read_bytes()[-8:-4], "little")
        for _ in range(6):
            folder = copy(dataset)
            place = generator.randrange(first, first + 4 if first == 0 else size)
            flip(folder / path, place, generator.randrange(8))
            out, _ = seedbed("verify", folder, "--hashes", expect=65)
            assert named(out, path) == set() and "its index is hit" in out, (place, out)
            repaired(folder, dataset, [])


def test_cut_off_deleted_emptied_and_swapped(dataset, copy):
    front, wrist = (f"videos/observation.images.{name}/chunk-000/file-000.mp4" for name in ("front", "wrist"))
    for path in (DATA, front):
        folder = copy(dataset)
        place = place_in_episode(dataset, path, 2)
        os.truncate(folder / path, place)
        out, _ = seedbed("verify", folder, "--hashes", expect=65)
        assert named(out, path) == {2, 3}
        repaired(folder, dataset, [2, 3])
    for path in (DATA, front):
        folder = copy(dataset)
        (folder / path).unlink()
        out, _ = seedbed("verify", folder, "--hashes", expect=65)
        assert f"{path}: the file is missing" in out and named(out, path) == {0, 1, 2, 3}
        repaired(folder, dataset, [0, 1, 2, 3])
    folder = copy(dataset)
    (folder / front).rename(folder / "spare")
    (folder / wrist).rename(folder / front)
    (folder / "spare").rename(folder / wrist)
    out, _ = seedbed("verify", folder, "--hashes", expect=65)
    assert named(out, front) == named(out, wrist) == {0, 1, 2, 3}
    repaired(folder, dataset, [0, 1, 2, 3])
    for path in ("README.md", "meta/info.json", "meta/tasks.parquet", "meta/stats.json", "meta/seedbed/report.txt",
                 "meta/seedbed/episodes.jsonl", "meta/episodes/chunk-000/file-000.parquet", "meta/seedbed/features.json"):
        for damage in (lambda p: p.unlink(), lambda p: os.truncate(p, 0), lambda p: p.write_bytes(os.urandom(5000))):
            folder = copy(dataset)
            damage(folder / path)
            seedbed("verify", folder, "--hashes", expect=65)
            repaired(folder, dataset, [])


def test_the_store_and_the_lists_have_second_copies(gappy, copy):
    home = "meta/seedbed/"
    def empty(folder):
        for asset in (folder / home / "assets").iterdir():
            asset.unlink()
    def lose(*names):
        return lambda folder: [(folder / home / name).unlink() for name in names]
    for damage in (empty, lose("run.json", "assets.json"), lose("store.tar.zst"), lose("files.json"),
                   lose("records.tar.zst"), lose("skipped.jsonl"), lose("files.json", "skipped.jsonl", "run.json")):
        folder = copy(gappy)
        damage(folder)
        seedbed("verify", folder, "--hashes", expect=65)
        repaired(folder, gappy, [])
    folder = copy(gappy)
    shutil.rmtree(folder / "data")
    shutil.rmtree(folder / "meta/episodes")
    lose("episodes.jsonl", "files.json", "features.json", "assets.json")(folder)
    (folder / "README.md").unlink()
    empty(folder)
    repaired(folder, gappy, range(9))


def test_both_copies_lost(plain, gappy, copy):
    for dataset, names in [
        (plain, ["run.json", "store.tar.zst"]), (plain, ["files.json", "records.tar.zst"]),
        (gappy, ["skipped.jsonl", "records.tar.zst"]),
    ]:
        folder = copy(dataset)
        for name in names:
            (folder / "meta/seedbed" / name).unlink()
        before = files(folder)
        _, error = seedbed("repair", folder, expect=65)
        assert all(name in error for name in names) and "backup" in error, error
        assert files(folder) == before and not (folder / ".seedbed-repair").exists()


def test_many_flips_at_once(gappy, merged, copy):
    generator = random.Random(11)
    for dataset in (gappy, merged):
        content = files(dataset)
        for _ in range(6):
            folder = copy(dataset)
            hit = generator.sample([p for p in sorted(content) if "seedbed/" not in p or "plots" in p], 5)
            for path in hit:
                for _ in range(3):
                    flip(folder / path, generator.randrange(len(content[path])), generator.randrange(8))
            out, _ = seedbed("verify", folder, "--hashes", expect=65)
            assert all(f"damaged: {path}" in out for path in hit if (folder / path).read_bytes() != content[path])
            seedbed("repair", folder)
            assert files(folder) == content


def test_what_is_not_of_the_dataset_is_left_alone(plain, copy):
    folder = copy(plain)
    (folder / ".cache").mkdir()
    (folder / ".cache/mine").write_text("a")
    (folder / "notes.txt").write_text("b")
    (folder / "meta/notes.txt").write_text("c")
    (folder / "meta/link").symlink_to("nowhere")
    out, _ = seedbed("verify", folder, "--hashes", expect=65)
    assert "note: notes.txt" in out and "damaged: meta/notes.txt: not of the dataset" in out
    (folder / "README.md").write_text("mine")
    out, _ = seedbed("repair", folder)
    assert "meta/notes.txt" in out and "notes.txt" in out
    assert (folder / "meta/notes.txt").read_text() == "c" and os.readlink(folder / "meta/link") == "nowhere"
    (folder / "meta/notes.txt").unlink()
    (folder / "meta/link").unlink()
    out, _ = seedbed("verify", folder, "--hashes")
    assert "note: notes.txt: not of the dataset" in out
    assert (folder / ".cache/mine").read_text() == "a" and (folder / "notes.txt").read_text() == "b"
    (folder / "notes.txt").unlink()
    shutil.rmtree(folder / ".cache")
    assert files(folder) == files(plain)
    # A file where a folder is to stand.
    shutil.rmtree(folder / "data")
    (folder / "data").write_text("mine")
    _, error = seedbed("repair", folder, expect=73)
    assert "Move it elsewhere" in error and (folder / "data").read_text() == "mine"


def test_killed_at_any_instant(dataset, tmp_path):
    """What is shown is the damaged dataset or the repaired one; the next repair ends the work."""
    generator = random.Random(3)
    damaged = shutil.copytree(dataset, tmp_path / "damaged")
    flip(damaged / DATA, place_in_episode(dataset, DATA, 1), 3)
    (damaged / "meta/stats.json").unlink()
    whole, hit = files(dataset), files(damaged)

    def shown(folder):
        found = {}
        for top in folder.iterdir():
            if not top.name.startswith("."):
                for p in [top] if top.is_file() else top.rglob("*"):
                    if p.is_file():
                        found[str(p.relative_to(folder))] = p.read_bytes()
        return found

    start = time.monotonic()
    subprocess.run([str(PROGRAM), "repair", str(shutil.copytree(damaged, tmp_path / "timed"))], check=True, capture_output=True)
    usual = time.monotonic() - start
    ends = {"damaged": 0, "repaired": 0}
    for k in range(25):
        folder = shutil.copytree(damaged, tmp_path / f"killed{k}")
        run = subprocess.Popen([str(PROGRAM), "repair", str(folder)], start_new_session=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            run.wait(usual * (generator.uniform(0, 1.1) if k % 2 else generator.uniform(0.85, 1.05)))
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
        now = shown(folder)
        assert now in (whole, hit)
        ends["damaged" if now == hit else "repaired"] += 1
        seedbed("repair", folder)
        assert files(folder) == whole and not any(p.name.startswith(".") for p in folder.iterdir())
        shutil.rmtree(folder)
    assert ends["damaged"] > 0


def test_one_at_a_time_and_read_only(plain, copy):
    folder = copy(plain)
    (folder / DATA).unlink()
    first = subprocess.Popen([str(PROGRAM), "repair", str(folder), "--workers", "1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    while not (folder / ".seedbed-repair/store/meta/seedbed/run.json").exists():
        time.sleep(0.005)
    _, error = seedbed("repair", folder, expect=73)
    assert f"being written by process {first.pid}" in error
    assert first.wait() == 0 and files(folder) == files(plain)


def test_an_unfinished_run_says_so(tmp_path):
    folder = tmp_path / "run"
    run = subprocess.Popen(
        [str(PROGRAM), "generate", SCENE, "--episodes", "2000", "--state-only", "--out", str(folder)], cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while not (folder / "meta/info.json").exists():
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    for command in ("verify", "--hashes"), ("repair",):
        _, error = seedbed(command[0], folder, *command[1:], expect=65)
        assert "unfinished run" in error and "--resume" in error
    out, error = seedbed("verify", folder, "--episodes", 2)
    assert "has not ended" in error and "2 of 2 episodes identical" in out


def test_a_stopped_run_is_repaired_and_goes_on(tmp_path):
    """A dataset that was left with finished episodes in hand keeps them."""
    arguments = ["generate", SCENE, "--seed", "6", "--state-only", "--workers", "2"]
    whole = tmp_path / "whole"
    seedbed(*arguments, "--episodes", 60, "--out", whole)
    folder = tmp_path / "run"
    run = subprocess.Popen([str(PROGRAM), *arguments, "--episodes", "60", "--out", str(folder)], cwd=ROOT,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (folder / "meta/info.json").exists():
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    run.wait()
    before = files(folder)
    flip(folder / DATA, (folder / DATA).stat().st_size // 2, 1)
    (folder / "README.md").unlink()
    seedbed("repair", folder)
    assert files(folder) == before
    seedbed(*arguments, "--episodes", 60, "--out", folder, "--resume")
    assert files(folder) == files(whole)


def test_damage_does_not_pass_into_an_extension(plain, copy, tmp_path):
    arguments = ["generate", SCENE, "--seed", 8, "--state-only"]
    whole = tmp_path / "whole"
    seedbed(*arguments, "--episodes", 14, "--out", whole)
    # What is copied has to be whole.
    folder = copy(plain)
    flip(folder / DATA, place_in_episode(plain, DATA, 5), 2)
    _, error = seedbed(*arguments, "--episodes", 14, "--out", folder, expect=65)
    assert f"{DATA} of the dataset is damaged" in error and "seedbed repair" in error
    seedbed("repair", folder)
    seedbed(*arguments, "--episodes", 14, "--out", folder, "--resume")
    assert files(folder) == files(whole)
    # What is shared keeps the hash that it had.
    folder = copy(plain)
    archive = "meta/seedbed/store.tar.zst"
    flip(folder / archive, 5000, 6)
    seedbed(*arguments, "--episodes", 14, "--out", folder)
    out, _ = seedbed("verify", folder, "--hashes", expect=65)
    assert f"damaged: {archive}" in out and ", 1 damaged" in out
    seedbed("repair", folder)
    assert files(folder) == files(whole)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_leaves_the_damaged_dataset(dataset, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    size = sum(len(b) for b in files(dataset).values())
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size + 2_000_000}", "tmpfs", disk]).returncode != 0:
        pytest.skip("no small disk can be mounted here")
    try:
        folder = shutil.copytree(dataset, disk / "dataset")
        flip(folder / DATA, place_in_episode(dataset, DATA, 1), 0)
        before = files(folder)
        _, error = seedbed("repair", folder, expect=73)
        assert error.count("error:") == 1 and "No space left" in error and "repair again" in error
        assert files(folder) == before and not (folder / ".seedbed-repair").exists()
        subprocess.run(["mount", "-o", f"remount,size={3 * size}", disk], check=True)
        repaired(folder, dataset, [1])
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def test_the_outside_world_reads_the_repaired(dataset, copy):
    folder = copy(dataset)
    os.truncate(folder / DATA, 5000)
    (folder / "meta/info.json").unlink()
    seedbed("repair", folder)
    rows = pq.read_table(folder / "data").num_rows
    assert rows == json.loads((folder / "meta/info.json").read_text())["total_frames"]
    judge = pathlib.Path("/work/shared/tools/check_lerobot.py")
    if judge.exists():
        subprocess.run([sys.executable, str(judge), str(folder), "--light", "--require-origin", "sim"], check=True)
