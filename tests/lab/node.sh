#!/bin/sh
# Turns a process in fresh namespaces into a node: links it to the bridge, gives it the file systems that a container has, and starts
# its systemd. Descriptor 7 is the network namespace that the bridge is in.
#
#   node.sh INDEX NAME ROOT LINK BRIDGE HARDWARE-ADDRESS ADDRESS/LENGTH ADDRESS6/LENGTH SWAPS
set -eu
name=$2 root=$3 link=$4 bridge=$5 hardware=$6 address=$7 address6=$8 swaps=$9

connect() {
    ip link add eth0 address "$hardware" type veth peer name "$link" netns /proc/self/fd/7
    ip link set lo up
    ip address add "$address" dev eth0
    ip address add "$address6" dev eth0 nodad
    ip link set eth0 up
    nsenter --net=/proc/self/fd/7 ip link set "$link" master "$bridge" up
}

mount_devices() {
    mount -t tmpfs -o mode=755 tmpfs dev
    mkdir dev/pts dev/shm
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
    mount -t tmpfs -o mode=1777 tmpfs dev/shm
    ln -s pts/ptmx dev/ptmx
    ln -s /proc/self/fd dev/fd
    ln -s fd/0 dev/stdin
    ln -s fd/1 dev/stdout
    ln -s fd/2 dev/stderr
    mknod -m 666 dev/null c 1 3
    mknod -m 666 dev/zero c 1 5
    mknod -m 666 dev/full c 1 7
    mknod -m 666 dev/random c 1 8
    mknod -m 666 dev/urandom c 1 9
    mknod -m 666 dev/tty c 5 0
}

# what belongs to the kernel of the machine is out of the node's reach; its own network is within
mount_kernel() {
    mount -t proc proc proc
    mount --bind proc/sys proc/sys
    mount --bind proc/sys/net proc/sys/net
    mount -o remount,bind,ro proc/sys
    if [ -e proc/sysrq-trigger ]; then
        mount --bind dev/null proc/sysrq-trigger
    fi
    mount --bind "$swaps" proc/swaps
    mount -t sysfs -o ro sysfs sys
    mount -t cgroup2 cgroup2 sys/fs/cgroup
}

connect
hostname "$name"
cd "$root"
mount -t tmpfs -o mode=755 tmpfs run
mount_devices
mount_kernel
pivot_root . mnt
exec 7>&-
umount -l /mnt
exec env -i container=kubeprep-lab PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    setpriv --bounding-set=-sys_time,-sys_module,-sys_rawio --inh-caps=-sys_time,-sys_module,-sys_rawio \
    /sbin/init --log-target=journal
