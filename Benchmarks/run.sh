#!/usr/bin/env bash
# CPU seconds and memory an episode of the stock scene, split by stage, each beside the bare work it consists of.
# usage: Benchmarks/run.sh [EPISODES] [SEED]
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --package-path Benchmarks --product EpisodeCost 2>&1 | grep -E 'error|warning: unre|Compiling Ep|complete' || true
exec Benchmarks/.build/release/EpisodeCost Scenes/pick-place.yaml "${1:-12}" "${2:-1}"
