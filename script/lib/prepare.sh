# shellcheck shell=bash
# Everything a run needs, in order. Source this, then call `prepare base` or `prepare dev`.

set -euo pipefail
# shellcheck source=script/lib/environment.sh
. "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
. script/lib/packages.sh
. script/lib/libraries.sh
. script/lib/cluster.sh

prepare() {
  # Two runs in one checkout prepare one after the other.
  exec 8<script/setup
  flock -n 8 || { step "Another run is preparing this checkout; waiting for it" && flock 8; }
  prepare_packages "$1"
  prepare_python "$1"
  prepare_npm "$1"
  prepare_translations
  prepare_secret
  prepare_database
  flock -u 8
  exec 8<&-
}

prepare_database() {
  local create=()
  trap release_cluster EXIT
  if [[ -z ${DATABASE_URL:-} ]]; then
    prepare_cluster
    create=(--create)
  fi
  "$VENV/bin/python" script/lib/check_database.py "${create[@]}" || exit 1
}

# Outside production a missing SECRET_KEY is made once, so that nobody runs with a key that is in the source.
prepare_secret() {
  [[ -z ${SECRET_KEY:-} && ${GISPORTAL_ENV:-development} != production ]] || return 0
  [[ -s $GISPORTAL_VAR/secret_key ]] ||
    (umask 077 && "$VENV/bin/python" -c 'import secrets; print(secrets.token_urlsafe(60))' >"$GISPORTAL_VAR/secret_key")
  SECRET_KEY=$(<"$GISPORTAL_VAR/secret_key")
  export SECRET_KEY
}
