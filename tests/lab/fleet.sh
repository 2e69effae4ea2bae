#!/usr/bin/env bash
# The fleet: Debian nodes on one machine, each with its own systemd, sshd, name, address, machine-id and host key, in namespaces of
# its own over one root file system. Modules, swap, the clock and sysctls outside of the network are the machine's, as in a container.
#
#   fleet.sh image            build the root file system and the repository, if they are not there
#   fleet.sh up N...          start nodes, and wait until they are ready; one that runs is left alone
#   fleet.sh reset N...       start nodes afresh, with nothing on them
#   fleet.sh list             the nodes: index, name, address, IPv6 address, directory, whether it runs
#   fleet.sh ssh N [CMD...]   a shell or a command on a node, as root
#   fleet.sh stop N...        power nodes off at once; 'up' starts them again with what they had on disk
#   fleet.sh freeze N...      stop nodes' sshd, and every session of it, without ending them; thaw lets them go on
#   fleet.sh cut N...         lose every packet from and to nodes; mend ends that
#   fleet.sh disk N SIZE      limit what a node can write, as 64M
#   fleet.sh down [N...]      remove nodes; without any named, all of them, and the network
#   fleet.sh tidy             remove the network, if no node and no machine is on it
#   fleet.sh tools            the programs the lab needs, and their Debian packages
#
# N is an index or a range, as 1-3; 'up 1-3' starts 10.77.0.11, 10.77.0.12 and 10.77.0.13.
set -euo pipefail
# shellcheck source=tests/lab/lab.sh
. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

FLEET=$LAB/fleet
KIND=Node
# seconds to boot in; a node takes one where nothing else runs
PATIENCE=300
# a node keeps in memory what it writes
DISK_SIZE=1500M

address() {
    say "10.77.$(($1 / 200)).$((10 + $1 % 200))"
}

address6() {
    printf 'fd4b:7565:6265::1:%x\n' "$1"
}

hardware_address() {
    printf '02:77:00:00:%02x:%02x\n' $(($1 / 256)) $(($1 % 256))
}

directory() {
    say "$FLEET/$1"
}

link() {
    say "kpv$1"
}

# --- control groups: what a node is made of, and how it ends as a whole ---------------------------------------------------------

# the unified hierarchy, wherever this machine has it mounted; one of our own where there is none
hierarchy() {
    local mounted
    mounted=$(findmnt --noheadings --first-only --types cgroup2 --output TARGET) && say "$mounted" && return
    install -d "$LAB/cgroup"
    mount -t cgroup2 cgroup2 "$LAB/cgroup"
    say "$LAB/cgroup"
}

group() {
    say "$HIERARCHY/kubeprep/$1"
}

runs() {
    grep -qsx 'populated 1' "$(group "$1")/cgroup.events"
}

is_off() {
    ! runs "$1"
}

processes() {
    find "$(group "$1")" -name cgroup.procs -exec cat {} + 2>/dev/null
}

end_processes() {
    local group
    group=$(group "$1")
    [ -d "$group" ] || return 0
    echo 1 >"$group/cgroup.kill"
    wait_for 20 is_off "$1" || fail "Node $1 does not end."
    find "$group" -depth -type d -exec rmdir {} +
}

# --- starting -------------------------------------------------------------------------------------------------------------------

start_node() {
    runs "$1" && return
    end_processes "$1"
    make_identity "$(directory "$1")" "node$1" "$(address "$1"),$(address6 "$1")"
    mount_root "$1"
    boot "$1"
}

# what is written goes to memory, and what is not changed is shared
mount_root() {
    local directory
    directory=$(directory "$1")
    mountpoint -q "$directory/root" && return
    install -d "$directory/disk" "$directory/root"
    mount -t tmpfs -o "size=$DISK_SIZE,mode=755" kubeprep-lab "$directory/disk"
    install -d "$directory/disk/upper" "$directory/disk/work"
    mount -t overlay -o "lowerdir=$BASE,upperdir=$directory/disk/upper,workdir=$directory/disk/work" kubeprep-lab "$directory/root"
    furnish "$1" "$directory/root"
}

furnish() {
    local root=$2 directory
    directory=$(directory "$1")
    cp "$directory/name" "$root/etc/hostname"
    hosts_file "$(cat "$directory/name")" >"$root/etc/hosts"
    tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
    install -m 600 "$directory/host_key" "$root/etc/ssh/ssh_host_ed25519_key"
    install -m 644 "$directory/host_key.pub" "$root/etc/ssh/ssh_host_ed25519_key.pub"
}

boot() {
    local directory group
    directory=$(directory "$1")
    group=$(group "$1")
    mkdir -p "$group"
    # the swap that a container sees is its host's; a test may write some here
    printf 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n' >"$directory/swaps"
    enter "$1" "$directory" "$group" </dev/null >"$directory/log" 2>&1 7</proc/self/ns/net &
    wait_for 30 runs "$1" || fail "Node $1 does not start; see $directory/log."
    pin_neighbour "$(hardware_address "$1")" "$(address "$1")" "$(address6 "$1")"
}

enter() {
    echo "$BASHPID" >"$3/cgroup.procs"
    exec setsid unshare --net --mount --pid --uts --ipc --cgroup --fork "$here/node.sh" "$1" "$(cat "$2/name")" "$2/root" \
        "$(link "$1")" "$BRIDGE" "$(hardware_address "$1")" "$(address "$1")/16" "$(address6 "$1")/64" "$2/swaps"
}

up() {
    "$here/image.sh" base >&2 # standard output is the list of nodes
    network_up
    in_parallel start "$@"
    wait_until_ready "$@"
    describe "$@"
}

start() {
    locked "node$1" start_node "$1"
}

# --- stopping -------------------------------------------------------------------------------------------------------------------

stop() {
    end_processes "$1"
    forget_neighbour "$(address "$1")" "$(address6 "$1")"
}

erase() {
    stop "$1"
    local directory
    directory=$(directory "$1")
    ! mountpoint -q "$directory/root" || umount -l "$directory/root"
    ! mountpoint -q "$directory/disk" || umount -l "$directory/disk"
}

remove() {
    erase "$1"
    rm -rf --one-file-system "$(directory "$1")"
}

lock_and() {
    locked "node$2" "$1" "$2"
}

remove_locked() {
    lock_and remove "$1"
}

erase_locked() {
    lock_and erase "$1"
}

known() {
    [ ! -d "$FLEET" ] || find "$FLEET" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort --numeric-sort
}

# the network stays when only some go, because others may be about to use it
down() {
    # shellcheck disable=SC2046 # one argument an index
    if [ $# -gt 0 ]; then
        in_parallel remove_locked $(indices "$@")
    else
        in_parallel remove_locked $(known)
        network_down
    fi
}

# --- faults ---------------------------------------------------------------------------------------------------------------------

signal_sshd() {
    local signal=$1 process
    for process in $(processes "$2"); do
        [ "$(cat "/proc/$process/comm" 2>/dev/null)" != sshd ] || kill -s "$signal" "$process"
    done
}

freeze() {
    signal_sshd STOP "$1"
}

thaw() {
    signal_sshd CONT "$1"
}

cut_link() {
    ip link set "$(link "$1")" down
}

mend_link() {
    ip link set "$(link "$1")" up
}

limit_disk() {
    mount -o "remount,size=$2" "$(directory "$1")/disk"
}

# --- commands -------------------------------------------------------------------------------------------------------------------

run() {
    local command=$1
    shift
    # shellcheck disable=SC2046 # one argument an index
    case $command in
        up) up $(indices "$@") ;;
        reset) in_parallel erase_locked $(indices "$@") && up $(indices "$@") ;;
        list) describe $(known) ;;
        stop) each stop $(indices "$@") ;;
        freeze) each freeze $(indices "$@") ;;
        thaw) each thaw $(indices "$@") ;;
        cut) each cut_link $(indices "$@") ;;
        mend) each mend_link $(indices "$@") ;;
        disk) limit_disk "$1" "$2" ;;
        ssh) ssh_to "$(directory "$1")" "$(address "$1")" "${@:2}" ;;
        down) down "$@" ;;
        tidy) network_down ;;
    esac
}

case ${1:-} in
    image) "$here/image.sh" base ;;
    tools) tools ;;
    up | reset | stop | freeze | thaw | cut | mend | ssh) [ $# -gt 1 ] || fail "Which node?"; require; HIERARCHY=$(hierarchy); run "$@" ;;
    disk) [ $# -eq 3 ] || fail "Which node, and what size?"; require; HIERARCHY=$(hierarchy); run "$@" ;;
    list | down | tidy) require; HIERARCHY=$(hierarchy); run "$@" ;;
    *) sed -n '2,/^set /s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
