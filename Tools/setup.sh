# What the tools need, found or installed. Sourced by Tools/test and Tools/quickstart with the
# package root as working directory; every function returns non-zero with one clear message.

say() { printf '%s\n' "$*" >&2; }

# Swift of at least $1.$2 on PATH.
require_swift() {
    if ! command -v swift >/dev/null; then
        say "swift is not on PATH: see https://swift.org/install"
        return 1
    fi
    local version major minor
    version=$(swift --version 2>/dev/null |
        sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
    major=${version%%.*} minor=${version#*.}
    if [ "${major:-0}" -lt "$1" ] || { [ "$major" -eq "$1" ] && [ "${minor:-0}" -lt "$2" ]; }; then
        say "Swift $1.$2 or newer is needed, this is ${version:-unknown}"
        return 1
    fi
}

# The Debian packages named; installed when missing and this is root.
require_debian() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
            missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local command="apt-get install -y --no-install-recommends ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        say "missing Debian packages; run: sudo $command"
        return 1
    fi
    say "installing ${missing[*]}"
    { apt-get update && DEBIAN_FRONTEND=noninteractive $command; } >.build/apt.log 2>&1 || {
        say "$command failed:"
        tail -n 5 .build/apt.log >&2
        return 1
    }
}

# Programs, as PROGRAM or PROGRAM=PACKAGE; those that are not on PATH are installed.
require_programs() {
    local missing=() each
    for each in "$@"; do
        command -v "${each%%=*}" >/dev/null || missing+=("${each##*=}")
    done
    [ ${#missing[@]} -eq 0 ] || require_debian "${missing[@]}"
}

# A Python with what Tools/requirements.txt names first on PATH: the system's, or a virtual
# environment.
require_python() {
    local modules='import boto3, awslambdaric, selenium'
    python3 -c "$modules" 2>/dev/null && command -v aws >/dev/null && return 0
    local environment=.build/python
    if ! "$environment/bin/python3" -c "$modules" 2>/dev/null; then
        require_debian python3-venv || return 1
        say "installing $(tr '\n' ' ' <Tools/requirements.txt)into $environment"
        { python3 -m venv "$environment" &&
            "$environment/bin/pip" install -q -r Tools/requirements.txt; } >.build/pip.log 2>&1 || {
            say "pip install -r Tools/requirements.txt failed:"
            tail -n 5 .build/pip.log >&2
            return 1
        }
    fi
    PATH=$PWD/$environment/bin:$PATH
}
