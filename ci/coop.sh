#!/bin/sh
# Cooperations in any CI: coop.sh proof|review|run [options of that command]
#
# Writes reports into $COOP_REPORTS (coop-reports unless set): SARIF, JUnit, Markdown, and for `run` the events as JSON lines.
# On GitHub Actions it annotates the change and writes the job's summary. Ends with the command's own exit code.
set -u
mode=${1:-proof}
[ $# -eq 0 ] || shift
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
reports=${COOP_REPORTS:-coop-reports}
if ! mkdir -p "$reports" 2>/dev/null || [ ! -w "$reports" ]; then
  echo "coop.sh: no reports can be written to $reports. Name a folder in COOP_REPORTS that can be written." >&2
  exit 2
fi
# Not named as the command itself, which COOP_COMMAND may be.
call() {
  if [ -n "${COOP_COMMAND:-}" ]; then eval "$COOP_COMMAND \"\$@\""; else node "$here/../bin/coop.mjs" "$@"; fi
}
case $mode in
  proof | review) call "$mode" --format sarif "$@" >"$reports/$mode.sarif" ;;
  run) call run --json --yes plan,merge "$@" >"$reports/run.jsonl" ;;
  *)
    echo "coop.sh: there is no mode $mode; it is one of proof, review, run." >&2
    exit 2
    ;;
esac
code=$?
node "$here/report.mjs" "$mode" "$reports" "$code"
exit "$code"
