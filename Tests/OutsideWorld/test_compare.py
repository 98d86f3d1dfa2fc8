"""`seedbed compare` names what was changed, first, and finds nothing where nothing was."""

import io
import json
import os
import pathlib
import shutil

import av
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import damage_tools as tools
import foreign_dataset
from conftest import seedbed

REAL = pathlib.Path(os.environ.get("SEEDBED_REAL_DATA", "/work/shared/data/real"))
DATA = "data/chunk-000/file-000.parquet"
EPISODES = "meta/episodes/chunk-000/file-000.parquet"
FRONT = "observation.images.front"


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    return foreign_dataset.write(tmp_path_factory.mktemp("compared") / "base")


def report(real, sim, *options):
    return json.loads(seedbed("compare", real, sim, "--json", *options)[0])


def gaps(feature):
    return {(g["aspect"], g["dimension"]): g for g in feature["gaps"]}


def vectors(name, change):
    """Changes frames x dimensions of a feature; `change` is handed the episodes of the frames too."""
    def edit(t):
        values = np.array(t[name].to_pylist(), float)
        new = change(values.copy(), np.array(t["episode_index"].to_pylist()))
        at = t.column_names.index(name)
        return t.set_column(at, t.schema.field(at), pa.array(new.tolist(), t.schema.field(at).type))
    return tools.table(DATA, edit)


def one(d, change):
    def apply(values, _):
        values[:, d] = change(values[:, d])
        return values
    return apply


def swapped(a, b):
    def apply(values, _):
        values[:, [a, b]] = values[:, [b, a]]
        return values
    return apply


def delayed(n):
    def apply(values, episodes):
        for k in np.unique(episodes):
            at = np.flatnonzero(episodes == k)
            values[at[n:]] = values[at[:-n]].copy()
        return values
    return apply


random = np.random.default_rng(5)
CHANGES = {
    "small shift": (2, lambda v: v + 0.02 * v.std()),
    "shift": (5, lambda v: v + 2 * v.std()),
    "scale": (0, lambda v: 1.03 * v),
    "sign": (3, lambda v: -v),
    "degrees": (6, lambda v: v * 180 / np.pi),
    "noise": (1, lambda v: v + random.normal(0, 0.05, len(v))),
    "smoothed": (4, lambda v: np.convolve(np.pad(v, 2, mode="edge"), np.ones(5) / 5, "valid")),
    "stuck": (2, lambda v: np.full_like(v, v[0])),
}


@pytest.mark.parametrize("feature", ["observation.state", "action"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_dimension_is_named_first(base, tmp_path, feature, change):
    d, function = CHANGES[change]
    sim = tmp_path / "sim"
    shutil.copytree(base, sim)
    vectors(feature, one(d, function))(sim)
    found = report(base, sim)["features"]
    assert (found[0]["feature"], found[0]["dimension"]) == (feature, foreign_dataset.JOINTS[d])
    assert found[0]["gap"] > 0.005 and all(f["gap"] == 0 for f in found[1:])
    text = gaps(found[0])["values", foreign_dataset.JOINTS[d]]["text"]
    hints = {"sign": "sign turned around", "degrees": "degrees and radians", "stuck": "sim stays at"}
    assert hints.get(change, "") in text


@pytest.mark.parametrize("feature", ["observation.state", "action"])
def test_swapped_and_delayed_motion_is_named_first(base, tmp_path, feature):
    for name, change in [("swap", swapped(1, 4)), ("delay", delayed(3)), ("late", delayed(1))]:
        sim = tmp_path / name
        shutil.copytree(base, sim)
        vectors(feature, change)(sim)
        found = report(base, sim)["features"]
        assert found[0]["feature"] == feature and found[0]["gap"] > 0 and all(f["gap"] == 0 for f in found[1:])
        if name == "swap":
            assert found[0]["dimension"] in ("j2.pos", "j5.pos")
            assert "'j5.pos'" in gaps(found[0])["values", "j2.pos"]["text"]
        if name == "delay":
            assert any("later" in g["text"] for g in found[0]["gaps"] if g["aspect"] == "tracking")


def pictures(change):
    def apply(root):
        for path in sorted((root / "videos" / FRONT).rglob("*.mp4")):
            with av.open(str(path)) as movie:
                frames = np.stack([f.to_ndarray(format="rgb24") for f in movie.decode(video=0)])
            foreign_dataset.write_video(path, change(frames.astype(float)).clip(0, 255).round().astype(np.uint8))
    return apply


@pytest.mark.parametrize("aspect, change", [
    ("colours", lambda f: 255 * (f / 255) ** 1.3),
    ("colours", lambda f: f * [1.2, 1, 0.8]),
    ("brightness", lambda f: f + 40),
    ("contrast", lambda f: (f - f.mean()) * 0.4 + f.mean()),
    ("noise", lambda f: f + np.random.default_rng(1).normal(0, 20, f.shape)),
    ("sharpness", lambda f: (f + np.roll(f, 1, 1) + np.roll(f, 1, 2) + np.roll(f, (1, 1), (1, 2))) / 4),
    ("layout", lambda f: f[:, :, ::-1]),
])
def test_a_changed_camera_is_named_first(base, tmp_path, aspect, change):
    sim = tmp_path / "sim"
    shutil.copytree(base, sim)
    pictures(change)(sim)
    found = report(base, sim)["features"]
    assert found[0]["feature"] == FRONT and all(f["gap"] == 0 for f in found[1:])
    by_aspect = {}
    for gap in found[0]["gaps"]:
        by_aspect[gap["aspect"]] = max(by_aspect.get(gap["aspect"], 0), gap["gap"])
    # Brighter pictures have other colours too; what was changed is among the three largest.
    assert aspect in sorted(by_aspect, key=by_aspect.get)[-3:]


def stored(root):
    """Moves a camera's pictures out of the video into the table, as PNG."""
    frames = []
    for path in sorted((root / "videos" / FRONT).rglob("*.mp4")):
        with av.open(str(path)) as movie:
            frames += [f.to_image() for f in movie.decode(video=0)]
    cells = []
    for frame in frames:
        file = io.BytesIO()
        frame.save(file, "PNG")
        cells.append({"bytes": file.getvalue(), "path": "frame.png"})
    tools.table(DATA, lambda t: t.append_column(FRONT, pa.array(cells)))(root)
    tools.info(lambda d: d["features"][FRONT].update(dtype="image"))(root)
    shutil.rmtree(root / "videos" / FRONT)


def test_stored_pictures_compare_with_videos(base, tmp_path):
    sim = tmp_path / "sim"
    shutil.copytree(base, sim)
    stored(sim)
    assert report(sim, sim)["gap"] == 0
    found = report(base, sim)["features"]
    assert found[0]["feature"] == FRONT and all(f["gap"] == 0 for f in found[1:])
    # Two programs' ways from luma and chroma to colours lie between: a level or two of 255.
    colours = [m for g in found[0]["gaps"] if g["aspect"] == "colours" for m in g["measures"]]
    assert max(m["value"] for m in colours if m["unit"] == "levels of 255") < 2


def test_times_and_texts_are_named_first(base, tmp_path):
    changes = {
        "timestamp": tools.column(DATA, "timestamp", lambda v: [t + 0.01 for t in v]),
        "tasks": tools.column(EPISODES, "tasks", lambda v: [["another task"]] + v[1:]),
        "next.done": tools.column(DATA, "next.done", lambda v: [False] * 10 + [True] * (len(v) - 10)),
        "note": tools.column(DATA, "note", lambda v: ["x"] * len(v)),
    }
    for feature, change in changes.items():
        sim = tmp_path / feature
        shutil.copytree(base, sim)
        change(sim)
        found = report(base, sim)["features"]
        assert found[0]["feature"] == feature and all(f["gap"] == 0 for f in found[1:])


def test_a_dataset_beside_itself_has_no_gap(base, dataset, tmp_path):
    older = foreign_dataset.write(tmp_path / "v21", "v2.1")
    pairs = [(base, base), (dataset, dataset)]
    if REAL.is_dir():
        pairs += [(REAL / "g1_bottle_v30", REAL / "g1_bottle_v30"), (REAL / "g1_bottle_v21", REAL / "g1_bottle_v30")]
    for real, sim in pairs:
        found = report(real, sim)
        assert found["gap"] == 0
        measures = [(m["name"], m["value"]) for f in found["features"] for g in f["gaps"] for m in g["measures"]]
        ones = ("overlap", "share of real in sim", "share of sim in real")
        assert all(v == (1 if n in ones else 0) for n, v in measures if not n.endswith((", real", ", sim")))
    assert "'note'" not in str(report(base, older)["notes"])


def test_names_shapes_and_strangers(base, tmp_path):
    sim = tmp_path / "sim"
    shutil.copytree(base, sim)
    order = list(range(6, -1, -1))
    vectors("action", lambda v, _: v[:, order])(sim)
    tools.feature("action", names=[foreign_dataset.JOINTS[i] for i in order])(sim)
    tools.info(lambda d: d["features"].update({"observation.torque": d["features"].pop("note")}))(sim)
    tools.table(DATA, lambda t: t.rename_columns(["observation.torque" if n == "note" else n for n in t.column_names]))(sim)
    found = report(base, sim)
    assert found["gap"] == 0
    notes = "\n".join(found["notes"])
    assert "only real has 'note'" in notes and "only sim has 'observation.torque'" in notes
    assert "'action': the dimensions stand in another order" in notes


def test_the_report_is_written_whole_or_not_at_all(base, dataset, tmp_path):
    out = tmp_path / "report"
    text, _ = seedbed("compare", base, dataset, "--out", out)
    assert "what to change first" in text
    names = sorted(p.name for p in out.iterdir())
    assert {"gaps.png", "report.json", "report.txt", "values-1.png"} <= set(names)
    assert (out / "report.txt").read_text() in text
    again = tmp_path / "again"
    seedbed("compare", base, dataset, "--out", again)
    assert all((again / n).read_bytes() == (out / n).read_bytes() for n in names)
    seedbed("compare", base, dataset, "--out", out, expect=73)
    seedbed("compare", base, dataset, "--out", base / "report", expect=65)
    assert not list(tmp_path.glob("*.part")) and not (base / "report").exists()


def test_damage_is_told(base, tmp_path):
    for name in [DATA, "meta/info.json", EPISODES, f"videos/{FRONT}/chunk-000/file-000.mp4"]:
        sim = tmp_path / name.replace("/", "_")
        shutil.copytree(base, sim)
        path = sim / name
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        _, error = seedbed("compare", base, sim, "--out", tmp_path / "none", expect=65)
        assert name.rsplit("/", 1)[1] in error
        path.unlink()
        _, error = seedbed("compare", sim, base, expect=65)
        assert name.rsplit("/", 1)[1] in error or "episodes" in error
    assert not (tmp_path / "none").exists()
    seedbed("compare", base, tmp_path / "nowhere", expect=65)


@pytest.mark.parametrize("factor, said", [
    (180 / np.pi, "0.01745 (degrees and radians)"), (1000, "0.001 (another unit)"), (100, "0.01 (another unit)"), (7, None),
])
def test_a_unit_is_named_only_where_it_fits(base, tmp_path, factor, said):
    sim = tmp_path / "sim"
    shutil.copytree(base, sim)
    vectors("action", one(2, lambda v: v * factor))(sim)
    out = seedbed("compare", base, sim)[0]
    assert (f"would fit multiplied by {said}" in out) if said else "would fit" not in out


def test_an_outlier_is_no_unit(base, tmp_path):
    sim = tmp_path / "sim"
    shutil.copytree(base, sim)
    vectors("action", one(2, lambda v: np.concatenate([[1e6], v[1:]])))(sim)
    assert "would fit" not in seedbed("compare", base, sim)[0]


@pytest.mark.parametrize("share", [0.1, 1])
def test_missing_numbers_are_called_missing(base, tmp_path, share):
    sim = tmp_path / "sim"
    shutil.copytree(base, sim)
    vectors("action", one(2, lambda v: np.where(np.arange(len(v)) % 10 < 10 * share, np.nan, v)))(sim)
    first = report(base, sim)["features"][0]
    gap = first["gaps"][0]
    assert (first["feature"], gap["aspect"], gap["dimension"]) == ("action", "missing", "j3.pos")
    assert "no finite numbers" in gap["text"] and "does not move" not in seedbed("compare", base, sim)[0]
