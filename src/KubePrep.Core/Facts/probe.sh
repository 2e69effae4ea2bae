#!/bin/sh
# Prints what KubePrep must know of a node, and changes nothing. Few programs are started: a probe of many nodes is mostly their start.
#   parts     the functions below whose facts are wanted, separated by spaces
#   packages  the packages to look for, as alternatives of an extended regular expression
#   modules   the kernel modules to look for, as alternatives of an extended regular expression
#   units     the systemd units to look for, separated by spaces; they may be patterns
#   sysctls   the kernel parameters to read: their paths below /proc/sys, separated by spaces

# prints a fact
fact() {
    printf '%s %s\n' "$1" "$2"
}

# prints a fact that is the first line of a file
fact_in() {
    if IFS= read -r line 2>/dev/null <"$2"; then
        fact "$1" "$line"
    fi
}

identity() {
    fact_in kernel /proc/sys/kernel/osrelease
    fact_in hostname /proc/sys/kernel/hostname
    fact_in boot-id /proc/sys/kernel/random/boot_id
    fact_in machine-id /etc/machine-id
}

system() {
    fact architecture "$(uname -m)"
    fact processors "$(nproc)"
    fact container "$(systemd-detect-virt --container || :)"
    fact virtualization "$(systemd-detect-virt --vm || :)"
    if [ -d /run/systemd/system ]; then
        fact init systemd
    fi
    if [ -d /var/log/journal ]; then
        fact journal persistent
    fi
}

memory() {
    while read -r name value _; do
        case $name in
            MemTotal:) fact memory "$value" ;;
            MemAvailable:) fact memory-available "$value" && break ;;
        esac
    done </proc/meminfo
    while read -r path type size used _; do
        if [ "$path" != Filename ]; then
            fact swap "$size $used $type $path"
        fi
    done </proc/swaps
}

control_groups() {
    if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
        fact cgroup 2
        fact_in cgroup-controllers /sys/fs/cgroup/cgroup.controllers
    elif [ -d /sys/fs/cgroup/memory ] || [ -d /sys/fs/cgroup/cpu ]; then
        fact cgroup 1
    fi
}

interfaces() {
    for interface in /sys/class/net/*; do
        if [ -e "$interface/address" ]; then
            fact_in "interface ${interface##*/}" "$interface/address"
        fi
    done
    echo @addresses
    ip -o addr show scope global
    echo @end
}

routes() {
    echo @routes
    # these ask the kernel which way packets would take, and send none
    ip -o -4 route get 192.0.2.1
    ip -o -6 route get 2001:db8::1
    echo @end
}

kernel_modules() {
    echo @modules
    cut -d ' ' -f 1 /proc/modules
    echo @module-files
    IFS= read -r release </proc/sys/kernel/osrelease
    # shellcheck disable=SC2154 # sent before this
    grep -oE "/($modules)\\.ko" "/lib/modules/$release/modules.builtin" "/lib/modules/$release/modules.dep"
    echo @end
}

kernel_parameters() {
    cd /proc/sys || return
    echo @sysctls
    # the kernel gives such a value to one read only, and the shell reads byte by byte
    # shellcheck disable=SC2086,SC2154 # one argument a path; sent before this
    grep -sH '' $sysctls
    echo @end
    for path in $sysctls; do
        if [ -e "$path" ] && [ ! -w "$path" ]; then
            fact sysctl-read-only "$path"
        fi
    done
}

packages() {
    echo @packages
    # the pattern lists also what is not installed, but held; of those, 'un' is only a name in another package's dependencies
    # shellcheck disable=SC2016,SC2154 # dpkg's own variables; packages is sent before this
    dpkg-query -W -f '${db:Status-Abbrev} ${Package} ${Version}\n' '*' | grep -E "^.[HUFWt]|^(.[^n]|[^u].)[R ] ($packages) "
    echo @end
    for update in /var/lib/dpkg/updates/*; do
        if [ -e "$update" ]; then
            fact dpkg interrupted
            break
        fi
    done
    fact package-lists "$(stat -c %Y /var/lib/apt/lists)"
}

services() {
    echo @units
    # shellcheck disable=SC2086,SC2154 # one argument a unit; sent before this
    systemctl show --property=Id,LoadState,ActiveState,UnitFileState,FragmentPath,What,ConditionResult,ConditionTimestampMonotonic,Result,StatusText \
        -- $units
    echo @end
}

configuration_files() {
    cd / || return
    # shellcheck disable=SC2086,SC2154 # patterns; sent before this
    files etc/os-release etc/fstab etc/hosts etc/hostname etc/modules etc/modprobe.d/kubeprep.conf \
        etc/sysctl.d/*.conf run/sysctl.d/*.conf usr/local/lib/sysctl.d/*.conf usr/lib/sysctl.d/*.conf \
        etc/modules-load.d/*.conf run/modules-load.d/*.conf usr/local/lib/modules-load.d/*.conf usr/lib/modules-load.d/*.conf \
        etc/systemd/journald.conf etc/systemd/journald.conf.d/*.conf run/systemd/journald.conf.d/*.conf \
        usr/local/lib/systemd/journald.conf.d/*.conf usr/lib/systemd/journald.conf usr/lib/systemd/journald.conf.d/*.conf \
        etc/systemd/system.conf etc/systemd/system.conf.d/*.conf run/systemd/system.conf.d/*.conf \
        usr/local/lib/systemd/system.conf.d/*.conf usr/lib/systemd/system.conf usr/lib/systemd/system.conf.d/*.conf \
        etc/cloud/cloud.cfg.d/99-kubeprep.cfg etc/cloud/templates/hosts.debian.tmpl ${time_files-}
}

hosts_files() {
    cd / || return
    files etc/os-release etc/hosts etc/cloud/cloud.cfg.d/99-kubeprep.cfg etc/cloud/templates/hosts.debian.tmpl
}

# those of the files that are there, as they are read: links are followed, and one to /dev/null is a device in the archive
files() {
    for file; do
        shift
        if [ -e "$file" ]; then
            set -- "$@" "$file"
            if [ ! -r "$file" ]; then
                fact unreadable "/$file"
            fi
        fi
    done
    echo @files
    # what is larger takes long, and is no configuration
    tar -chf - --no-recursion --hard-dereference -- "$@" | head -c 8388608 | gzip -1 | base64
    echo @end
}

# what cloud-init is told about the hosts file, the strongest last: its configuration, then the machine's vendor's, then its user's
cloud_init() {
    if [ ! -x /usr/bin/cloud-init ] || [ -e /etc/cloud/cloud-init.disabled ]; then
        return
    fi
    echo @cloud-init
    grep -sH '^manage_etc_hosts[[:blank:]]*:' /etc/cloud/cloud.cfg /etc/cloud/cloud.cfg.d/*.cfg \
        /var/lib/cloud/instance/vendor-cloud-config.txt /var/lib/cloud/instance/vendor2-cloud-config.txt \
        /var/lib/cloud/instance/cloud-config.txt
    echo @end
}

# the lock is held by a run that is changing the node, and by nobody else
run_in_progress() {
    if [ -e /run/kubeprep/lock ] && ! flock -n -s /run/kubeprep/lock true; then
        fact_in run /run/kubeprep/current
    fi
    for restart in /run/kubeprep/owed/*; do
        if [ -e "$restart" ]; then
            fact owed "${restart##*/}"
        fi
    done
}

# shellcheck disable=SC2154 # sent before this
for part in $parts; do
    "$part"
done 2>/dev/null
