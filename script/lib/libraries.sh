# shellcheck shell=bash
# Python and browser libraries, exactly as locked; a stamp beside them makes the second run quick.

checksum() { cat "$@" | sha256sum | cut -c 1-64; }

stamped() { [[ -e $1 && $(<"$1") == "$2" ]]; }

# What a finished installation of requirements/$1.txt leaves in its stamp; a checkout that was moved installs again.
python_stamp() { echo "$VENV $(checksum requirements/base.txt "requirements/$1.txt")"; }

python_ready() {
  "$VENV/bin/python" -c '' 2>/dev/null || return 1
  stamped "$VENV/.dev" "$(python_stamp dev)" && return
  [[ $1 == base ]] && stamped "$VENV/.base" "$(python_stamp base)"
}

# Usage: prepare_python base|dev
prepare_python() {
  python_ready "$1" && return
  step "Installing the Python packages of requirements/$1.txt"
  "$VENV/bin/python" -c '' 2>/dev/null || "$(system_python)" -m venv --clear "$VENV" ||
    refuse "The virtual environment $VENV could not be made: see above."
  rm -f "$VENV/.base" "$VENV/.dev"
  "$VENV/bin/python" -m pip install --quiet --require-hashes --requirement "requirements/$1.txt" </dev/null ||
    refuse "The Python packages could not be installed: see above. Is the package index reachable?"
  python_stamp "$1" >"$VENV/.$1"
}

npm_stamp() { checksum package.json package-lock.json; }

npm_ready() {
  stamped node_modules/.dev "$(npm_stamp)" && return
  [[ $1 == base ]] && stamped node_modules/.base "$(npm_stamp)"
}

# Usage: prepare_npm base|dev
prepare_npm() {
  local only=()
  npm_ready "$1" && return
  [[ $1 == dev ]] || only=(--omit=dev)
  step "Installing the browser libraries of package-lock.json"
  npm ci "${only[@]}" --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null ||
    refuse "The browser libraries could not be installed: see above. Is the package registry reachable?"
  npm_stamp >"node_modules/.$1"
}

# Greek and English, compiled where the source is newer.
prepare_translations() {
  local po mo
  for po in locale/*/LC_MESSAGES/*.po; do
    mo=${po%.po}.mo
    [[ -e $po ]] || continue
    [[ $mo -nt $po ]] || msgfmt --check-format --output-file="$mo" "$po" ||
      refuse "The translation $po has an error: see above."
  done
}

# An environment of its own under var/apart/ for what cannot live beside our own libraries. Usage: prepare_apart clients|peers
prepare_apart() {
  local home=$GISPORTAL_VAR/apart/$1 wanted
  wanted="$home $(checksum "requirements/$1.txt")"
  "$home/bin/python" -c '' 2>/dev/null && stamped "$home/.stamp" "$wanted" && return
  step "Installing the Python packages of requirements/$1.txt"
  "$(system_python)" -m venv --clear "$home" || refuse "The virtual environment $home could not be made: see above."
  "$home/bin/python" -m pip install --quiet --require-hashes --requirement "requirements/$1.txt" </dev/null ||
    refuse "The Python packages could not be installed: see above. Is the package index reachable?"
  echo "$wanted" >"$home/.stamp"
}
