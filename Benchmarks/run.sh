#!/usr/bin/env bash
# cost: CPU seconds and memory an episode of the stock scene, split by stage, each beside the bare work it consists of.
# night: two workers beside one, the overhead of supervisor and packing, memory and resume of a long run.
# physics: CPU time of state-only episodes with either arm, by step and part, and how far the two arms are apart.
# usage: Benchmarks/run.sh [cost [EPISODES] [SEED] | physics [EPISODES] [FIRST] | night [EPISODES]]
set -euo pipefail
cd "$(dirname "$0")/.."
build() {
  swift build -c release --package-path Benchmarks --product "$1" 2>&1 | grep -E 'error|warning: unre|complete' || true
}
case "${1:-cost}" in
cost)
  build EpisodeCost
  exec Benchmarks/.build/release/EpisodeCost Scenes/pick-place.yaml "${2:-12}" "${3:-1}"
  ;;
physics)
  build PhysicsCost
  exec Benchmarks/.build/release/PhysicsCost Scenes/pick-place.yaml "${2:-60}" "${3:-0}"
  ;;
night)
  swift build -c release --product seedbed
  build OvernightCost
  exec Benchmarks/.build/release/OvernightCost .build/release/seedbed Scenes/pick-place.yaml "${2:-10000}"
  ;;
*)
  sed -n 2,5p "$0" >&2
  exit 64
  ;;
esac
