# Sourced by ./run and ./test: finds Python, makes .venv, installs a pinned and hashed list. Plain sh.

venv_python=.venv/bin/python

stop() { # say what is wrong and what to do, in both languages, and end
    printf '\n%s\n%s\n' "$1" "$2" >&2
    exit 1
}

find_python() { # print the newest Python that is new enough
    for name in "${PYTHON:-}" python3.14 python3.13 python3.12 python3.11 python3 python; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name" && return
        fi
    done
}

install_with_apt() { # install system packages when this machine and this person may; else return false
    command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] || return 1
    echo "Henter fra systemets pakker: $*"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@"; } >/dev/null
}

make_environment() { # make .venv unless it is there and works
    if [ -x "$venv_python" ] && "$venv_python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then return; fi
    rm -rf .venv
    python=$(find_python)
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --python "${python:->=3.11}" .venv && return
    fi
    [ -n "$python" ] || stop "Aktsom trenger Python 3.11 eller nyere, og vi finner den ikke på denne maskinen." \
        "Aktsom needs Python 3.11 or newer. Install it (for example: sudo apt-get install python3 python3-venv), then run this again."
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        install_with_apt python3-venv "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv" ||
            stop "Python mangler delen som heter venv." "Type this, then run again: sudo apt-get install python3-venv"
    fi
    "$python" -m venv .venv
}

install_packages() { # install_packages base|dev: once per list and Python
    list=requirements/$1.txt
    stamp=.venv/aktsom-$1
    wanted=$(cksum <"$list")-$("$venv_python" -V)
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then return; fi
    echo "Installerer det Aktsom bygger på ($list) …"
    if command -v uv >/dev/null 2>&1; then
        uv pip install --quiet --python "$venv_python" --require-hashes --only-binary :all: -r "$list"
    else
        "$venv_python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r "$list"
    fi || stop "Vi fikk ikke installert pakkene. Er maskinen på nett?" "The packages could not be installed. Is this machine online?"
    echo "$wanted" >"$stamp"
}
