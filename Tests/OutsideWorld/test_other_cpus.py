"""The same bytes on other CPUs: glibc told that this CPU lacks features, and who answers libode's calls."""

import os
import re
import subprocess

import pytest
from conftest import seedbed
from test_same_bytes import files

SCENE = "Scenes/pick-place.yaml"
MASKS = [
    "-FMA",
    "-AVX2",
    "-AVX2,-FMA",
    "-AVX512F,-AVX2,-FMA,-AVX",
    "-AVX512F,-AVX2,-FMA,-AVX,-FMA4,-BMI1,-BMI2,-LZCNT,-MOVBE,-POPCNT,-ERMS,-FSRM,-SSE4_2,-SSE4_1,-SSSE3",
]


def masked(mask):
    return {**os.environ, "GLIBC_TUNABLES": f"glibc.cpu.hwcaps={mask}"}


@pytest.mark.parametrize("mask", MASKS)
def test_pictures_and_numbers(dataset, tmp_path, mask):
    out = tmp_path / "masked"
    seedbed("generate", SCENE, "--episodes", 4, "--seed", 20, "--out", out, "--workers", 2, env=masked(mask))
    assert files(out) == files(dataset)


def test_the_masks_mask(tmp_path):
    """The control: without our functions the masks would be seen. A function of libm that we leave alone tells."""
    source = 'import ctypes; f = ctypes.CDLL("libm.so.6").sin; f.restype = ctypes.c_double\n' + (
        "f.argtypes = [ctypes.c_double]; print([f(k * 0.37).hex() for k in range(20000)])"
    )
    plain = subprocess.run(["python3", "-c", source], capture_output=True, check=True).stdout
    other = subprocess.run(["python3", "-c", source], capture_output=True, check=True, env=masked("-AVX2,-FMA")).stdout
    if "fma" not in open("/proc/cpuinfo").read():
        pytest.skip("this CPU has no FMA to be masked")
    assert plain != other


def test_libraries_call_our_functions(tmp_path):
    """What glibc picks by CPU, libode and libx264 get from the program."""
    log = tmp_path / "bindings"
    environment = {**os.environ, "LD_DEBUG": "bindings", "LD_DEBUG_OUTPUT": str(log)}
    seedbed("generate", SCENE, "--episodes", 1, "--seed", 20, "--out", tmp_path / "out", "--workers", 1, env=environment)
    picked = set("acos asin atan2 sincos sin cos tan atan exp exp2 exp2f expf log log2 log2f logf pow powf sinf cosf".split())
    seen = set()
    for part in tmp_path.glob("bindings.*"):
        for source, target, name in re.findall(r"binding file (\S+) \[\d+\] to (\S+) \[\d+\]: normal symbol `(\w+)'", part.read_text()):
            if name in picked and ("libode" in source or "libx264" in source):
                assert target.endswith("seedbed"), (source, name, target)
                seen.add(name)
    assert {"acos", "asin", "atan2", "sincos", "exp2f", "log2f", "pow"} <= seen
