# shellcheck shell=bash
# Where things are: the checkout, what is generated, the address. Sourced first by every script.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck disable=SC2034  # used by those who source this
VENV=$ROOT/.venv
# shellcheck disable=SC2034  # used by those who source this
CALLER_DIR=$PWD
HOST=${HOST:-127.0.0.1}
PORT=${PORT:-8000}

cd "$ROOT" || exit 1
# shellcheck source=script/lib/say.sh
. script/lib/say.sh

if ! [[ $PORT =~ ^[1-9][0-9]{0,4}$ && $PORT -le 65535 ]]; then
  refuse "PORT is '$PORT': set it to a number between 1 and 65535."
fi

mkdir -p "${GISPORTAL_VAR:=$ROOT/var}" 2>/dev/null ||
  refuse "Cannot write in $GISPORTAL_VAR: make it writable for $(id -un), or set GISPORTAL_VAR to a folder that is."
GISPORTAL_VAR=$(cd "$GISPORTAL_VAR" && pwd -P)
[[ -w $GISPORTAL_VAR ]] ||
  refuse "Cannot write in $GISPORTAL_VAR: make it writable for $(id -un), or set GISPORTAL_VAR to a folder that is."

export GISPORTAL_VAR HOST PORT
export PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1
