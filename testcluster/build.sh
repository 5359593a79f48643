#!/bin/sh
# Builds bin/testcluster and bin/kubectl. Go's build cache decides what there is to do: nothing changed takes seconds.
set -eu
cd "$(dirname "$0")"
. ./goenv.sh

packages=". k8s.io/kubernetes/cmd/kubectl"
mkdir -p bin
echo "building testcluster and kubectl $kubernetes: cold about 7 minutes on two cores, then from the cache in seconds"
# Listing the packages downloads their modules, which go reports line by line.
# shellcheck disable=SC2086
total=$(go list -deps $packages | wc -l)

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086
go build -v -ldflags "$ldflags" -o bin/ $packages >"$log" 2>&1 &
build=$!
trap 'kill $build 2>/dev/null || :; exit 130' INT TERM
seconds=0
while kill -0 $build 2>/dev/null; do
	sleep 1
	seconds=$((seconds + 1))
	if [ $((seconds % 20)) -eq 0 ]; then
		echo "  ${seconds} s: compiled $(wc -l <"$log" | tr -d ' ') of at most $total packages"
	fi
done
if ! wait $build; then
	cat "$log" >&2
	echo "building testcluster failed" >&2
	exit 1
fi
