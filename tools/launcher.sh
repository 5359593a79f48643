#!/bin/sh
# Starts the command line with a Java 21 or newer. Works through symbolic links and from any folder.
set -u

self=$0
while [ -L "$self" ]; do
    target=$(readlink "$self")
    case $target in
        /*) self=$target ;;
        *) self=$(dirname "$self")/$target ;;
    esac
done
root=$(cd "$(dirname "$self")/.." && pwd -P)
jar=$root/cli/target/gitops.jar

if [ ! -f "$jar" ]; then
    echo "Error: $jar is not there: run \`make cli\` in $root" >&2
    exit 2
fi

# The Java that was found last time, as long as it is there: looking for one costs more than the rest of this script. With it
# the option that keeps a newer Java from warning of what the protocol buffers in CEL do; an older one does not know it.
remembered=$root/bin/.java
java=
quiet=
[ -f "$remembered" ] && { read -r java && read -r quiet; } <"$remembered"
if [ -z "$java" ] || [ ! -x "$java" ]; then
    home=$("$root/tools/find-jdk") || exit 2
    java=$home/bin/java
    quiet=--sun-misc-unsafe-memory-access=allow
    "$java" "$quiet" -version >/dev/null 2>&1 || quiet=
    { printf '%s\n%s\n' "$java" "$quiet" >"$remembered"; } 2>/dev/null || true
fi

# Java reads the names of files as the locale says; without one, as in many containers, it would fail at the first umlaut.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]-8* | *[Uu][Tt][Ff]8*) ;;
    *) export LC_ALL=C.UTF-8 ;;
esac

out=false
err=false
[ -t 1 ] && out=true
[ -t 2 ] && err=true

# Short runs: no optimising compiler, the small collector, and classes from an archive where there is one that fits.
archive=-Xshare:auto
[ -f "$root/bin/gitops.jsa" ] && archive=-XX:SharedArchiveFile=$root/bin/gitops.jsa
# shellcheck disable=SC2086 # GITOPS_JAVA_OPTS holds several options, $quiet one or none
exec "$java" $quiet -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$archive" -Xlog:disable \
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Dgitops.out.terminal=$out -Dgitops.err.terminal=$err \
    ${GITOPS_JAVA_OPTS:-} -jar "$jar" "$@"
