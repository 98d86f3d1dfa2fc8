"""Nothing is lost, and the bytes are the same, whatever happens to the processes: real kills, a really full disk."""

import json
import os
import pathlib
import random
import resource
import signal
import subprocess
import time

import pyarrow.parquet as pq
import pytest
from conftest import PROGRAM, ROOT, seedbed

SCENE = "Scenes/pick-place.yaml"
EPISODES = 30
RUN = ["generate", SCENE, "--seed", "5", "--state-only", "--workers", "2"]


def files(folder):
    return {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    out = tmp_path_factory.mktemp("run") / "undisturbed"
    seedbed(*RUN, "--episodes", EPISODES, "--out", out)
    return files(out)


def start(*arguments, **more):
    return subprocess.Popen(
        [str(PROGRAM), *map(str, arguments)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **more
    )


def children(pid):
    return [int(p) for p in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()] + [
        int(c) for t in pathlib.Path(f"/proc/{pid}/task").iterdir() if t.name != str(pid)
        for c in (t / "children").read_text().split()
    ]


def is_valid(out):
    """What is shown loads: rows, episodes and info agree."""
    info = json.loads((out / "meta/info.json").read_text())
    episodes = pq.read_table(out / "meta/episodes").to_pylist()
    rows = pq.read_table(out / "data", columns=["index", "episode_index"])
    assert info["total_episodes"] == len(episodes) == rows["episode_index"].to_pylist()[-1] + 1
    assert info["total_frames"] == sum(e["length"] for e in episodes) == rows.num_rows
    assert rows["index"].to_pylist() == list(range(rows.num_rows))


def test_killed_workers_cost_nothing(undisturbed, tmp_path):
    random.seed(1)
    out = tmp_path / "out"
    run = start(*RUN, "--episodes", EPISODES, "--out", out)
    kills = 0
    while run.poll() is None:
        time.sleep(random.uniform(0.02, 0.3))
        try:
            victims = children(run.pid)
            if victims and kills < 15:
                os.kill(random.choice(victims), signal.SIGKILL)
                kills += 1
        except (ProcessLookupError, FileNotFoundError):
            pass
    assert run.returncode == 0, run.stderr.read()
    assert kills >= 5
    assert files(out) == undisturbed


def test_packers_killed_at_birth_cost_nothing(undisturbed, tmp_path):
    """Before they have read their orders: the pipe breaks while the orders are written."""
    out = tmp_path / "out"
    run = start(*RUN, "--episodes", EPISODES, "--out", out)
    killed = set()
    while run.poll() is None and len(killed) < 20:
        try:
            for child in set(children(run.pid)) - killed:
                if b"worker" not in pathlib.Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
                    os.kill(child, signal.SIGKILL)
                    killed.add(child)
        except (ProcessLookupError, FileNotFoundError):
            pass
    assert run.wait(120) == 0, run.stderr.read()
    assert len(killed) >= 10
    assert files(out) == undisturbed


def test_a_killed_run_goes_on(undisturbed, tmp_path):
    random.seed(2)
    out = tmp_path / "out"
    kills = 0
    while True:
        run = start(*RUN, "--episodes", EPISODES, "--out", out, "--resume", start_new_session=True)
        if kills == 12:
            break
        try:
            run.wait(random.uniform(0.1, 0.5))
            break
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            kills += 1
        if (out / "meta/info.json").exists():
            is_valid(out)
    assert run.wait() == 0, run.stderr.read()
    assert kills >= 2
    assert files(out) == undisturbed
    assert not (out / ".seedbed").exists()


def test_no_orphan_is_left(tmp_path):
    run = start(*RUN, "--episodes", 10000, "--out", tmp_path / "out")
    time.sleep(2)
    workers = children(run.pid)
    assert len(workers) >= 2
    os.kill(workers[0], signal.SIGSTOP)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    time.sleep(2)
    alive = [w for w in workers if pathlib.Path(f"/proc/{w}/stat").exists() and " Z " not in pathlib.Path(f"/proc/{w}/stat").read_text()]
    assert alive == []


def test_bad_episodes_are_left_out(undisturbed, tmp_path):
    out = tmp_path / "out"
    faults = {"SEEDBED_TEST_FAULT": "abort@3,trap@7,memory@11,hang@15"}
    _, error = seedbed(
        *RUN, "--episodes", EPISODES, "--out", out, "--hang-timeout", 4, expect=75, env={**os.environ, **faults}
    )
    assert "it is tried again" in error
    skipped = [json.loads(line) for line in (out / "meta/seedbed/skipped.jsonl").read_text().splitlines()]
    assert [(s["sim.episode"], s["signal"]) for s in skipped] == [(3, "SIGABRT"), (7, "SIGILL"), (11, "memory"), (15, "hang")]
    assert all(s["kind"] == "quarantined" and s["sim.seed"] == 5 and s["draw.expert/speed"] > 0 for s in skipped)
    is_valid(out)
    kept = pq.read_table(out / "meta/episodes").to_pylist()
    assert [e["sim.episode"] for e in kept] == [k for k in range(EPISODES) if k not in (3, 7, 11, 15)]
    whole = {json.loads(line)["fingerprint"] for line in undisturbed[pathlib.Path("meta/seedbed/episodes.jsonl")].splitlines()}
    ours = {json.loads(line)["fingerprint"] for line in (out / "meta/seedbed/episodes.jsonl").read_text().splitlines()}
    assert ours < whole and len(whole - ours) == 4
    seedbed("verify", out, "--episodes", 6)


def test_defects_are_rejected_with_their_reason(tmp_path):
    out = tmp_path / "out"
    kinds = {"nan": "nonFinite", "frozen-joint": "frozenJoint", "time-gap": "timeGap", "jerk": "jerk",
             "missing-frames": "missingFrames", "velocity": "velocity", "black": "black", "frozen-picture": "frozenPicture"}
    plan = ",".join(f"{kind}@{k}" for k, kind in enumerate(kinds))
    seedbed(
        "generate", SCENE, "--seed", 5, "--episodes", 10, "--keep", "passed", "--out", out,
        env={**os.environ, "SEEDBED_TEST_FAULT": plan},
    )
    skipped = [json.loads(line) for line in (out / "meta/seedbed/skipped.jsonl").read_text().splitlines()]
    assert [s["sim.episode"] for s in skipped] == list(range(8))
    for record, gate in zip(skipped, kinds.values()):
        assert gate in record["gates.failed"].split(","), record
        assert gate in record["reason"], record
    report = json.loads((out / "meta/seedbed/report.json").read_text())
    assert report["totals"]["kept"] == 2 and report["totals"]["tried"] == 10
    assert (out / "meta/seedbed/plots/outcomes.png").read_bytes().startswith(b"\x89PNG")


def test_a_full_disk_loses_nothing(undisturbed, tmp_path):
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    disk = tmp_path / "disk"
    disk.mkdir()
    sizes = [300, 1500, 2600, 3600, 4400, 5200]
    for size in sizes:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(disk)], capture_output=True)
        if mounted.returncode != 0:
            pytest.skip("no small disk can be mounted here")
        try:
            run = start(*RUN, "--episodes", EPISODES, "--out", disk / "out")
            _, error = run.communicate(timeout=300)
            assert run.returncode == 73, error
            assert len([line for line in error.splitlines() if "error:" in line]) == 1 and "No space left" in error
            if (disk / "out/meta/info.json").exists():
                is_valid(disk / "out")
            subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
            seedbed(*RUN, "--episodes", EPISODES, "--out", disk / "out", "--resume")
            assert files(disk / "out") == undisturbed
        finally:
            subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("most", [9, 11, 13, 15, 17, 19, 22, 25, 30, 35, 40])
def test_too_few_descriptors_is_said(tmp_path, most):
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    run = start(*RUN, "--episodes", 4, "--out", tmp_path / "out", preexec_fn=limit)
    _, error = run.communicate(timeout=60)
    assert run.returncode in (71, 73) and error.count("error:") == 1 and not (tmp_path / "out").exists(), error


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_stops_after_the_current_episodes(undisturbed, tmp_path, number, code):
    out = tmp_path / "out"
    run = start(*RUN, "--episodes", 10000, "--out", out)
    time.sleep(3)
    before = time.monotonic()
    run.send_signal(number)
    _, error = run.communicate(timeout=30)
    assert run.returncode == code, error
    assert time.monotonic() - before < 10
    is_valid(out)
    if number == signal.SIGINT:
        done = json.loads((out / "meta/info.json").read_text())["total_episodes"]
        seedbed(*RUN, "--episodes", max(EPISODES, done), "--out", out, "--resume")
        if done <= EPISODES:
            assert files(out) == undisturbed


def test_two_signals_stop_at_once(tmp_path):
    run = start(*RUN, "--episodes", 10000, "--out", tmp_path / "out")
    time.sleep(2)
    run.send_signal(signal.SIGINT)
    time.sleep(0.05)
    before = time.monotonic()
    run.send_signal(signal.SIGINT)
    assert run.wait(timeout=5) == 130
    assert time.monotonic() - before < 1


def test_one_of_many_starts_wins(undisturbed, tmp_path):
    out = tmp_path / "out"
    runs = [start(*RUN, "--episodes", EPISODES, "--out", out) for _ in range(20)]
    errors = [run.communicate(timeout=300)[1] for run in runs]
    assert sorted(run.returncode for run in runs) == [0] + [73] * 19
    winner = next(run for run in runs if run.returncode == 0)
    assert sum(f"process {winner.pid}" in error for error in errors) >= 1
    assert files(out) == undisturbed


def test_shards_merge_into_the_run(undisturbed, tmp_path):
    for k in range(3):
        seedbed(*RUN, "--episodes", EPISODES, "--shard", f"{k}/3", "--out", tmp_path / str(k))
    out, _ = seedbed("merge", tmp_path / "2", tmp_path / "0", tmp_path / "1", "--out", tmp_path / "whole")
    assert files(tmp_path / "whole") == undisturbed
    _, error = seedbed("merge", tmp_path / "0", tmp_path / "2", "--out", tmp_path / "part", expect=65)
    assert "shard 1 of 3 is missing" in error and not (tmp_path / "part").exists()
    environment = {**os.environ, "SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_COUNT": "3"}
    seedbed(*RUN, "--episodes", EPISODES, "--shard", "auto", "--out", tmp_path / "auto", env=environment)
    assert files(tmp_path / "auto") == files(tmp_path / "1")


def test_a_shard_without_a_kept_episode_is_merged(tmp_path):
    environment = {**os.environ, "SEEDBED_TEST_FAULT": "jerk@1"}
    short = [*RUN, "--set", "task.pickAndPlace.within=1.5", "--keep", "passed", "--episodes", 3]
    seedbed(*short, "--out", tmp_path / "whole", env=environment)
    for k in range(3):
        seedbed(*short, "--shard", f"{k}/3", "--out", tmp_path / str(k), env=environment)
    seedbed(*short, "--shard", "1/3", "--out", tmp_path / "1", "--resume", env=environment)
    seedbed("merge", *(tmp_path / str(k) for k in range(3)), "--out", tmp_path / "merged")
    assert files(tmp_path / "merged") == files(tmp_path / "whole")


def test_a_copy_that_followed_links_goes_on_and_notes_stay(undisturbed, tmp_path):
    run = start(*RUN, "--episodes", EPISODES, "--out", tmp_path / "out", start_new_session=True)
    info = tmp_path / "out/meta/info.json"
    while not info.exists():
        # A run this short may end between the two looks.
        assert run.poll() is None or info.exists()
        time.sleep(0.02)
    # With its workers and packer, which would go on moving files for a moment.
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    time.sleep(0.2)
    (tmp_path / "out/meta/my.txt").write_text("mine")
    subprocess.run(["cp", "-rL", str(tmp_path / "out"), str(tmp_path / "copy")], check=True)
    for folder in (tmp_path / "out", tmp_path / "copy"):
        seedbed(*RUN, "--episodes", EPISODES, "--out", folder, "--resume")
        assert (folder / "meta/my.txt").read_text() == "mine"
        (folder / "meta/my.txt").unlink()
        found = files(folder)
        assert {path: found[path] for path in undisturbed} == undisturbed


def test_a_finished_dataset_is_extended(undisturbed, tmp_path):
    out = tmp_path / "out"
    seedbed(*RUN, "--episodes", 11, "--out", out)
    seedbed(*RUN, "--episodes", EPISODES, "--out", out)
    assert files(out) == undisturbed
    seedbed(*RUN, "--episodes", EPISODES, "--out", out, expect=73)
    seedbed(*RUN, "--episodes", EPISODES, "--out", out, "--resume")
    assert files(out) == undisturbed


@pytest.mark.parametrize(
    "change, said",
    [
        (["--seed", "6"], "--seed was 5, and now is 6"),
        (["--keep", "passed"], "--keep was all"),
        (["--gate", "jerk=400"], "--gate was"),
        (["--set", "task.pickAndPlace.within=12"], "--set was"),
    ],
)
def test_a_changed_request_is_refused(tmp_path, change, said):
    out = tmp_path / "out"
    seedbed(*RUN, "--episodes", 3, "--out", out)
    before = files(out)
    _, error = seedbed(*RUN, "--episodes", 5, "--out", out, "--resume", *change, expect=65)
    assert said in error
    assert files(out) == before


def test_successes_are_the_first_ones_by_number(tmp_path):
    hard = ["--set", "task.pickAndPlace.within={uniform: [5, 7]}", "--successes", 6, "--keep", "successes", "--keep", "failures=timeout:2"]
    for workers in (1, 3):
        seedbed(*RUN[:-2], "--workers", workers, *hard, "--out", tmp_path / str(workers))
    assert files(tmp_path / "1") == files(tmp_path / "3")
    kept = pq.read_table(tmp_path / "1/meta/episodes").to_pylist()
    assert sum(e["success"] for e in kept) == 6 and kept[-1]["success"]
    assert sum(not e["success"] for e in kept) <= 2
