#!/usr/bin/env bash
# Measures kubeprep sync-hosts on ten and on fifty nodes of a fleet against two parallel logins a node in the same run.
# Needs root on Debian and what tests/lab needs.
# usage: bench/hosts/run.sh [PATH-TO-KUBEPREP]    (default bin/cli/kubeprep, built if it is missing)
# ROUNDS is how often each measure is taken (default 15).
set -euo pipefail
# shellcheck source=bench/fleet.sh
. "$(dirname "$0")/../fleet.sh"

run() {
    "$kubeprep" sync-hosts "${connection[@]}" --master-node "$1" "$@" >"$scratch/output" 2>&1
}

log_in_twice() {
    log_in "$@"
    log_in "$@"
}

# the hosts files without the map
forget() {
    each 'sed -i "/^# BEGIN KUBEPREP/,/^# END KUBEPREP/d" /etc/hosts' "$@"
}

# prints the factor by which one median exceeds another, a node, where there are five times as many
growth() {
    awk -v ten="$1" -v fifty="$2" 'BEGIN {printf "%.2f", fifty / 5 / ten}'
}

echo "Starting fifty nodes"
"$root/tests/lab/fleet.sh" reset 401-450 >/dev/null
mapfile -t fifty < <(addresses 401 450)
run "${fifty[@]}"

for ((round = 1; round <= rounds; round++)); do
    for count in 10 50; do
        nodes=("${fifty[@]:0:count}")
        milliseconds log_in_twice "${nodes[@]}" >>"$scratch/floor-$count"
        forget "${nodes[@]}"
        milliseconds run "${nodes[@]}" >>"$scratch/sync-$count"
        milliseconds run "${nodes[@]}" >>"$scratch/nothing-$count"
    done
done

print_header
for count in 10 50; do
    floor=$(median "$scratch/floor-$count")
    sync=$(median "$scratch/sync-$count")
    nothing=$(median "$scratch/nothing-$count")
    print_row "two parallel logins each, $count nodes (the floor)" "$floor" 1
    print_row "sync-hosts, $count nodes, every file to be changed" "$sync" "$(ratio "$sync" "$floor")" 2
    print_row "sync-hosts, $count nodes, nothing to do" "$nothing" "$(ratio "$nothing" "$floor")"
    awk -v sync="$sync" -v floor="$floor" 'BEGIN {exit !(sync <= 2 * floor)}' || missed=yes
done

growth=$(growth "$(median "$scratch/sync-10")" "$(median "$scratch/sync-50")")
printf '%-46s %8s  %s (target 1)\n' 'a node of fifty against one of ten' '' "$growth"
[ -z "${missed-}" ] && awk -v growth="$growth" 'BEGIN {exit !(growth <= 1)}'
