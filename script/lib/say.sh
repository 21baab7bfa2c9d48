# shellcheck shell=bash
# Sentences for the person at the terminal.

say() { printf '%s\n' "$*"; }

# Something that takes a while; printed before it starts.
step() { printf '· %s\n' "$*"; }

# A refusal: what is wrong and what to do next. Everything after it is undone by the caller's EXIT trap.
refuse() {
  printf '\n%s\n' "$*" >&2
  exit 1
}
