package main

import (
	"fmt"
	"sync"
	"time"

	"github.com/grafana/sobek"
)

// virtualUser is a runtime with its own loop of events. Only one goroutine at a time uses the runtime.
type virtualUser struct {
	runtime *sobek.Runtime
	execute sobek.Callable
	// Work that another goroutine has made ready for the runtime.
	events chan func()
	// How many requests and timers are under way.
	pending  int
	scenario *sobek.Object
}

// newVirtualUser reads the script, whose top level runs once for each user.
func newVirtualUser(number int, path, source string, env environment, figures *figures) (*virtualUser, error) {
	runtime := sobek.New()
	user := &virtualUser{runtime: runtime, events: make(chan func(), 16), scenario: runtime.NewObject()}
	if err := user.setGlobals(number, env); err != nil {
		return nil, err
	}
	modules := user.k6Modules(figures)
	resolve := func(_ interface{}, specifier string) (sobek.ModuleRecord, error) {
		module, found := modules[specifier]
		if !found {
			return nil, fmt.Errorf("k6 has no module %q", specifier)
		}
		figures.noteModule(specifier)
		return module, nil
	}
	script, err := sobek.ParseModule(path, source, resolve)
	if err != nil {
		return nil, err
	}
	if err := script.Link(); err != nil {
		return nil, err
	}
	evaluated := runtime.CyclicModuleRecordEvaluate(script, resolve)
	if evaluated.State() != sobek.PromiseStateFulfilled {
		return nil, fmt.Errorf("the script has failed: %v", evaluated.Result())
	}
	execute, isFunction := sobek.AssertFunction(runtime.NamespaceObjectFor(script).Get("default"))
	if !isFunction {
		return nil, fmt.Errorf("the script exports no default function")
	}
	user.execute = execute
	return user, nil
}

// setGlobals sets what k6 has beside the language. It has neither fetch, crypto.subtle, TextEncoder nor URL.
func (user *virtualUser) setGlobals(number int, env environment) error {
	setTimeout := func(call sobek.FunctionCall) sobek.Value {
		work, isFunction := sobek.AssertFunction(call.Argument(0))
		if !isFunction {
			panic(user.runtime.NewTypeError("setTimeout needs a function"))
		}
		pause := time.Duration(call.Argument(1).ToFloat() * float64(time.Millisecond))
		cleared := make(chan struct{})
		user.later(func() func() {
			select {
			case <-cleared:
				return func() {}
			case <-time.After(pause):
				return func() { _, _ = work(sobek.Undefined()) }
			}
		})
		return user.runtime.ToValue(sync.OnceFunc(func() { close(cleared) }))
	}
	clearTimeout := func(call sobek.FunctionCall) sobek.Value {
		if clear, isFunction := sobek.AssertFunction(call.Argument(0)); isFunction {
			_, _ = clear(sobek.Undefined())
		}
		return sobek.Undefined()
	}
	for name, value := range map[string]any{
		"__ENV":        map[string]string(env),
		"__VU":         number,
		"__ITER":       0,
		"setTimeout":   setTimeout,
		"clearTimeout": clearTimeout,
	} {
		if err := user.runtime.Set(name, value); err != nil {
			return err
		}
	}
	return nil
}

// later does work outside the runtime, and then what the work returns in the runtime.
func (user *virtualUser) later(work func() func()) {
	user.pending++
	go func() {
		done := work()
		user.events <- func() {
			user.pending--
			done()
		}
	}()
}

// iterate runs the default function of the script once, with everything that it has begun.
func (user *virtualUser) iterate(number int64) error {
	if err := user.runtime.Set("__ITER", number); err != nil {
		return err
	}
	if err := user.scenario.Set("iterationInTest", number); err != nil {
		return err
	}
	result, err := user.execute(sobek.Undefined())
	if err != nil {
		return err
	}
	for user.pending > 0 {
		event := <-user.events
		event()
		// Jobs of promises run when the runtime returns to Go
		if _, err := user.runtime.RunString(""); err != nil {
			return err
		}
	}
	if promise, isPromise := result.Export().(*sobek.Promise); isPromise && promise.State() != sobek.PromiseStateFulfilled {
		return fmt.Errorf("an iteration has not come to its end: %v", promise.Result())
	}
	return nil
}
