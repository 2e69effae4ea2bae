# shellcheck shell=bash
# What the lab's scripts share: where things are, locks and waits, the network, the repository's server, and ssh.
# Everything the lab writes is below KUBEPREP_LAB.
# shellcheck disable=SC2034 # the scripts that read this use the variables

LAB=${KUBEPREP_LAB:-/var/tmp/kubeprep-lab}
BASE=$LAB/base
REPOSITORY=$LAB/repository
BRIDGE=kpbr0
GATEWAY=10.77.0.1
GATEWAY6=fd4b:7565:6265::1
REPOSITORY_PORT=8080

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

say() {
    printf '%s\n' "$*"
}

fail() {
    say "$*" >&2
    exit 1
}

# the program and the Debian package it comes from, a line each
tools() {
    cat <<'TEXT'
mmdebstrap mmdebstrap
apt-ftparchive apt-utils
ssh openssh-client
ip iproute2
unshare util-linux
mount mount
mke2fs e2fsprogs
python3 python3
qemu-system-x86_64 qemu-system-x86
TEXT
}

require() {
    [ "$(id -u)" -eq 0 ] || fail "The lab needs root: it makes namespaces, mounts and network links."
    local program package
    while read -r program package; do
        command -v "$program" >/dev/null || fail "The lab needs $program, from the Debian package $package."
    done < <(tools)
    install -d -m 755 "$LAB"
}

# holds a lock for the length of a command; what the command leaves running does not inherit it
locked() {
    local name=$1 lock
    shift
    install -d "$LAB/locks"
    exec {lock}>"$LAB/locks/$name"
    flock "$lock"
    "$@" {lock}>&-
    exec {lock}>&-
}

# tries a command until it succeeds, for so many seconds
wait_for() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.05
    done
}

# a connection alone proves no sshd behind it, and one that nobody answers is not waited for
greets() {
    local greeting
    # shellcheck disable=SC2016 # the inner shell expands these
    greeting=$(timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1" && head -n 1 <&3' "$1" "$2" 2>/dev/null) || true
    [[ $greeting == SSH-* ]]
}

# a connection that nobody but the lab's own files decides about
ssh_to() {
    local directory=$1 address=$2
    shift 2
    ssh -F none -q -i "$LAB/id" -o IdentitiesOnly=yes -o BatchMode=yes -o ConnectTimeout=5 \
        -o GlobalKnownHostsFile=none -o "UserKnownHostsFile=$directory/known_hosts" "root@$address" "$@"
}

# --- waiting for nodes; the script that reads this has a KIND of them and a PATIENCE, and knows what runs where -------------------

answers() {
    runs "$1" || fail "$KIND $1 has ended; see $(directory "$1")."
    greets "$(address "$1")" 22
}

# "degraded" is at rest too: some unit of a bare system failed, but nothing is still starting
is_at_rest() {
    local state
    state=$(ssh_to "$(directory "$1")" "$(address "$1")" systemctl is-system-running --wait </dev/null 2>/dev/null) || true
    [ "$state" = running ] || [ "$state" = degraded ]
}

await_answer() {
    wait_for "$PATIENCE" answers "$1" || fail "$KIND $1 does not answer; see $(directory "$1")."
}

await_rest() {
    wait_for "$PATIENCE" is_at_rest "$1" || fail "$KIND $1 does not come to rest."
}

# one after the other at first, since asking costs what booting needs
wait_until_ready() {
    each await_answer "$@"
    in_parallel await_rest "$@"
}

# what makes one node a node of its own: its name, key, and the line by which clients know it
make_identity() {
    local directory=$1 name=$2 addresses=$3
    install -d "$directory"
    say "$name" >"$directory/name"
    [ -f "$directory/host_key" ] || ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$directory/host_key"
    say "$addresses $(cut -d ' ' -f 1,2 "$directory/host_key.pub")" >"$directory/known_hosts"
}

hosts_file() {
    printf '127.0.0.1\tlocalhost\n127.0.1.1\t%s\n' "$1"
    printf '::1\tlocalhost ip6-localhost ip6-loopback\n'
}

network_up() {
    require
    locked network raise_limit
    locked network make_bridge
    locked network serve_repository
}

# each systemd watches files with several of these, and they are counted for root in all nodes together
raise_limit() {
    local limit=/proc/sys/fs/inotify/max_user_instances
    [ "$(cat "$limit")" -lt 1024 ] || return 0
    cat "$limit" >"$LAB/inotify.limit"
    echo 1024 >"$limit"
}

restore_limit() {
    [ -f "$LAB/inotify.limit" ] || return 0
    cat "$LAB/inotify.limit" >/proc/sys/fs/inotify/max_user_instances
    rm "$LAB/inotify.limit"
}

make_bridge() {
    ip link show "$BRIDGE" >/dev/null 2>&1 && return
    ip link add "$BRIDGE" address 02:77:ff:00:00:01 type bridge
    ip address add "$GATEWAY/16" dev "$BRIDGE"
    ip address add "$GATEWAY6/64" dev "$BRIDGE" nodad
    ip link set "$BRIDGE" up
}

serves() {
    (exec 3<>"/dev/tcp/$GATEWAY/$REPOSITORY_PORT") 2>/dev/null
}

serve_repository() {
    serves && return
    setsid python3 -m http.server --bind "$GATEWAY" --directory "$REPOSITORY" "$REPOSITORY_PORT" \
        </dev/null >"$LAB/repository.log" 2>&1 &
    say $! >"$LAB/repository.pid"
    wait_for 20 serves || fail "The repository's server does not answer; see $LAB/repository.log."
}

# the bridge and the server go with the last node or machine
network_down() {
    [ -d "$LAB" ] || return 0
    locked network remove_network_if_unused
}

remove_network_if_unused() {
    [ -f "$LAB/repository.pid" ] || return 0
    [ -z "$(ip link show master "$BRIDGE" 2>/dev/null)" ] || return 0
    kill "$(cat "$LAB/repository.pid")" 2>/dev/null || true
    rm -f "$LAB/repository.pid"
    ip link delete "$BRIDGE" 2>/dev/null || true
    restore_limit
}

# makes the network forget a node that is off, so that a connection to it fails as it does on a real link: no route
forget_neighbour() {
    local address
    for address in "$@"; do
        ip neighbour delete "$address" dev "$BRIDGE" 2>/dev/null || true
    done
}

# pins a node's hardware address, so that a cut link swallows packets instead of being noticed at once
pin_neighbour() {
    local hardware=$1 address
    shift
    for address in "$@"; do
        # it warns of links that come and go meanwhile
        ip neighbour replace "$address" lladdr "$hardware" dev "$BRIDGE" nud permanent 2>/dev/null ||
            fail "The neighbour $address could not be pinned."
    done
}

# "3 5-7" is 3 5 6 7
indices() {
    local range
    for range in "$@"; do
        [[ $range =~ ^[1-9][0-9]*(-[1-9][0-9]*)?$ ]] || fail "'$range' is no index and no range of indices."
        seq "${range%-*}" "${range#*-}"
    done
}

# every index in a process of its own; all are waited for, and one that fails is enough to fail
in_parallel() {
    local action=$1 index failed=0 jobs=()
    shift
    for index in "$@"; do
        "$action" "$index" &
        jobs+=($!)
    done
    for index in "${jobs[@]}"; do
        wait "$index" || failed=1
    done
    return "$failed"
}

each() {
    local action=$1 index
    shift
    for index in "$@"; do
        "$action" "$index"
    done
}

# a line for each; the script that reads this knows where they are
describe() {
    local index state
    for index in "$@"; do
        state=off
        ! runs "$index" || state=on
        printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$index" "$(cat "$(directory "$index")/name")" "$(address "$index")" "$(address6 "$index")" \
            "$(directory "$index")" "$state"
    done
}
