// Runs a script of k6 in sobek, the JavaScript engine of k6, with stand-ins in Go for the modules of k6 that the script imports. It is not
// k6: it has no thresholds, no scenarios and no protocols but HTTP. What it shows is that the script runs in that engine, and how fast.
//
//	k6-engine -vus 2 -iterations 250 -e ENDPOINT=http://127.0.0.1:9229 script.js
//
// It prints one line of JSON.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// environment collects the flags -e NAME=VALUE.
type environment map[string]string

func (e environment) String() string { return "" }

func (e environment) Set(text string) error {
	name, value, found := strings.Cut(text, "=")
	if !found {
		return fmt.Errorf("must be NAME=VALUE")
	}
	e[name] = value
	return nil
}

// summary is what is printed.
type summary struct {
	Seconds float64 `json:"seconds"`
	// What the threads of this process have computed, in seconds. The pool is another process.
	CPUSeconds float64        `json:"cpuSeconds"`
	Outcomes   map[string]int `json:"outcomes"`
	// The values of each Trend, in milliseconds.
	Trends map[string][]float64 `json:"trends"`
	// How often each Rate was true.
	Rates map[string]int `json:"rates"`
	// The modules of k6 that the script has imported.
	Modules []string `json:"modules"`
}

func main() {
	env := environment{}
	vus := flag.Int("vus", 1, "virtual users, each with a runtime of its own")
	iterations := flag.Int64("iterations", 1, "how often the script runs, shared by the virtual users")
	flag.Var(env, "e", "NAME=VALUE, which the script finds in __ENV")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: k6-engine [-vus N] [-iterations N] [-e NAME=VALUE]... script.js")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), env, *vus, *iterations); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(path string, env environment, vus int, iterations int64) error {
	source, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	figures := newFigures()
	users := make([]*virtualUser, vus)
	// Every user has read the script before the first one begins, as in k6
	for i := range users {
		if users[i], err = newVirtualUser(i+1, path, string(source), env, figures); err != nil {
			return err
		}
	}
	var next atomic.Int64
	var waiting sync.WaitGroup
	failures := make(chan error, vus)
	cpuBefore, began := cpuTime(), time.Now()
	for _, user := range users {
		waiting.Go(func() {
			for iteration := next.Add(1) - 1; iteration < iterations; iteration = next.Add(1) - 1 {
				if err := user.iterate(iteration); err != nil {
					failures <- err
					return
				}
			}
		})
	}
	waiting.Wait()
	result := figures.summary()
	result.Seconds = time.Since(began).Seconds()
	result.CPUSeconds = (cpuTime() - cpuBefore).Seconds()
	close(failures)
	if err := <-failures; err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}

// cpuTime is what this process has computed so far.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	// It cannot fail for this process
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
