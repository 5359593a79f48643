package main

import (
	"net/netip"
	"sync"

	"k8s.io/apimachinery/pkg/types"
)

// podRange is the network that pods get their addresses from; nothing listens on them.
var podRange = netip.MustParsePrefix("10.244.0.0/16")

// podAddresses gives each living pod an address of its own.
type podAddresses struct {
	mutex sync.Mutex
	next  netip.Addr
	owned map[types.UID]netip.Addr
	taken map[netip.Addr]bool
}

func newPodAddresses() *podAddresses {
	return &podAddresses{next: podRange.Addr().Next(), owned: map[types.UID]netip.Addr{}, taken: map[netip.Addr]bool{}}
}

func (a *podAddresses) of(pod types.UID) string {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if address, ok := a.owned[pod]; ok {
		return address.String()
	}
	for a.taken[a.next] {
		a.advance()
	}
	address := a.next
	a.owned[pod], a.taken[address] = address, true
	// Going on from the last one given keeps the address of a pod that is gone unused for long.
	a.advance()
	return address.String()
}

func (a *podAddresses) advance() {
	if a.next = a.next.Next(); !podRange.Contains(a.next) {
		a.next = podRange.Addr().Next()
	}
}

func (a *podAddresses) reserve(pod types.UID, address string) {
	parsed, err := netip.ParseAddr(address)
	if err != nil {
		return
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.owned[pod], a.taken[parsed] = parsed, true
}

func (a *podAddresses) release(pod types.UID) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	delete(a.taken, a.owned[pod])
	delete(a.owned, pod)
}
