#!/bin/sh
# Carries out a plan on this node: apply.sh RUN_DIRECTORY
# It runs detached from whoever sent it, so that a lost connection stops nothing, and alone: it holds the node's lock until it ends.
# The plan's lines are fields between tabs: "step NAME", then what the step does, in order. What happens is written to the journal, a line
# each: "step NAME", "doing NAME WHAT", "done NAME" or "failed NAME WHY", and "end" at last. Between steps it looks for a file "stop".
run=$1
tab=$(printf '\t')
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
umask 022

apt_patience=600 # seconds for which other users of apt and dpkg are waited for
lists_age=86400  # seconds after which the package lists are fetched before anything is installed

record() {
    printf '%s\n' "$*" >>"$run/journal"
}

# says on standard error why an action failed; the step's result quotes it
fail() {
    printf '%s\n' "$*" >&2
    return 1
}

begin() {
    printf '%s\n' $$ >"$run/pid"
    exec 9>>/run/kubeprep/lock
    # a probe tries the lock for a moment, and a client that lost its connection may have sent the plan twice
    if ! flock -w 3 9; then
        record end busy
        exit 0
    fi
    printf '%s\n' "${run##*/}" >/run/kubeprep/current
    owe_restarts
}

# what the plan restarts is owed until it is done: of a run that dies after it has written a file nothing else would tell; a reboot pays
owe_restarts() {
    mkdir -p /run/kubeprep/owed
    while IFS=$tab read -r action first _; do
        case $action in
            restart | reload) : >"/run/kubeprep/owed/$action $first" ;;
        esac
    done <"$run/plan"
}

# restarts a unit, or has systemd read its configuration
pay() {
    systemctl "$@" && rm -f "/run/kubeprep/owed/$action $first"
}

# whether the last output says that somebody else holds a lock of apt's or dpkg's
is_locked() {
    grep -Eq 'Could not get lock|Unable to lock|locked by another process|Unable to acquire' "$run/output"
}

# runs a command again, for a while, as long as it fails because somebody else holds a lock
patiently() {
    waited=0
    until "$@" >"$run/output" 2>&1; do
        if ! is_locked; then
            cat "$run/output" # of the last try: its errors are what counts
            return 1
        elif [ -e "$run/stop" ]; then
            fail "it was stopped while another process held the lock of apt"
            return 1
        elif [ "$waited" -ge "$apt_patience" ]; then
            fail "another process has held the lock of apt for $apt_patience s: $(grep -Em 1 'lock' "$run/output")"
            return 1
        elif [ "$waited" -eq 0 ]; then
            record "doing Packages waiting for another process that uses apt"
        fi
        sleep 2
        waited=$((waited + 2))
    done
    cat "$run/output"
}

# a lock is waited for by 'patiently', which says so
apt() {
    DEBIAN_FRONTEND=noninteractive APT_LISTCHANGES_FRONTEND=none NEEDRESTART_MODE=l NEEDRESTART_SUSPEND=1 \
        apt-get -q -y -o DPkg::Lock::Timeout=0 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"
}

# on a machine's first boot cloud-init may be installing packages itself
wait_for_cloud_init() {
    if command -v cloud-init >/dev/null && [ -d /run/cloud-init ]; then
        timeout "$apt_patience" cloud-init status --wait >/dev/null 2>&1 || :
    fi
}

are_lists_old() {
    newest=$(stat -c %Y /var/lib/apt/lists/*_Packages* /var/lib/apt/lists/*_InRelease 2>/dev/null | sort -n | tail -n 1)
    [ "$(($(date +%s) - ${newest:-0}))" -gt "$lists_age" ]
}

# apt takes a name with a dot that no package has for a pattern, and would install all that it matches
require_exact_name() {
    case $1 in
        *.*) apt-cache pkgnames -- "$1" | grep -qFx -- "$1" || fail "E: Unable to locate package $1" ;;
    esac
}

# one transaction of the packages that are lines of a file
install_once() {
    set --
    while IFS= read -r package; do
        require_exact_name "$package" || return
        set -- "$@" "$package"
    done <"$run/packages"
    patiently apt --no-install-recommends --no-remove install -- "$@"
}

# the package lists may have to be fetched first; where they are new, and nevertheless wrong, afterwards
with_lists() {
    if are_lists_old; then
        patiently apt --error-on=any update || :
        "$@"
    else
        "$@" || { patiently apt --error-on=any update || :; "$@"; }
    fi
}

install_packages() {
    wait_for_cloud_init
    with_lists install_once
}

# dpkg finishes what it has; what it lacks for that, be it a dependency or the rest of a package, apt fetches
repair_packages() {
    wait_for_cloud_init
    DEBIAN_FRONTEND=noninteractive patiently dpkg --force-confdef --force-confold --configure -a || :
    with_lists patiently apt --no-remove --fix-broken install
}

# replace PACKAGE OTHERS: of what is installed, only these may give way to it
replace_package() {
    wait_for_cloud_init
    with_lists replace_once "$1" "${2#-}"
}

replace_once() {
    others=" $2 "
    # shellcheck disable=SC2046,SC2086 # one argument a package
    set -- "$1" $(for other in $2; do printf '%s- ' "$other"; done)
    patiently apt --no-install-recommends --reinstall --simulate install -- "$@" || return
    # shellcheck disable=SC2013 # names without blanks
    for removed in $(sed -n 's/^Remv \([^ ]*\).*/\1/p' "$run/output"); do
        case $others in
            *" $removed "*) ;;
            *) fail "E: $1 cannot be installed without removing $removed" && return ;;
        esac
    done
    patiently apt --no-install-recommends --reinstall install -- "$@"
}

hash_of() {
    sha256sum <"$1" | cut -d ' ' -f 1
}

# keeps the first original of a file that is about to be replaced
back_up() {
    if [ -e "$2" ]; then
        return
    fi
    mkdir -p /var/backups
    [ -d /var/backups/kubeprep ] || mkdir -m 700 /var/backups/kubeprep
    mkdir -p "${2%/*}" && cp -p -- "$1" "$2.new" && sync "$2.new" && mv -T -- "$2.new" "$2"
}

# write PATH PAYLOAD HASH BACKUP: the payload's file takes the place of one with that hash, or of none ("-")
write_file() {
    path=$1
    if [ -e "$path" ]; then
        path=$(readlink -f -- "$path")
        if [ ! -f "$path" ]; then
            fail "$1 is not a regular file"
            return
        fi
        is=$(hash_of "$path")
        if [ "$is" = "$(hash_of "$run/$2")" ]; then
            return
        fi
        if [ "$is" != "$3" ]; then
            fail "$1 was changed by somebody else just now"
            return
        fi
        back_up "$path" "$4" || return
    elif [ "$3" != - ]; then
        fail "$1 was deleted by somebody else just now"
        return
    fi
    mkdir -p "${path%/*}" || return
    if mountpoint -q -- "$path"; then # no other file can take its place
        overwrite "$path" "$run/$2"
    else
        replace "$path" "$run/$2"
    fi || why_unwritable "$path"
}

# delete PATH HASH BACKUP: with any content if the hash is "-"
delete_file() {
    if [ ! -e "$1" ] && [ ! -L "$1" ]; then
        return
    fi
    if [ "$2" != - ] && [ "$(hash_of "$1")" != "$2" ]; then
        fail "$1 was changed by somebody else just now"
        return
    fi
    { back_up "$1" "$3" && rm -f -- "$1"; } || why_unwritable "$1"
}

# writes into a file, or else what it held before
overwrite() {
    cat -- "$1" >"$run/before" && { cat -- "$2" >"$1" || { cat "$run/before" >"$1"; false; }; } && sync "$1"
}

# puts a new file in the place of one, or of none
replace() {
    new=$(mktemp "$1.kubeprep-XXXXXX") || return
    if fill "$new" "$2" "$1" && mv -T -- "$new" "$1"; then
        sync "${1%/*}"
    else
        rm -f -- "$new"
        return 1
    fi
}

# says why a file cannot be written, where its attributes (chattr(1)) forbid it to root, too
why_unwritable() {
    for guarded in "$1" "${1%/*}"; do
        case $(lsattr -d -- "$guarded" 2>/dev/null | cut -d ' ' -f 1) in
            *i* | *a*) fail "$guarded is immutable; 'chattr -ia $guarded' lets it be changed" ;;
        esac
    done
    return 1
}

# the new file gets owner, mode and access control list of the old one before it takes its place
fill() {
    cat -- "$2" >"$1" && if [ -e "$3" ]; then
        cp --attributes-only --preserve=mode,ownership,xattr -- "$3" "$1"
    else
        chmod 644 -- "$1"
    fi && sync "$1"
}

create_directory() {
    mkdir -p -- "$1" && systemd-tmpfiles --create --prefix="$1"
}

# a unit file in the place of the mask's link has to give way to it
mask_unit() {
    file=/etc/systemd/system/$1
    if [ -f "$file" ] && [ ! -L "$file" ]; then
        back_up "$file" "/var/backups/kubeprep$file" && rm -f -- "$file" || return
    fi
    systemctl mask -- "$1"
}

enable_unit() {
    systemctl unmask -- "$1" && systemctl enable -- "$1"
}

set_sysctl() {
    printf '%s\n' "$2" >"/proc/sys/$1"
}

# one line of the plan: what it does, and up to four fields
perform() {
    case $1 in
        repair) repair_packages ;;
        install) install_packages ;;
        write) write_file "$2" "$3" "$4" "$5" ;;
        directory) create_directory "$2" ;;
        swapoff) swapoff -- "$2" ;;
        mask) mask_unit "$2" ;;
        restart) pay restart -- "$2" ;;
        load) modprobe -- "$2" ;;
        sysctl) set_sysctl "$2" "$3" ;;
        reload) pay "$2" ;;
        hostname) hostname -- "$2" ;;
        replace) replace_package "$2" "$3" ;;
        enable) enable_unit "$2" ;;
        disable) systemctl disable --now -- "$2" ;;
        delete) delete_file "$2" "$3" "$4" ;;
        clock) date --set "$2 seconds" ;;
        *) fail "the plan has an action '$1' that this node does not know" ;;
    esac
}

# why the last action failed, on one line: apt's errors if there are any, else the last words
why() {
    { grep -E '^(E|dpkg): ' "$run/last" || tail -n 3 "$run/last"; } | awk '!seen[$0]++' | tail -n 5 | tr '\n' ' ' | cut -c 1-600
}

# finishes the step in hand with its result
finish() {
    if [ -z "$step" ]; then
        return
    elif [ -n "$failure" ]; then
        record "failed $step $failure"
        outcome=failed
    else
        record "done $step"
    fi
}

carry_out() {
    step='' failure='' outcome=good
    while IFS=$tab read -r action first second third fourth; do
        if [ "$action" = step ]; then
            finish
            if [ -e "$run/stop" ]; then
                step=''
                outcome=stopped
                break
            fi
            step=$first failure=''
            record "step $step"
        elif [ -z "$failure" ]; then
            what=$action${first:+ $first}
            record "doing $step $what"
            # what it starts must not keep the lock, nor read the plan
            if ! perform "$action" "$first" "$second" "$third" "$fourth" </dev/null >"$run/last" 2>&1 9>&-; then
                failure="$what: $(why)"
            fi
            cat "$run/last" >>"$run/log"
        fi
    done <"$run/plan"
    finish
}

begin
carry_out
rm -f /run/kubeprep/current
record end "$outcome"
