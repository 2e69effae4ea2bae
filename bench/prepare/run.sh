#!/usr/bin/env bash
# Measures kubeprep prepare on a fleet of ten nodes against ten parallel logins in the same run, and the controller's memory on fifty.
# Needs root on Debian and what tests/lab needs.
# usage: bench/prepare/run.sh [PATH-TO-KUBEPREP]    (default bin/cli/kubeprep, built if it is missing)
# ROUNDS is how often each measure is taken (default 15).
set -euo pipefail
# shellcheck source=bench/fleet.sh
. "$(dirname "$0")/../fleet.sh"

run() {
    "$kubeprep" prepare "${connection[@]}" --skip-step Packages "$@" >"$scratch/output" 2>&1
}

# what a first run writes, away again
unprepare() {
    each 'rm -f /etc/sysctl.d/99-zz-kubeprep.conf /etc/systemd/journald.conf.d/95-kubeprep.conf; echo 0 >/proc/sys/net/ipv4/ip_forward
        systemctl restart systemd-journald' "$@"
}

# the most memory that the command line and all its ssh processes have at a time, in kilobytes; shared pages are counted once
peak_memory() {
    setsid "$kubeprep" check "${connection[@]}" --throttle-limit 50 "$@" >/dev/null 2>&1 &
    local process=$! peak=0 now
    while kill -0 "$process" 2>/dev/null; do
        now=$(pgrep -f "$kubeprep check|^ssh .*$scratch" | while read -r id; do
            awk '/^Pss:/ {print $2}' "/proc/$id/smaps_rollup" 2>/dev/null || :
        done | awk '{sum += $1} END {print sum + 0}')
        peak=$((now > peak ? now : peak))
    done
    wait "$process" || :
    echo "$peak"
}

echo "Starting ten nodes"
"$root/tests/lab/fleet.sh" reset 401-410 >/dev/null
mapfile -t ten < <(addresses 401 410)
run "${ten[@]}"

for ((round = 1; round <= rounds; round++)); do
    milliseconds log_in "${ten[@]}" >>"$scratch/floor"
    milliseconds run "${ten[@]}" >>"$scratch/nothing"
    unprepare "${ten[@]}"
    milliseconds run "${ten[@]}" >>"$scratch/first"
done

floor=$(median "$scratch/floor")
nothing=$(median "$scratch/nothing")
first=$(median "$scratch/first")

echo "Starting forty more"
"$root/tests/lab/fleet.sh" up 411-450 >/dev/null
mapfile -t fifty < <(addresses 401 450)
memory=$(peak_memory "${fifty[@]}")

print_header
print_row 'ten parallel logins (the floor)' "$floor" 1
print_row 'prepare, ten nodes, nothing to do' "$nothing" "$(ratio "$nothing" "$floor")" 1.5
print_row 'prepare, ten nodes, first run, no packages' "$first" "$(ratio "$first" "$floor")" 4
printf '%-46s %5s KiB a node, %s of them ssh and all\n' 'memory here, fifty nodes at once' "$((memory / 50))" "$((memory / 1024)) MiB"

awk -v nothing="$nothing" -v first="$first" -v floor="$floor" 'BEGIN {exit !(nothing <= 1.5 * floor && first <= 4 * floor)}'
