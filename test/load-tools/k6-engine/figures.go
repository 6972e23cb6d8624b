package main

import (
	"slices"
	"sync"
)

// figures are what all virtual users have measured together.
type figures struct {
	mutex    sync.Mutex
	outcomes map[string]int
	trends   map[string][]float64
	rates    map[string]int
	modules  map[string]bool
}

func newFigures() *figures {
	return &figures{
		outcomes: map[string]int{},
		trends:   map[string][]float64{},
		rates:    map[string]int{},
		modules:  map[string]bool{},
	}
}

func (f *figures) count(_ string, value float64, outcome string) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.outcomes[outcome] += int(value)
}

func (f *figures) trend(name string, value float64, _ string) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.trends[name] = append(f.trends[name], value)
}

func (f *figures) rate(name string, value float64, _ string) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.rates[name] += int(value)
}

func (f *figures) noteModule(name string) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.modules[name] = true
}

func (f *figures) summary() summary {
	names := []string{}
	for name := range f.modules {
		names = append(names, name)
	}
	slices.Sort(names)
	return summary{Outcomes: f.outcomes, Trends: f.trends, Rates: f.rates, Modules: names}
}
