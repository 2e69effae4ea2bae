#!/usr/bin/env bash
# Builds, shows and tests KubePrep. Needs the .NET SDK 10 and nothing else; see usage below.
set -euo pipefail
cd "$(dirname "$0")"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
passed=0 failed=0 skipped=0 failures=

usage() {
    cat <<'TEXT'
usage: ./build.sh build                 build the module (KubePrep.psd1 over bin/) and the command line (bin/cli/kubeprep)
       ./build.sh package [DIRECTORY]   put what users get into ./output or DIRECTORY: the module, its package, and the command line's
       ./build.sh demo                  build, deploy a demo cluster into ./demo, verify it, and check this machine
       ./build.sh test [--no-install]   run every test this machine can run; as root on Debian, install by apt what they compare with
       ./build.sh soak                  run the lab's tests with every link cut, not only a few
TEXT
}

say() {
    printf '%s\n' "$*"
}

require_dotnet() {
    if ! command -v dotnet >/dev/null; then
        say "The .NET SDK 10 is needed (the package dotnet-sdk-10.0, or https://dot.net), and there is no 'dotnet' on PATH." >&2
        exit 1
    fi
}

# publishes a project to a directory; further arguments are dotnet's
publish() {
    local project=$1 directory=$2
    shift 2
    dotnet publish "$project" --configuration Release --use-current-runtime --output "$directory" -verbosity:quiet -nologo "$@"
}

# a native program starts in a fifth of the time, and needs a C compiler to link it; without one the code is ReadyToRun
publish_command_line() {
    local compiler
    for compiler in clang gcc; do
        if command -v "$compiler" >/dev/null && publish src/KubePrep.Cli bin/cli "-p:NativeCompiler=$compiler" >/dev/null 2>&1; then
            return
        fi
    done
    say "No C compiler that can link a native program: kubeprep is built as ReadyToRun code, which starts more slowly."
    publish src/KubePrep.Cli bin/cli
}

build() {
    require_dotnet
    # a running PowerShell may have the old files open: they are unlinked, never written over
    rm -rf bin
    publish src/KubePrep bin
    publish_command_line
}

# Packages what users get: the module, and the command line as a .NET tool. Code that is compiled beforehand cannot even be loaded on another
# processor, so there is none in them.
package() {
    local directory=${1:-$PWD/output} version module
    require_dotnet
    if [[ $directory != /* ]]; then
        directory=$OLDPWD/$directory
    fi
    version=$(sed -n "s/^ *ModuleVersion *= '\(.*\)'$/\1/p" KubePrep.psd1)
    module=$directory/KubePrep/$version
    rm -rf "$module"
    dotnet publish src/KubePrep --configuration Release --output "$module/bin" -verbosity:quiet -nologo -p:PublishReadyToRun=false
    find "$module/bin" -name '*.pdb' -delete
    cp -r KubePrep.psd1 en-US CHANGELOG.md LICENSE THIRD-PARTY-NOTICES.txt "$module"
    dotnet pack src/KubePrep --no-build --output "$directory" -verbosity:quiet -nologo "-p:ModuleDirectory=$module"
    dotnet pack src/KubePrep.Cli --output "$directory" -verbosity:quiet -nologo
    printf '%s\n' "$module" "$directory/KubePrep.$version.nupkg" "$directory/KubePrep.Tool.$version.nupkg"
}

demo() {
    build
    local server=https://127.0.0.1:6443
    say "kubeprep deploy --cluster-directory demo --cluster-name demo --server $server"
    bin/cli/kubeprep deploy --cluster-directory demo --cluster-name demo --server "$server"
    say
    say "kubeprep verify --cluster-directory demo"
    bin/cli/kubeprep verify --cluster-directory demo
    say
    say "kubeprep check localhost"
    # 1 only says that this machine is no Kubernetes node yet
    bin/cli/kubeprep check localhost || [ $? -eq 1 ]
}

# adds a runner's figures to the total
count() {
    passed=$((passed + $1))
    failed=$((failed + $2))
    skipped=$((skipped + $3))
}

# the program and the Debian package it comes from, a line each
tools() {
    cat <<'TEXT'
openssl openssl
cfssl golang-cfssl
kubectl kubernetes-client
shellcheck shellcheck
strace strace
patch patch
sshd openssh-server
sudo sudo
setfacl acl
csh csh
TEXT
    tests/lab/fleet.sh tools
}

missing_tools() {
    tools | while read -r program package; do
        command -v "$program" >/dev/null || say "$package"
    done
}

install_tools() {
    local packages
    packages=$(missing_tools)
    if [ -z "$packages" ]; then
        return
    fi
    if [ "${1:-}" = --no-install ] || [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        say "Not installed, so the tests that compare with them are skipped: $(say "$packages" | tr '\n' ' ')"
        return
    fi
    say "Installing what the tests compare with: $(say "$packages" | tr '\n' ' ')"
    # shellcheck disable=SC2086 # one argument a package
    if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null; }; then
        say "They could not be installed; the tests that compare with them are skipped."
    fi
}

# What the lab's machines start from takes two minutes to build where it is not there yet, which nobody has to wait for. Other runs' lab is
# left alone; and if this fails, so do the lab's tests, and say why.
prepare_lab() {
    local lab=${KUBEPREP_LAB:-/var/tmp/kubeprep-lab}
    if [ "$(id -u)" -eq 0 ] && command -v flock >/dev/null; then
        mkdir -p "$lab"
        flock --nonblock "$lab/tests.lock" tests/lab/machine.sh image >/dev/null 2>&1 || :
    fi
}

# What takes long comes side by side where neither minds the other: the core's tests need no program that users get, and begin while those
# are made; Pester's look at this machine as those of the command line do, and take their turn when the core's are done; the lab comes by
# itself, as emulated machines need the processors.
test_side_by_side() {
    local logs core
    logs=$(mktemp --directory)
    dotnet build KubePrep.sln --configuration Release -verbosity:quiet -nologo
    {
        run_project tests/KubePrep.Core.Tests "$logs/core"
        run_project tests/KubePrep.Module.Tests "$logs/module"
    } &
    core=$!
    build
    # the command line's tests run the program that users get
    export KUBEPREP="$PWD/bin/cli/kubeprep"
    # and those of the packages take what users get
    export KUBEPREP_PACKAGES="$logs/what users get"
    package "$KUBEPREP_PACKAGES"
    run_project tests/KubePrep.Cli.Tests "$logs/cli" &
    wait "$core"
    run_pester >"$logs/pester" 2>&1
    wait
    say "== xunit"
    count_project "$logs/core"
    count_project "$logs/module"
    count_project "$logs/cli"
    run_project tests/lab "$logs/lab"
    count_project "$logs/lab"
    say "== Pester"
    count_pester "$logs/pester"
    rm -rf "$logs"
}

# a shell without job control has what it starts beside itself ignore interrupts, and the tests send some
undisturbed() {
    env --default-signal=INT,QUIT "$@"
}

# runs the tests of a project that is built, and keeps what it prints
run_project() {
    undisturbed dotnet test --project "$1" --configuration Release --no-build --no-progress >"$2" 2>&1 || : >"$2.failed"
}

# prints a runner's log and adds its figures to the total; a runner that broke off without a failed test has failed all the same
count_project() {
    local log=$1 broke=0
    cat "$log"
    if [ -e "$log.failed" ] && [ "$(figure "$log" failed)" = 0 ] || ! grep -q '^ *total: ' "$log"; then
        broke=1
    fi
    count "$(figure "$log" succeeded)" "$(($(figure "$log" failed) + broke))" "$(figure "$log" skipped)"
    failures+=$(say; sed -n 's/^failed //p' "$log")
    if [ "$broke" -eq 1 ]; then
        failures+=$(say; say "The tests of $(basename "$log") broke off:"; tail -n 20 "$log")
    fi
}

# a figure of a runner's summary; 0 if there is none
figure() {
    sed -n "s/^ *$2: \([0-9]*\).*/\1/p" "$1" | grep . | tail -n 1 || say 0
}

test_shell() {
    say "== shellcheck"
    if ! command -v shellcheck >/dev/null; then
        say "shellcheck is not installed: skipped"
        count 0 0 1
    elif git ls-files -z '*.sh' .ci/run | xargs -0 shellcheck; then
        count 1 0 0
    else
        count 0 1 0
    fi
}

run_pester() {
    if ! command -v pwsh >/dev/null; then
        say "There is no pwsh on PATH, so the Pester tests do not run."
        return
    fi
    if ! pwsh -NoProfile -Command 'exit [int](-not (Get-Module -ListAvailable Pester | Where-Object Version -ge 5.5))'; then
        say "This pwsh has no Pester 5.5 or later, so the Pester tests do not run."
        return
    fi
    undisturbed pwsh -NoProfile -File build.ps1 -Task Pester || :
}

# prints Pester's log and adds its figures to the total, unless it says that the tests do not run; no figures are a failure
count_pester() {
    local figures
    cat "$1"
    if grep -q 'the Pester tests do not run\.$' "$1"; then
        return
    fi
    figures=$(sed -n 's/^Pester: \([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p' "$1")
    # shellcheck disable=SC2086 # three figures
    count ${figures:-0 1 0}
    failures+=$(say; sed -n 's/^\(\x1b\[[0-9;]*m\)*\[-\] //p' "$1")
}

run_tests() {
    require_dotnet
    install_tools "${1:-}"
    prepare_lab &
    test_side_by_side
    test_shell
    # again, as few read on from the top of a long log
    [ -z "$failures" ] || say "== failed$failures"
    say
    say "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}

soak() {
    require_dotnet
    install_tools
    build
    KUBEPREP="$PWD/bin/cli/kubeprep" KUBEPREP_SOAK=1 dotnet test --project tests/lab/KubePrep.Lab.Tests.csproj --configuration Release --no-progress
}

case "$*" in
    build) build ;;
    package | 'package '*) package "${2:-}" ;;
    demo) demo ;;
    test | 'test --no-install') run_tests "${2:-}" ;;
    soak) soak ;;
    *) usage; exit 2 ;;
esac
