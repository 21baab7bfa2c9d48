# shellcheck shell=bash
# Runs checks one after the other, each under a heading with its time, and remembers which failed.

CHECKS=0
FAILED=()

# Usage: check HEADING COMMAND [ARGUMENT …]
check() {
  local heading=$1 started=$SECONDS verdict=ok
  shift
  printf '\n== %s\n' "$heading"
  "$@" || verdict=FAILED
  CHECKS=$((CHECKS + 1))
  [[ $verdict == ok ]] || FAILED+=("$heading")
  printf '   %s, %d s\n' "$verdict" $((SECONDS - started))
}

# Says what failed; the exit code is that of the whole.
summarise_checks() {
  printf '\n'
  if ((${#FAILED[@]} == 0)); then
    say "All $CHECKS checks are fine ($SECONDS s)."
    return 0
  fi
  say "${#FAILED[@]} of $CHECKS checks failed ($SECONDS s):"
  printf '  - %s\n' "${FAILED[@]}"
  return 1
}
