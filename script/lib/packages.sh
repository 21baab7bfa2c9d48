# shellcheck shell=bash
# Debian packages: each need is looked for by what it gives, so a machine that has it from elsewhere is left alone.

# The interpreter that makes the virtual environment; empty if there is none of 3.11 or newer.
system_python() {
  local name
  for name in python3.11 python3 python3.12 python3.13; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      echo "$name"
      return
    fi
  done
}

# The program folder of the newest PostgreSQL here that also has PostGIS; empty if there is none.
postgres_bin() {
  local bin version
  for bin in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
    version=$(basename "$(dirname "$bin")")
    if [[ -x $bin/initdb && -e /usr/share/postgresql/$version/extension/postgis.control ]]; then
      echo "$bin"
      return
    fi
  done
}

has() { command -v "$1" >/dev/null 2>&1; }

has_library() { /sbin/ldconfig -p | grep -q "lib$1\.so"; }

# Prints the packages that give what is missing. Usage: missing_packages base|dev
missing_packages() {
  "$(system_python)" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
  [[ -n ${DATABASE_URL:-} || -n $(postgres_bin) ]] || echo postgresql postgresql-postgis
  { has ogr2ogr && has_library gdal; } || echo gdal-bin
  has_library geos_c || echo libgeos-c1v5
  { has_library pangoft2-1.0 && has_library harfbuzz-subset; } || echo libpangoft2-1.0-0 libharfbuzz-subset0
  has msgfmt || echo gettext
  has node || echo nodejs
  has npm || echo npm
  [[ $1 == base ]] || missing_dev_packages
}

# Playwright brings a Node.js of its own, which needs libatomic.
missing_dev_packages() {
  has chromium || echo chromium
  has_library atomic || echo libatomic1
  [[ -n $(fc-list 2>/dev/null | head -n 1) ]] || echo fontconfig fonts-dejavu-core
}

prepare_packages() {
  local missing as_root=()
  [[ -n $(system_python) ]] || refuse "Python 3.11 or newer is needed and was not found: install python3 (3.11+)."
  missing=$(missing_packages "$1" | xargs)
  [[ -n $missing ]] || return 0
  has apt-get || refuse "These are missing and there is no apt-get here to install them: $missing. Install them and run this again."
  if [[ $(id -u) != 0 ]]; then
    if ! has sudo || { [[ ! -t 0 ]] && ! sudo -n true 2>/dev/null; }; then
      refuse "These packages are missing: $missing. Run 'apt-get install $missing' as root, then run this again as $(id -un)."
    fi
    as_root=(sudo)
  fi
  step "Installing from the distribution: $missing"
  install_packages "${as_root[@]}" >"$GISPORTAL_VAR/apt.log" 2>&1 </dev/null || {
    tail -n 5 "$GISPORTAL_VAR/apt.log" >&2
    refuse "The packages could not be installed: $missing. The whole output is in $GISPORTAL_VAR/apt.log."
  }
}

# Uses `missing` of its caller. Arguments: sudo, or nothing.
install_packages() {
  # shellcheck disable=SC2086,SC2154  # a list of words, set by prepare_packages
  "$@" apt-get update -q &&
    "$@" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
}
