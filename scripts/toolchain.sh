# Sourced by ./docent and ./test: makes sure that cargo can build the solver (HiGHS), which needs a C++ compiler,
# cmake and libclang. What is missing is installed: by apt-get when we are root, else into target/tools.
# Expects $here (the project's folder); sets $target.

target="${CARGO_TARGET_DIR:-$here/target}"
tools="$target/tools"

say() { echo "docent: $*" >&2; }
die() { say "$@"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

has_libclang() {
    local found
    if [ -n "${LIBCLANG_PATH:-}" ]; then
        found="$LIBCLANG_PATH"/libclang*.so*
    else
        found="/usr/lib/llvm-*/lib/libclang*.so* /usr/lib*/libclang*.so* /usr/lib/*-linux-gnu/libclang*.so* /usr/local/lib/libclang*.so*"
    fi
    # shellcheck disable=SC2086  # the patterns are to be expanded
    for file in $found; do
        case "$file" in *libclang-cpp*) continue ;; esac
        [ -e "$file" ] && return 0
    done
    return 1
}

use_local_tools() {
    if [ -x "$tools/cmake/data/bin/cmake" ]; then export PATH="$tools/cmake/data/bin:$PATH"; fi
    if [ -e "$tools/clang/native/libclang.so" ] && ! has_libclang; then export LIBCLANG_PATH="$tools/clang/native"; fi
}

with_apt() {
    [ "$(id -u)" = 0 ] && has apt-get || return 1
    say "installing $* (apt-get)"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@"; } >&2
}

with_pip() {
    has python3 || return 1
    say "installing $* into $tools (pip)"
    local pip="python3 -m pip"
    if ! $pip --version >/dev/null 2>&1; then
        python3 -m venv "$target/venv" >&2 || return 1
        pip="$target/venv/bin/python -m pip"
    fi
    PIP_ROOT_USER_ACTION=ignore $pip install --quiet --disable-pip-version-check --no-input --target "$tools" "$@" >&2
}

has cargo || export PATH="$HOME/.cargo/bin:$PATH"
has cargo || die "cargo is not installed; get Rust from https://rustup.rs, then run this again"
has c++ || has g++ || has clang++ || with_apt g++ || die "there is no C++ compiler; install g++, then run this again"

use_local_tools
if ! has cmake; then
    with_apt cmake || with_pip cmake || die "cmake is missing and could not be installed; install it (apt-get install cmake, or python3-pip), then run this again"
    use_local_tools
fi
if ! has_libclang; then
    with_apt libclang-dev || with_pip libclang \
        || die "libclang is missing and could not be installed; install it (apt-get install libclang-dev, or python3-pip), then run this again"
    use_local_tools
fi
has cmake || die "cmake is still missing; install it, then run this again"
has_libclang || die "libclang is still missing; install libclang-dev, then run this again"
