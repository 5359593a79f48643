// Measures gitops beside its peers on one cluster: kubectl, Argo CD's gitops-engine, and a floor that sends the same requests.
// The first argument says what this process is: the benchmark itself (run), or one of the contenders (engine, floor).
package main

import (
	"fmt"
	"os"
)

func main() {
	commands := map[string]func([]string) error{"run": run, "engine": engineProcess, "floor": floorProcess}
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "say what to do: run, engine, or floor")
		os.Exit(2)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
}
