# shellcheck shell=bash
# The web server and the worker of script/server: started, watched, started again, stopped by their process ids.

declare -A PROCESS_IDS=() STARTED_AT=() QUICK_ENDS=()
# A process that ends this soon after its start, this many times in a row, has something wrong that a restart won't mend.
QUICK_SECONDS=10
QUICK_ENDS_ALLOWED=3

# gunicorn, because it renews a killed process by itself and takes a new release without dropping requests; threads,
# because a request mostly waits for PostGIS, which lets other threads run, and they share one copy of the code, which
# --preload loads before the processes part.
run_web() {
  exec "$VENV/bin/python" -m gunicorn gisportal.wsgi:application \
    --bind "$HOST:$PORT" --worker-class gthread --workers "${WEB_WORKERS:-2}" --threads 8 \
    --limit-request-line 8190 --timeout 60 --graceful-timeout 20 --keep-alive 5 --max-requests 5000 --max-requests-jitter 500 \
    --worker-tmp-dir "$GISPORTAL_VAR" --no-control-socket --preload \
    --logger-class gisportal.access_log.Logger --access-logfile -
}

run_worker() { exec "$VENV/bin/python" manage.py worker; }

# Usage: start_process web|worker
start_process() {
  "run_$1" >>"$GISPORTAL_VAR/$1.log" 2>&1 </dev/null &
  PROCESS_IDS[$1]=$!
  echo "$!" >"$GISPORTAL_VAR/$1.pid"
  STARTED_AT[$1]=$SECONDS
}

start_processes() {
  local name
  for name in web worker; do
    : >"$GISPORTAL_VAR/$name.log"
    start_process "$name"
  done
}

# Waits until the portal answers, or refuses with the end of its log.
wait_for_web() {
  local attempt
  for ((attempt = 0; attempt < 120; attempt++)); do
    "$VENV/bin/python" script/lib/answers.py "$HOST" "$PORT" && return
    kill -0 "${PROCESS_IDS[web]}" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 15 "$GISPORTAL_VAR/web.log" >&2
  refuse "The web server does not answer on $HOST:$PORT: the whole log is $GISPORTAL_VAR/web.log."
}

# A web server or worker that ends is started again, since nothing is lost with it; one that keeps ending stops all.
watch_processes() {
  local name
  while true; do
    # The shell's own word about a killed process would repeat ours.
    wait -n "${PROCESS_IDS[@]}" 2>/dev/null || true
    for name in web worker; do
      kill -0 "${PROCESS_IDS[$name]}" 2>/dev/null || restart_process "$name"
    done
  done
}

restart_process() {
  if ((SECONDS - STARTED_AT[$1] >= QUICK_SECONDS)); then
    QUICK_ENDS[$1]=0
  elif ((${QUICK_ENDS[$1]:-0} + 1 >= QUICK_ENDS_ALLOWED)); then
    tail -n 15 "$GISPORTAL_VAR/$1.log" >&2
    refuse "The $1 process ended $QUICK_ENDS_ALLOWED times right after its start, so everything is stopped: see $GISPORTAL_VAR/$1.log."
  else
    QUICK_ENDS[$1]=$((${QUICK_ENDS[$1]:-0} + 1))
  fi
  say "The $1 process ended; starting it again."
  start_process "$1"
}

stop_processes() {
  local name
  for name in "${!PROCESS_IDS[@]}"; do
    kill -TERM "${PROCESS_IDS[$name]}" 2>/dev/null || true
  done
  for name in "${!PROCESS_IDS[@]}"; do
    wait_for_end "${PROCESS_IDS[$name]}" "$name"
  done
  rm -f "$GISPORTAL_VAR/web.pid" "$GISPORTAL_VAR/worker.pid"
  PROCESS_IDS=()
}

# Requests and jobs get time to finish; what does not end by then is ended.
wait_for_end() {
  local tenths
  for ((tenths = 0; tenths < 300; tenths++)); do
    kill -0 "$1" 2>/dev/null || return 0
    sleep 0.1
  done
  say "The $2 process did not stop within 30 seconds and is killed."
  kill -KILL "$1" 2>/dev/null || true
}
