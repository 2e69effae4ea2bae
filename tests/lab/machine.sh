#!/usr/bin/env bash
# The machines: Debian under QEMU, each with a kernel of its own, where swap, modules, sysctls, the journal and a reboot are real. They
# stand on the fleet's bridge, so nodes and machines reach each other and the repository. Without hardware acceleration they are emulated.
#
#   machine.sh image            build the disk, if it is not there
#   machine.sh up N...          start machines on a fresh disk, and wait until they are ready; one that runs is left alone
#   machine.sh reset N...       the same for machines that run: whatever was done to them is gone
#   machine.sh list             the machines: index, name, address, IPv6 address, directory, whether it runs
#   machine.sh ssh N [CMD...]   a shell or a command on a machine, as root
#   machine.sh reboot N...      reboot machines, and wait until they are ready again
#   machine.sh stop N...        power machines off at once
#   machine.sh freeze N...      stop machines' processors; thaw lets them go on
#   machine.sh cut N...         lose every packet from and to machines; mend ends that
#   machine.sh down [N...]      remove machines; without any named, all of them, and the network unless nodes are on it
#
# N is an index from 1 to 99 or a range, as 1-2; 'up 1-2' starts 10.77.250.1 and 10.77.250.2.
set -euo pipefail
# shellcheck source=tests/lab/lab.sh
. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

MACHINES=$LAB/machine
DISK=$LAB/disk
EMULATOR=qemu-system-x86_64
KIND=Machine
MEMORY=1024
# seconds to boot in; an emulated machine takes 30 where nothing else runs, and many times that where much does
PATIENCE=600

address() {
    say "10.77.250.$1"
}

address6() {
    printf 'fd4b:7565:6265::2:%x\n' "$1"
}

hardware_address() {
    printf '52:54:00:77:00:%02x\n' "$1"
}

directory() {
    say "$MACHINES/$1"
}

link() {
    say "kpt$1"
}

emulator() {
    cat "$(directory "$1")/pid" 2>/dev/null
}

# the process is known by the directory in its command line: its number alone may belong to another by now
runs() {
    local process
    process=$(emulator "$1") && grep -qsF "$(directory "$1")/identity" "/proc/$process/cmdline"
}

is_off() {
    ! runs "$1"
}

# --- starting -------------------------------------------------------------------------------------------------------------------

start_machine() {
    runs "$1" && return
    local directory
    directory=$(directory "$1")
    make_identity "$directory" "machine$1" "$(address "$1"),$(address6 "$1")"
    pack_identity "$1" "$directory"
    make_link "$1"
    boot "$1" "$directory"
    pin_neighbour "$(hardware_address "$1")" "$(address "$1")" "$(address6 "$1")"
}

# the files that only this machine has; it unpacks them when it boots first
pack_identity() {
    local tree=$2/tree
    rm -rf "$tree"
    install -d "$tree/etc/ssh" "$tree/etc/systemd/network" "$tree/var/lib/systemd/linger"
    cp "$2/name" "$tree/etc/hostname"
    hosts_file "$(cat "$2/name")" >"$tree/etc/hosts"
    install -m 600 "$2/host_key" "$tree/etc/ssh/ssh_host_ed25519_key"
    install -m 644 "$2/host_key.pub" "$tree/etc/ssh/ssh_host_ed25519_key.pub"
    printf '[Match]\nMACAddress=%s\n[Network]\nAddress=%s/16\nAddress=%s/64\n' "$(hardware_address "$1")" "$(address "$1")" \
        "$(address6 "$1")" >"$tree/etc/systemd/network/50-lab.network"
    # root's user manager stays: to start it for a login takes an emulated processor twice as long as the login itself
    : >"$tree/var/lib/systemd/linger/root"
    tar --create --owner=0 --group=0 --directory "$tree" --file "$2/identity" etc var/lib/systemd/linger/root
}

make_link() {
    local link
    link=$(link "$1")
    ip link show "$link" >/dev/null 2>&1 || ip tuntap add "$link" mode tap
    ip link set "$link" master "$BRIDGE" up
}

boot() {
    local accelerator processor
    accelerator=$(cat "$DISK/accelerator")
    # an emulated processor is the quicker the less it can do
    processor=qemu64,svm=off
    [ "$accelerator" != kvm ] || processor=host
    # the disks are snapshots in a file that has no name, so that a machine's end is the end of all it wrote
    TMPDIR=$2 nice -n -10 "$EMULATOR" -accel "$accelerator" -cpu "$processor" -m "$MEMORY" -display none -nodefaults -snapshot \
        -daemonize -pidfile "$2/pid" -serial "file:$2/console" \
        -kernel "$DISK/vmlinuz" -initrd "$DISK/initrd" -append "root=/dev/vda rw console=ttyS0 quiet mitigations=off" \
        -drive "file=$DISK/system.img,if=virtio,format=raw" -drive "file=$DISK/swap.img,if=virtio,format=raw" \
        -fw_cfg "name=opt/kubeprep/identity,file=$2/identity" \
        -netdev "tap,id=lab,ifname=$(link "$1"),script=no,downscript=no" \
        -device "virtio-net-pci,netdev=lab,mac=$(hardware_address "$1"),romfile=" >"$2/log" 2>&1 ||
        fail "Machine $1 does not start; see $2/log."
    go_first "$1"
}

# time goes on for a machine that waits for a processor, so it goes before all else that the tests do. Where the kernel groups processes by
# their session, only the group's niceness counts; a fleet has a session a node, and would leave the machines little.
go_first() {
    local group
    group=/proc/$(emulator "$1")/autogroup
    [ ! -w "$group" ] || echo -10 >"$group" || true
}

boot_id() {
    ssh_to "$(directory "$1")" "$(address "$1")" cat /proc/sys/kernel/random/boot_id </dev/null 2>/dev/null
}

is_silent() {
    ! greets "$(address "$1")" 22
}

# a login is dear on an emulated processor, so it is the greeting that is watched on the way down
reboot() {
    local before
    before=$(boot_id "$1") || fail "Machine $1 does not answer."
    # the connection may end before the command does
    ssh_to "$(directory "$1")" "$(address "$1")" systemctl reboot </dev/null || true
    wait_for "$PATIENCE" is_silent "$1" || fail "Machine $1 does not go down."
    wait_until_ready "$1"
    [ "$(boot_id "$1")" != "$before" ] || fail "Machine $1 has not rebooted."
}

start() {
    locked "machine$1" start_machine "$1"
}

up() {
    "$here/image.sh" disk >&2 # standard output is the list of machines
    network_up
    in_parallel start "$@"
    wait_until_ready "$@"
    describe "$@"
}

# --- stopping -------------------------------------------------------------------------------------------------------------------

stop() {
    local process
    forget_neighbour "$(address "$1")" "$(address6 "$1")"
    ip link delete "$(link "$1")" 2>/dev/null || true
    runs "$1" || return 0
    process=$(emulator "$1")
    kill -KILL "$process"
    wait_for 20 is_off "$1" || fail "Machine $1 does not end."
}

remove() {
    locked "machine$1" stop "$1"
    rm -rf --one-file-system "$(directory "$1")"
}

known() {
    [ ! -d "$MACHINES" ] || find "$MACHINES" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort --numeric-sort
}

# the network stays when only some go, because others may be about to use it
down() {
    # shellcheck disable=SC2046 # one argument an index
    if [ $# -gt 0 ]; then
        each remove $(indices "$@")
    else
        each remove $(known)
        network_down
    fi
}

# --- faults ---------------------------------------------------------------------------------------------------------------------

freeze() {
    kill -STOP "$(emulator "$1")"
}

thaw() {
    kill -CONT "$(emulator "$1")"
}

cut_link() {
    ip link set "$(link "$1")" down
}

mend_link() {
    ip link set "$(link "$1")" up
}

# --- commands -------------------------------------------------------------------------------------------------------------------

run() {
    local command=$1
    shift
    # shellcheck disable=SC2046 # one argument an index
    case $command in
        up) up $(indices "$@") ;;
        reset) each stop $(indices "$@") && up $(indices "$@") ;;
        list) describe $(known) ;;
        reboot) in_parallel reboot $(indices "$@") ;;
        stop) each stop $(indices "$@") ;;
        freeze) each freeze $(indices "$@") ;;
        thaw) each thaw $(indices "$@") ;;
        cut) each cut_link $(indices "$@") ;;
        mend) each mend_link $(indices "$@") ;;
        ssh) ssh_to "$(directory "$1")" "$(address "$1")" "${@:2}" ;;
        down) down "$@" ;;
    esac
}

case ${1:-} in
    image) "$here/image.sh" disk ;;
    up | reset | reboot | stop | freeze | thaw | cut | mend | ssh) [ $# -gt 1 ] || fail "Which machine?"; require; run "$@" ;;
    list | down) require; run "$@" ;;
    *) sed -n '2,/^set /s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
