#!/usr/bin/env bash
# Measures kubeprep prepare on a fleet of ten nodes against ten parallel logins in the same run, and the controller's memory on fifty.
# Needs root on Debian and what tests/lab needs.
# usage: bench/prepare/run.sh [PATH-TO-KUBEPREP]    (default bin/cli/kubeprep, built if it is missing)
# ROUNDS is how often each measure is taken (default 15).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
lab=${KUBEPREP_LAB:-/var/tmp/kubeprep-lab}
rounds=${ROUNDS:-15}
# beyond those that the tests take
nodes=401-410
more_nodes=411-450

kubeprep=${1:-$root/bin/cli/kubeprep}
if [ $# -eq 0 ] && [ ! -x "$kubeprep" ]; then
    "$root/build.sh" build
elif [ ! -x "$kubeprep" ]; then
    printf "There is no program '%s'.\nusage: bench/prepare/run.sh [PATH-TO-KUBEPREP]\n" "$kubeprep" >&2
    exit 2
fi

scratch=$(mktemp --directory --tmpdir kubeprep-bench.XXXXXX)
trap '"$root/tests/lab/fleet.sh" down 401-450 >/dev/null 2>&1; rm -rf "$scratch"' EXIT

addresses() {
    "$root/tests/lab/fleet.sh" list | awk -v first="$1" -v last="$2" '$1 >= first && $1 <= last {print $3}'
}

# the floor: what nobody can do without
log_in() {
    local address
    for address in "$@"; do
        ssh -q -i "$lab/id" -o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile="$scratch/known_hosts" "root@$address" true &
    done
    wait
}

run() {
    local command=$1
    shift
    "$kubeprep" "$command" --user root --key-file "$lab/id" --known-hosts "$scratch/known_hosts" --host-key-policy accept-new \
        --skip-step Packages "$@" >"$scratch/output" 2>&1
}

# what a first run writes, away again
unprepare() {
    local address
    for address in "$@"; do
        ssh -q -i "$lab/id" -o BatchMode=yes -o UserKnownHostsFile="$scratch/known_hosts" "root@$address" \
            'rm -f /etc/sysctl.d/99-zz-kubeprep.conf /etc/systemd/journald.conf.d/95-kubeprep.conf; echo 0 >/proc/sys/net/ipv4/ip_forward
             systemctl restart systemd-journald' &
    done
    wait
}

# prints the milliseconds that a command takes
milliseconds() {
    local begin end
    begin=$(date +%s%N)
    "$@"
    end=$(date +%s%N)
    echo $(((end - begin) / 1000000))
}

median() {
    sort -n "$1" | awk '{values[NR] = $1} END {print values[int((NR + 1) / 2)]}'
}

ratio() {
    awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", a / b}'
}

# the most memory that the command line and all its ssh processes have at a time, in kilobytes; shared pages are counted once
peak_memory() {
    setsid "$kubeprep" check --user root --key-file "$lab/id" --known-hosts "$scratch/known_hosts" --host-key-policy accept-new \
        --throttle-limit 50 "$@" >/dev/null 2>&1 &
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
"$root/tests/lab/fleet.sh" reset "$nodes" >/dev/null
mapfile -t ten < <(addresses 401 410)
run prepare "${ten[@]}"

for ((round = 1; round <= rounds; round++)); do
    milliseconds log_in "${ten[@]}" >>"$scratch/floor"
    milliseconds run prepare "${ten[@]}" >>"$scratch/nothing"
    unprepare "${ten[@]}"
    milliseconds run prepare "${ten[@]}" >>"$scratch/first"
done

floor=$(median "$scratch/floor")
nothing=$(median "$scratch/nothing")
first=$(median "$scratch/first")

echo "Starting forty more"
"$root/tests/lab/fleet.sh" up "$more_nodes" >/dev/null
mapfile -t fifty < <(addresses 401 450)
memory=$(peak_memory "${fifty[@]}")

printf '\n%-46s %8s  %s\n' Measure Median 'Against the floor'
printf '%-46s %5s ms  %s\n' 'ten parallel logins (the floor)' "$floor" 1
printf '%-46s %5s ms  %s (target 1.5)\n' 'prepare, ten nodes, nothing to do' "$nothing" "$(ratio "$nothing" "$floor")"
printf '%-46s %5s ms  %s (target 4)\n' 'prepare, ten nodes, first run, no packages' "$first" "$(ratio "$first" "$floor")"
printf '%-46s %5s KiB a node, %s of them ssh and all\n' 'memory here, fifty nodes at once' "$((memory / 50))" "$((memory / 1024)) MiB"

awk -v nothing="$nothing" -v first="$first" -v floor="$floor" 'BEGIN {exit !(nothing <= 1.5 * floor && first <= 4 * floor)}'
