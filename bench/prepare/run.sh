#!/usr/bin/env bash
# Measures kubeprep prepare on a fleet of ten nodes against ten parallel logins and against Ansible in the same run, and the controller's
# memory on fifty. Needs root on Debian and what tests/lab needs; without ansible-playbook that comparison is left out.
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

# Ansible needs Python on its nodes, which those of the lab have not; it comes from this machine's Debian
give_python() {
    local packages address
    packages=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances python3 |
        grep -E '^(lib)?python3|^libexpat1$|^media-types$' | sort -u)
    mkdir "$scratch/python"
    # shellcheck disable=SC2086 # one argument a package
    (cd "$scratch/python" && apt-get download -qq -o APT::Sandbox::User=root $packages)
    for address; do
        tar -C "$scratch/python" -cf - . | ssh -q -i "$lab/id" -o UserKnownHostsFile="$scratch/known_hosts" "root@$address" \
            'mkdir /root/python && tar -C /root/python -xf - && dpkg --force-depends --install /root/python/*.deb >/dev/null 2>&1; python3 --version >/dev/null' &
    done
    wait
}

# with what makes it fastest: pipelining, a fork a node, and connections that stay open
run_playbook() {
    ANSIBLE_PIPELINING=1 ANSIBLE_FORKS=$# ANSIBLE_HOST_KEY_CHECKING=1 ansible-playbook --inventory "$(printf '%s,' "$@")" --user root \
        --private-key "$lab/id" --ssh-common-args "-o UserKnownHostsFile=$scratch/known_hosts" \
        "$root/bench/prepare/playbook.yml" >"$scratch/output" 2>&1
}

compare_with_ansible() {
    local round
    give_python "$@"
    for ((round = 1; round <= 3; round++)); do
        unprepare "$@"
        milliseconds run_playbook "$@" >>"$scratch/ansible-first"
        milliseconds run_playbook "$@" >>"$scratch/ansible-nothing"
        unprepare "$@"
        milliseconds run "$@" >>"$scratch/our-first"
        milliseconds run "$@" >>"$scratch/our-nothing"
    done
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

if command -v ansible-playbook >/dev/null; then
    echo "Comparing with $(ansible-playbook --version | sed -n 1p)"
    compare_with_ansible "${ten[@]}"
fi

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

# prints how long a playbook takes against prepare in turn with it: print_ansible NAME FILE-SUFFIX
print_ansible() {
    local theirs ours
    theirs=$(median "$scratch/ansible-$2")
    ours=$(median "$scratch/our-$2")
    printf '%-46s %5s ms  %s times prepare, in turn %s ms\n' "$1" "$theirs" "$(ratio "$theirs" "$ours")" "$ours"
}

if [ -e "$scratch/ansible-first" ]; then
    print_ansible 'ansible-playbook, ten nodes, nothing to do' nothing
    print_ansible 'ansible-playbook, ten nodes, first run' first
fi

awk -v nothing="$nothing" -v first="$first" -v floor="$floor" 'BEGIN {exit !(nothing <= 1.5 * floor && first <= 4 * floor)}'
