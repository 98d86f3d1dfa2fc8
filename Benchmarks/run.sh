#!/usr/bin/env bash
# cost: CPU seconds and memory an episode of the stock scene, split by stage, each beside the bare work it consists of.
# night: two workers beside one, the overhead of supervisor and packing, memory and resume of a long run.
# physics: CPU time of state-only episodes with either arm, by step and part, and how far the two arms are apart.
# peer: beside MuJoCo (its wheel is installed in Benchmarks/.mujoco): time per physics step with one object and with eleven,
# and the load at which a grasp slips.
# mix: `seedbed mix` of a dataset of so many megabytes beside `cp -r` of it, and LeRobot's own merge where it is installed.
# query: a condition of three predicates on the metadata of a million episodes, beside pyarrow.dataset.
# usage: Benchmarks/run.sh [cost [EPISODES] [SEED] | physics [EPISODES] [FIRST] | peer [ROUNDS] | night [EPISODES] | mix DATASET [MEGABYTES] |
#        query [EPISODES]]
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
peer)
  home="$PWD/Benchmarks/.mujoco"
  [ -d "$home" ] || { python3 -m venv "$home" && "$home/bin/pip" install --quiet mujoco==4.0.0; }
  wheel=$(dirname "$("$home/bin/python" -c 'import mujoco; print(mujoco.__file__)')")
  library=$(ls "$wheel"/libmujoco.so.*)
  # A build folder of its own: these flags would make all other products stale.
  swift build -c release --package-path Benchmarks --scratch-path Benchmarks/.build-peer --product PhysicsPeer \
    -Xcc "-I$wheel/include" -Xlinker "$library" -Xlinker -rpath -Xlinker "$wheel" 2>&1 | grep -E 'error|complete'
  for scene in one:1.1 eleven:0.7; do
    Benchmarks/.build-peer/release/PhysicsPeer speed "Benchmarks/Scenes/${scene%:*}.yaml" "${2:-20}" "${scene#*:}"
  done
  Benchmarks/.build-peer/release/PhysicsPeer slip Benchmarks/Scenes/one.yaml
  ;;
night)
  swift build -c release --product seedbed
  build OvernightCost
  exec Benchmarks/.build/release/OvernightCost .build/release/seedbed Scenes/pick-place.yaml "${2:-10000}"
  ;;
mix)
  swift build -c release --product seedbed
  exec python3 Benchmarks/mix_against_copy.py .build/release/seedbed "${2:?a LeRobot v3.0 dataset}" "${3:-600}"
  ;;
query)
  swift build -c release --product seedbed
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  .venv/bin/python Benchmarks/query_cost.py .build/release/seedbed "$folder" "${2:-1000000}"
  ;;
*)
  sed -n 2,10p "$0" >&2
  exit 64
  ;;
esac
