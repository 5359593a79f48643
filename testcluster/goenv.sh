# Sourced by build.sh and test.sh: the same settings for both, so that one compiles from what the other has cached.

# No C compiler is needed, and no Git checkout.
export CGO_ENABLED=0
export GOFLAGS="-mod=readonly -buildvcs=false"

# The servers call themselves v0.0.0 unless the linker tells them their version; go.mod is where it is written.
kubernetes=$(awk '$1 == "k8s.io/kubernetes" { print $2; exit }' go.mod)
major=${kubernetes#v}
minor=${major#*.}
major=${major%%.*}
minor=${minor%%.*}

ldflags="-s -w"
for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
	ldflags="$ldflags -X $package.gitVersion=$kubernetes -X $package.gitMajor=$major -X $package.gitMinor=$minor"
	ldflags="$ldflags -X $package.gitTreeState=clean"
done
