#!/usr/bin/env bash
# Builds what the lab starts from, once: a Debian root file system, a repository of the packages that nodes install, and from both the
# disk of a machine with its own kernel. What is there already is kept, unless this script, the lab's key or its passwords have changed.
#
#   image.sh base    the root file system and the repository, for the fleet
#   image.sh disk    those, and the disk, for the machines
set -euo pipefail
# shellcheck source=tests/lab/lab.sh
. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

DISK=$LAB/disk
SUITE=bookworm

# what a small Debian server has before anybody prepares it
BARE=systemd-sysv,dbus,libpam-systemd,openssh-server,sudo,udev,kmod,procps,iproute2,e2fsprogs

# what a machine has besides
KERNEL="linux-image-cloud-amd64 initramfs-tools zstd"

# what any of KubePrep's profiles installs, and what it may meet
PACKAGES="bash-completion ca-certificates chrony conntrack curl ebtables ethtool iproute2 ipset iptables ipvsadm jq kmod libseccomp2 lvm2
    mount nfs-common nftables open-iscsi psmisc rsync rsyslog socat util-linux"

# one argument is one transaction: other time services would conflict with the first's
TRANSACTIONS=("$PACKAGES $KERNEL" systemd-timesyncd ntpsec cloud-init)

# units that would change files at a time of their own
UNSCHEDULED="apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer"

# --- secrets, made once ---------------------------------------------------------------------------------------------------------

make_secrets() {
    [ -f "$LAB/id" ] || ssh-keygen -q -t ed25519 -N '' -C kubeprep-lab -f "$LAB/id"
    [ -f "$LAB/passwords" ] || (umask 077 && passwords >"$LAB/passwords")
}

# 24 plain characters to search for, and after them what a careless shell would trip over
passwords() {
    local user
    for user in paul mary; do
        printf '%s:%s%s\n' "$user" "$(head -c 18 /dev/urandom | base64 | tr '+/' 'ab')" " '\"\$x\\%n"
    done
}

# --- the root file system and the repository ------------------------------------------------------------------------------------

base_key() {
    (cat "$here/image.sh" "$here/identity.service" "$LAB/id.pub" "$LAB/passwords" && say "$GATEWAY:$REPOSITORY_PORT") | sha256sum
}

build_base() {
    make_secrets
    [ "$(cat "$BASE.key" 2>/dev/null)" != "$(base_key)" ] || return 0
    say "Building the lab's root file system and repository, which takes about a minute."
    stop_everything
    rm -rf --one-file-system "$BASE" "$BASE.key" "$REPOSITORY" "$DISK"
    install -d "$REPOSITORY"
    bootstrap >"$LAB/image.log" 2>&1 || fail "The root file system could not be built; see $LAB/image.log."
    base_key >"$BASE.key"
}

stop_everything() {
    "$here/fleet.sh" down
    "$here/machine.sh" down
}

# packages are fetched while the package lists are there; manuals and translations only cost time
bootstrap() {
    mmdebstrap --variant=minbase --include="$BARE" --aptopt='APT::Install-Recommends "false"' \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' \
        --customize-hook="'$here/image.sh' fetch \"\$1\"" --customize-hook="'$here/image.sh' furnish \"\$1\"" \
        "$SUITE" "$BASE"
}

fetch() {
    local root=$1 packages
    for packages in "${TRANSACTIONS[@]}"; do
        # shellcheck disable=SC2086 # one argument a package
        chroot "$root" apt-get install --yes --download-only $packages
    done
    mv "$root"/var/cache/apt/archives/*.deb "$REPOSITORY"
    cd "$REPOSITORY"
    apt-ftparchive packages . >Packages
    apt-ftparchive release . >Release.new
    mv Release.new Release
}

furnish() {
    local root=$1 unit
    add_users "$root"
    configure_sshd "$root"
    for unit in $UNSCHEDULED; do
        ln -sf /dev/null "$root/etc/systemd/system/$unit"
    done
    # nodes have no way out; the repository is all they can reach
    say "deb [trusted=yes] http://$GATEWAY:$REPOSITORY_PORT ./" >"$root/etc/apt/sources.list"
    rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/hostname" "$root/etc/resolv.conf"
    : >"$root/etc/machine-id"
    : >"$root/etc/resolv.conf"
}

# jane becomes root freely, paul and mary by their passwords; mary has no key and logs in by hers
add_users() {
    local root=$1 user
    for user in jane paul mary; do
        chroot "$root" useradd --create-home --shell /bin/bash "$user"
    done
    chroot "$root" usermod --append --groups sudo paul
    chroot "$root" usermod --append --groups sudo mary
    chroot "$root" chpasswd <"$LAB/passwords"
    (umask 227 && say 'jane ALL=(ALL:ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/jane")
    for user in root jane paul; do
        authorize "$root" "$user"
    done
}

authorize() {
    local root=$1 user=$2 home
    home=$(chroot "$root" getent passwd "$user" | cut -d : -f 6)
    install -d -m 700 "$root$home/.ssh"
    install -m 600 "$LAB/id.pub" "$root$home/.ssh/authorized_keys"
    chroot "$root" chown -R "$user:$user" "$home/.ssh"
}

# one kind of host key: the others take longer to make than a node takes to boot
configure_sshd() {
    printf '%s\n' 'HostKey /etc/ssh/ssh_host_ed25519_key' 'PasswordAuthentication yes' >"$1/etc/ssh/sshd_config.d/lab.conf"
}

# --- the machines' disk ---------------------------------------------------------------------------------------------------------

build_disk() {
    build_base
    [ ! -f "$DISK/complete" ] || return 0
    say "Building the machines' disk, which takes about half a minute."
    rm -rf --one-file-system "$DISK"
    install -d "$DISK"
    make_disk >"$LAB/disk.log" 2>&1 || fail "The disk could not be built; see $LAB/disk.log."
    choose_accelerator
    : >"$DISK/complete"
}

make_disk() {
    local root=$DISK/root
    cp -a "$BASE" "$root"
    # a mount of its own for apt, gone with the process
    unshare --mount "$here/image.sh" kernel "$root"
    furnish_machine "$root"
    cp "$root"/boot/vmlinuz-* "$DISK/vmlinuz"
    cp "$root"/boot/initrd.img-* "$DISK/initrd"
    mke2fs -q -t ext4 -d "$root" "$DISK/system.img" 3G
    rm -rf --one-file-system "$root"
    truncate -s 256M "$DISK/swap.img"
    mkswap -L kpswap "$DISK/swap.img"
}

# an initial file system with nothing but the disk's drivers boots much sooner without hardware acceleration
install_kernel() {
    local root=$1
    install -d "$root/etc/initramfs-tools/conf.d"
    printf 'virtio_pci\nvirtio_blk\next4\n' >"$root/etc/initramfs-tools/modules"
    printf 'MODULES=list\nCOMPRESS=zstd\nCOMPRESSLEVEL=1\n' >"$root/etc/initramfs-tools/conf.d/lab"
    mount --bind "$REPOSITORY" "$root/mnt"
    local apt="chroot $root apt-get -o Dir::Etc::SourceList=/tmp/lab.list -o Dir::Etc::SourceParts=-"
    say 'deb [trusted=yes] file:/mnt ./' >"$root/tmp/lab.list"
    $apt update
    # shellcheck disable=SC2086 # one argument a package
    DEBIAN_FRONTEND=noninteractive $apt install --yes --no-install-recommends $KERNEL
    chroot "$root" apt-get clean
    rm -rf "$root/tmp/lab.list" "$root"/var/lib/apt/lists/*
}

furnish_machine() {
    local root=$1 unit
    install -d "$root/srv/noswap-data"
    printf '%s\n' '/dev/vda / ext4 defaults 0 1' '# the swap disk' 'LABEL=kpswap none swap sw 0 0' \
        'tmpfs /srv/noswap-data tmpfs size=8m 0 0' >"$root/etc/fstab"
    install -m 644 "$here/identity.service" "$root/etc/systemd/system/identity.service"
    install -d "$root/etc/systemd/system/multi-user.target.wants"
    for unit in /etc/systemd/system/identity.service /lib/systemd/system/systemd-networkd.service; do
        ln -s "$unit" "$root/etc/systemd/system/multi-user.target.wants/"
    done
    ln -sf /dev/null "$root/etc/systemd/system/systemd-networkd-wait-online.service"
}

# a device node does not prove that guests run on it: a kernel that reaches its console does
choose_accelerator() {
    local accelerator="tcg,thread=multi"
    if [ -w /dev/kvm ] && boots_on_kvm; then
        accelerator=kvm
    fi
    say "$accelerator" >"$DISK/accelerator"
}

# without a disk this kernel panics, and panicking ends the emulator
boots_on_kvm() {
    (timeout 10 qemu-system-x86_64 -accel kvm -cpu host -m 256 -display none -no-reboot -nodefaults \
        -serial "file:$DISK/kvm.console" -kernel "$DISK/vmlinuz" -append 'console=ttyS0 panic=-1' || false) >"$LAB/kvm.log" 2>&1 &&
        grep -q 'Linux version' "$DISK/kvm.console"
}

case ${1:-} in
    base) require && locked image build_base ;;
    disk) require && locked image build_disk ;;
    # the steps that run inside of others
    fetch) fetch "$2" ;;
    furnish) furnish "$2" ;;
    kernel) install_kernel "$2" ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
