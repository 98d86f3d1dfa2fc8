"""What the outside world says about our files. Needs a built .build/release/seedbed."""

import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build" / "release" / "seedbed"


def seedbed(*arguments, expect=0, cwd=ROOT, env=None):
    """Runs the program; returns its standard output and standard error."""
    done = subprocess.run(
        [str(PROGRAM), *map(str, arguments)], cwd=cwd, env=env, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == expect, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout, done.stderr


@pytest.fixture(scope="session")
def dataset(tmp_path_factory):
    """Four episodes of the stock scene, grown by one worker."""
    out = tmp_path_factory.mktemp("grown") / "dataset"
    seedbed("generate", "Scenes/pick-place.yaml", "--episodes", 4, "--seed", 20, "--out", out, "--workers", 1)
    return out
