# shellcheck shell=bash
# The private PostGIS cluster under var/: made once, started by whoever comes first, stopped by whoever leaves last.

# Every run holds a shared lock on this file through descriptor 9; PostgreSQL itself must not inherit it.
hold_cluster() {
  exec 9>>"$GISPORTAL_VAR/postgres.users"
  flock -s 9
}

# PostgreSQL refuses to run as root, so root hands the cluster to the postgres user, who must be able to enter its folder.
make_cluster_home() {
  [[ ! -L $GISPORTAL_VAR/postgres ]] || rm "$GISPORTAL_VAR/postgres"
  CLUSTER=$GISPORTAL_VAR/postgres
  if [[ $(id -u) != 0 ]]; then
    install -d -m 700 "$CLUSTER"
  elif runuser -u postgres -- test -x "$GISPORTAL_VAR"; then
    install -d -m 700 -o postgres -g postgres "$CLUSTER"
  else
    local home
    install -d -m 755 /var/lib/gisportal
    home=$(mktemp -d /var/lib/gisportal/cluster-XXXXXXXX)
    chown postgres:postgres "$home"
    ln -sfn "$home" "$GISPORTAL_VAR/postgres"
    say "The postgres user cannot enter $GISPORTAL_VAR, so the cluster is elsewhere, linked from there."
  fi
}

# Runs a command as the owner of the cluster, from a folder everybody may read.
as_cluster_owner() {
  local owner
  owner=$(stat -L -c %U "$CLUSTER")
  if [[ $owner == "$(id -un)" ]]; then
    (cd / && "$@" 7>&- 8>&- 9>&-)
  elif [[ $(id -u) == 0 ]]; then
    (cd / && runuser -u "$owner" -- "$@" 7>&- 8>&- 9>&-)
  else
    refuse "The database cluster $CLUSTER belongs to $owner: run this as $owner, or set GISPORTAL_VAR to another folder."
  fi
}

make_cluster() {
  [[ -e $CLUSTER ]] || make_cluster_home
  CLUSTER=$(readlink -f "$GISPORTAL_VAR/postgres")
  step "Making a private PostGIS cluster in $CLUSTER"
  cluster_password | as_cluster_owner sh -c "umask 077 && cat >'$CLUSTER/password'"
  as_cluster_owner rm -rf "$CLUSTER/data.new"
  as_cluster_owner "$POSTGRES_BIN/initdb" --pgdata="$CLUSTER/data.new" --username=gisportal \
    --pwfile="$CLUSTER/password" --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 \
    >"$GISPORTAL_VAR/initdb.log" 2>&1 ||
    refuse "The database cluster could not be made: see $GISPORTAL_VAR/initdb.log."
  as_cluster_owner sh -c "cat >>'$CLUSTER/data.new/postgresql.conf'" <script/lib/postgresql.conf
  as_cluster_owner mv "$CLUSTER/data.new" "$CLUSTER/data"
}

cluster_password() { "$VENV/bin/python" -c 'import secrets; print(secrets.token_hex(24))'; }

cluster_running() { as_cluster_owner "$POSTGRES_BIN/pg_ctl" status --pgdata="$CLUSTER/data" >/dev/null 2>&1; }

# The remembered port if nobody else took it meanwhile, else another.
choose_cluster_port() {
  "$VENV/bin/python" script/lib/ports.py find "$(cat "$GISPORTAL_VAR/postgres.port" 2>/dev/null || true)"
}

start_cluster() {
  local port
  port=$(choose_cluster_port)
  step "Starting PostgreSQL on port $port"
  as_cluster_owner "$POSTGRES_BIN/pg_ctl" start --pgdata="$CLUSTER/data" --log="$CLUSTER/log" \
    --wait --timeout=120 --options="-p $port" >/dev/null </dev/null ||
    refuse "PostgreSQL did not start: the reason is at the end of $CLUSTER/log."
  echo "$port" >"$GISPORTAL_VAR/postgres.port"
}

# Gives DATABASE_URL of the private cluster, made and started if need be.
prepare_cluster() {
  local port
  CLUSTER=$(readlink -m "$GISPORTAL_VAR/postgres")
  POSTGRES_BIN=$(postgres_bin)
  hold_cluster
  { [[ -e $CLUSTER ]] && as_cluster_owner test -e "$CLUSTER/data/PG_VERSION"; } || make_cluster
  use_cluster_version
  cluster_running || start_cluster
  port=$(as_cluster_owner sed -n 4p "$CLUSTER/data/postmaster.pid")
  DATABASE_URL="postgis://gisportal:$(as_cluster_owner cat "$CLUSTER/password")@127.0.0.1:$port/gisportal"
  export DATABASE_URL
}

# A cluster is served by the major version that made it, whatever newer one came meanwhile.
use_cluster_version() {
  local version
  version=$(as_cluster_owner cat "$CLUSTER/data/PG_VERSION")
  POSTGRES_BIN=/usr/lib/postgresql/$version/bin
  [[ -x $POSTGRES_BIN/pg_ctl ]] ||
    refuse "The cluster $CLUSTER was made by PostgreSQL $version, which is no longer here: install postgresql-$version and postgresql-$version-postgis-3, or set GISPORTAL_VAR to a new folder."
}

# Stops the private cluster unless another run still uses it. Safe to call when there is none.
release_cluster() {
  [[ -n ${CLUSTER:-} ]] || return 0
  if flock -n -x 9 && cluster_running; then
    as_cluster_owner "$POSTGRES_BIN/pg_ctl" stop --pgdata="$CLUSTER/data" --mode=fast --wait >/dev/null || true
  fi
  exec 9>&-
  CLUSTER=
}
