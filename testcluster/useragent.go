package main

import "os"

// actAs makes the clients that are created from now on call themselves by the name of the component. A client takes
// its user agent from the program's name, and the API server takes the field manager of a write from the user agent:
// without this every controller's fields would belong to "testcluster", which no real cluster shows.
func actAs(component string) { os.Args[0] = component }
