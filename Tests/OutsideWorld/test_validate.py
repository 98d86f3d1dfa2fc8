"""`seedbed validate` finds every damage, and nothing where there is none."""

import json
import os
import pathlib
import shutil
import subprocess

import pyarrow as pa
import pytest

import damages
import damage_tools as tools
import foreign_dataset
from conftest import PROGRAM, seedbed

REAL = pathlib.Path(os.environ.get("SEEDBED_REAL_DATA", "/work/shared/data/real"))


def validate(root, *options):
    """Exit code and report; a crash, a hang or a silent failure is a failure of the test."""
    done = subprocess.run(
        [str(PROGRAM), "validate", str(root), "--json", *options], capture_output=True, text=True, timeout=60)
    assert done.returncode in (0, 65), f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    report = json.loads(done.stdout)
    assert (done.returncode == 65) == (report["errors"] > 0)
    return report


def errors(report):
    return [f for f in report["findings"] if f["severity"] == "error"]


@pytest.fixture(scope="session")
def bases(tmp_path_factory):
    root = tmp_path_factory.mktemp("bases")
    return {
        "one": foreign_dataset.write(root / "one"),
        "several": foreign_dataset.write(root / "several", per_file=2),
        "v2.1": foreign_dataset.write(root / "v21", "v2.1"),
    }


@pytest.mark.parametrize("base", ["one", "several", "v2.1"])
def test_what_others_wrote_is_clean(bases, base):
    report = validate(bases[base])
    assert report["findings"] == []
    assert (report["episodes"], report["frames"]) == (5, 130)
    assert report["pictures_decoded"] == 260
    assert report["video_files"] == {"one": 2, "several": 6, "v2.1": 10}[base]


def test_what_we_grow_is_clean(dataset, tmp_path):
    assert validate(dataset, "--require-origin", "sim")["findings"] == []
    bare = tmp_path / "bare"
    seedbed("generate", "Scenes/pick-place.yaml", "--episodes", 2, "--seed", 5, "--state-only", "--out", bare)
    assert validate(bare)["findings"] == []


@pytest.mark.skipif(not REAL.is_dir(), reason="no real recordings here")
@pytest.mark.parametrize("name", ["g1_bottle_v21", "g1_bottle_v30"])
def test_real_recordings_have_no_errors(name):
    report = validate(REAL / name)
    assert errors(report) == []
    assert report["frames"] == 765


CASES = (
    [("one", name) for name in damages.KNOWN] + [("several", name) for name in damages.TABLES]
    + [("v2.1", name) for name in damages.LINES])


@pytest.mark.parametrize("base, name", CASES, ids=[f"{b}: {n}" for b, n in CASES])
def test_every_damage_is_found(bases, tmp_path, base, name):
    root = tmp_path / "broken"
    shutil.copytree(bases[base], root)
    {"one": damages.KNOWN, "several": damages.TABLES, "v2.1": damages.LINES}[base][name](root)
    found = errors(validate(root))
    assert found, name
    for finding in found:
        assert finding["message"].rstrip().endswith(".") and finding["file"]
        assert finding["remedy"] or "more findings" in finding["message"]


def test_there_are_enough_damages():
    assert len(damages.KNOWN) == 53
    assert len(damages.TABLES) + len(damages.LINES) >= 54


def test_a_finding_names_file_episode_feature_and_value(bases, tmp_path):
    root = tmp_path / "broken"
    shutil.copytree(bases["several"], root)
    tools.column(damages.D1, "action", tools.at(3, [tools.NAN] * 7))(root)
    (finding,) = [f for f in errors(validate(root)) if f["rule"] == "not-finite"]
    assert (finding["file"], finding["episode"], finding["feature"]) == (damages.D1, 2, "action")
    assert "frame 3" in finding["message"] and "nan" in finding["message"]


def test_all_findings_come_at_once(bases, tmp_path):
    root = tmp_path / "broken"
    shutil.copytree(bases["several"], root)
    for damage in [
        tools.info(lambda d: d.update(total_frames=7)), tools.column(damages.D, "timestamp", lambda v: [x + 1 for x in v]),
        tools.remove(damages.VW), tools.stats(lambda d: d["action"].update(mean=[5.0] * 7)),
    ]:
        damage(root)
    rules = {f["rule"] for f in errors(validate(root))}
    assert {"count", "timestamp", "video-missing", "statistics"} <= rules


def test_origins_can_be_required(bases, dataset):
    assert errors(validate(dataset, "--require-origin", "real"))
    assert errors(validate(bases["one"], "--require-origin", "sim"))


SEALED = {
    "actions shifted in time": tools.column(damages.D, "action", lambda v: v[1:20] + v[:1] + v[20:]),
    "a picture lost and another twice": tools.reencode(damages.V, lambda f: f[:30] + f[31:] + f[-1:]),
    "pictures backwards": tools.reencode(damages.V, lambda f: f[::-1]),
}


@pytest.mark.parametrize("name", SEALED)
def test_seals_tell_what_statistics_cannot(dataset, tmp_path, name):
    root = tmp_path / "broken"
    shutil.copytree(dataset, root)
    SEALED[name](root)
    assert any(f["rule"] == "seal" for f in errors(validate(root)))


def test_no_dataset_is_bad_input(tmp_path):
    for path in [tmp_path / "none", tmp_path]:
        done = subprocess.run([str(PROGRAM), "validate", str(path)], capture_output=True, text=True, timeout=60)
        assert done.returncode == 65 and str(path) in done.stdout + done.stderr


def test_the_last_line_counts(bases):
    out, _ = seedbed("validate", bases["one"])
    assert out.splitlines()[-1].startswith("ok: 0 errors, 0 warnings, ")
    assert "v3.0, 5 episodes, 130 frames, 2 video files" in out


def test_a_null_names_its_episode(tmp_path):
    root = foreign_dataset.write(tmp_path / "null")
    def edit(t):
        at = t.column_names.index("length")
        return t.set_column(at, "length", pa.array([None if k == 2 else v for k, v in enumerate(t["length"].to_pylist())]))
    tools.table("meta/episodes/chunk-000/file-000.parquet", edit)(root)
    found = [f for f in errors(validate(root)) if f["rule"] == "episode-value"]
    assert [f["episode"] for f in found] == [2]


@pytest.mark.parametrize("name", ["meta/info.json", "meta/tasks.parquet", "data/chunk-000/file-000.parquet"])
def test_a_pipe_is_not_waited_for(tmp_path, name):
    root = foreign_dataset.write(tmp_path / "piped")
    (root / name).unlink()
    os.mkfifo(root / name)
    for command in "validate", "query":
        done = subprocess.run([PROGRAM, command, root], capture_output=True, text=True, timeout=20)
        assert done.returncode == 65 or (command == "query" and name != "meta/info.json"), done.stderr
