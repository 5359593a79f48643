#!/bin/sh
# Format, vet, and the tests against a real cluster; expects what build.sh builds.
set -eu
cd "$(dirname "$0")"
. ./goenv.sh

unformatted=$(gofmt -l .)
if [ -n "$unformatted" ]; then
	echo "gofmt -w would change: $unformatted" >&2
	exit 1
fi
go vet ./...
# The binary under test is not among what the cache of test results looks at.
go test -count=1 ./...
