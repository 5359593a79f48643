package main

import "flag"

// floorProcess sends the requests that a sync cannot do without, and nothing else: how fast the cluster itself is.
func floorProcess(arguments []string) error {
	flags := flag.NewFlagSet("floor", flag.ContinueOnError)
	kubeconfig := flags.String("kubeconfig", "", "")
	folder := flags.String("folder", "", "")
	dryRun := flags.Bool("dry-run-first", false, "")
	concurrency := flags.Int("concurrency", 16, "")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	objects, err := readObjects(*folder)
	if err != nil {
		return err
	}
	cluster, err := connect(*kubeconfig)
	if err != nil {
		return err
	}
	if *dryRun {
		if err := cluster.apply(objects, *concurrency, true); err != nil {
			return err
		}
	}
	return cluster.apply(objects, *concurrency, false)
}
