#!/bin/sh
# The parts of a probe (see probe.sh, whose functions these use) that are about the clock.

# what the clock depends on, below the root directory
time_files='etc/chrony/chrony.conf etc/chrony/conf.d/*.conf etc/chrony/sources.d/*.sources run/chrony-dhcp/*.sources etc/chrony.conf
    etc/systemd/system/chrony.service etc/systemd/system/chronyd.service etc/systemd/system/chrony.service.d/*.conf
    etc/systemd/timesyncd.conf etc/systemd/timesyncd.conf.d/*.conf run/systemd/timesyncd.conf.d/*.conf
    usr/local/lib/systemd/timesyncd.conf.d/*.conf usr/lib/systemd/timesyncd.conf usr/lib/systemd/timesyncd.conf.d/*.conf
    etc/ntpsec/ntp.conf etc/ntp.conf etc/openntpd/ntpd.conf etc/modules-load.d/kubeprep-time.conf
    etc/kubernetes/ssl/ca.pem etc/kubernetes/pki/ca.crt'

# the clock, and what could keep it
clock() {
    fact_in vendor /sys/class/dmi/id/sys_vendor
    fact_in clock-sources /sys/devices/system/clocksource/clocksource0/available_clocksource
    while read -r name value; do
        if [ "$name" = CapBnd: ]; then
            fact capabilities "$value"
            break
        fi
    done </proc/1/status
    for device in /sys/class/ptp/*; do
        fact_in "ptp-clock /dev/${device##*/}" "$device/clock_name"
    done
    for link in /dev/ptp_*; do
        if [ -e "$link" ]; then
            fact ptp-link "$(readlink -f -- "$link") $link"
        fi
    done
    if [ ! -e /usr/sbin/chronyd ]; then
        fact chronyd absent
    elif grep ' usr/sbin/chronyd$' /var/lib/dpkg/info/chrony.md5sums | (cd / && md5sum --check --status); then
        fact chronyd packaged
    else
        fact chronyd foreign
    fi
    if command -v vmware-toolbox-cmd >/dev/null; then
        fact tools-sync "$(timeout 5 vmware-toolbox-cmd timesync status)"
    fi
}

# the time daemons that run, by whatever they were started, and what they say
time_daemons() {
    running=
    echo @time-processes
    # shellcheck disable=SC2013 # paths without blanks
    for file in $(grep -lsxE 'chronyd|ntpd|systemd-timesyn' /proc/[0-9]*/comm); do
        time_process "${file%/comm}"
    done
    echo @end
    case $running in *chronyd*) ask_chronyd ;; esac
    case $running in *systemd-timesyn*) ask_timesyncd ;; esac
    case $running in *ntpd*) ask_ntpd ;; esac
}

time_process() {
    capabilities='' numbers='' unit=-
    while read -r name value; do
        case $name in
            CapEff:) capabilities=$value ;;
            NSpid:) numbers=$value ;;
        esac
    done <"$1/status"
    case $numbers in
        *[!0-9]*) return ;; # it has another number in a container on this node, and is that one's
    esac
    while IFS=: read -r _ controllers path; do
        case $controllers in
            '' | name=systemd) unit=${path##*/} ;;
        esac
    done <"$1/cgroup"
    IFS= read -r name <"$1/comm"
    running="$running $name"
    printf '%s %s %s %s\n' "$name" "$capabilities" "${unit:--}" "$(tr '\0' ' ' <"$1/cmdline")"
}

ask_chronyd() {
    for report in tracking sources ntpdata; do
        echo "@chrony-$report"
        timeout 5 chronyc -n -c "$report"
        echo @end
    done
}

# its bus may hang while it starts
ask_timesyncd() {
    echo @timesync
    timeout 3 timedatectl show-timesync --all
    echo @end
    if [ -e /run/systemd/timesync/synchronized ]; then
        fact timesync synchronized
    fi
}

# three daemons have this name, and two of them answer ntpq
ask_ntpd() {
    if command -v ntpctl >/dev/null; then
        echo @ntpctl
        timeout 5 ntpctl -s all
    else
        echo @ntpq-variables
        timeout 5 ntpq -n -c 'rv 0 leap,stratum,refid'
        echo @end
        echo @ntpq-peers
        timeout 5 ntpq -n -p
    fi
    echo @end
}

time_configuration() {
    cd / || return
    # shellcheck disable=SC2086 # patterns
    files etc/os-release $time_files
}
