package main

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/grafana/sobek"
)

// goModule is a module whose exports are values of Go.
type goModule struct {
	exports map[string]any
}

func (m *goModule) Link() error { return nil }

func (m *goModule) GetExportedNames(callback func([]string), _ ...sobek.ModuleRecord) bool {
	names := make([]string, 0, len(m.exports))
	for name := range m.exports {
		names = append(names, name)
	}
	callback(names)
	return true
}

func (m *goModule) ResolveExport(name string, _ ...sobek.ResolveSetElement) (*sobek.ResolvedBinding, bool) {
	if _, found := m.exports[name]; !found {
		return nil, false
	}
	return &sobek.ResolvedBinding{BindingName: name, Module: m}, false
}

func (m *goModule) Evaluate(runtime *sobek.Runtime) *sobek.Promise {
	promise, resolve, _ := runtime.NewPromise()
	// A promise that was just made takes a value
	_ = resolve(&goModuleInstance{runtime: runtime, exports: m.exports})
	return promise
}

type goModuleInstance struct {
	runtime *sobek.Runtime
	exports map[string]any
}

func (i *goModuleInstance) GetBindingValue(name string) sobek.Value {
	return i.runtime.ToValue(i.exports[name])
}

// k6Modules has what the example imports of k6.
func (user *virtualUser) k6Modules(figures *figures) map[string]sobek.ModuleRecord {
	withDefault := func(exports map[string]any) *goModule {
		all := map[string]any{"default": exports}
		for name, value := range exports {
			all[name] = value
		}
		return &goModule{exports: all}
	}
	return map[string]sobek.ModuleRecord{
		"k6/http":      withDefault(map[string]any{"post": user.post, "asyncRequest": user.asyncRequest}),
		"k6/crypto":    withDefault(map[string]any{"randomBytes": user.randomBytes}),
		"k6/execution": withDefault(map[string]any{"scenario": user.scenario}),
		"k6/metrics": withDefault(map[string]any{
			"Counter": user.metric(figures.count),
			"Rate":    user.metric(figures.rate),
			"Trend":   user.metric(figures.trend),
		}),
	}
}

func (user *virtualUser) randomBytes(length int) sobek.ArrayBuffer {
	bytes := make([]byte, length)
	// It never fails: crypto/rand ends the process instead
	_, _ = rand.Read(bytes)
	return user.runtime.NewArrayBuffer(bytes)
}

// metric makes the constructor of a metric, whose method add notes a value.
func (user *virtualUser) metric(note func(name string, value float64, outcome string)) func(sobek.ConstructorCall) *sobek.Object {
	return func(call sobek.ConstructorCall) *sobek.Object {
		name := call.Argument(0).String()
		add := func(call sobek.FunctionCall) sobek.Value {
			outcome := ""
			if tags, isObject := call.Argument(1).(*sobek.Object); isObject {
				outcome = tags.Get("outcome").String()
			}
			note(name, call.Argument(0).ToFloat(), outcome)
			return sobek.Undefined()
		}
		// The object is new, and takes every member
		_ = call.This.Set("add", add)
		return nil
	}
}

// answer is what came back, or why nothing did.
type answer struct {
	status int
	header http.Header
	body   string
	err    error
}

var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

func send(method, url, body string, headers map[string]string) answer {
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return answer{err: err}
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := client.Do(request)
	if err != nil {
		return answer{err: err}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return answer{status: response.StatusCode, header: response.Header, body: string(text), err: err}
}

// post is the request of k6 that the script waits for.
func (user *virtualUser) post(url, body string, params *sobek.Object) sobek.Value {
	return user.response(send(http.MethodPost, url, body, headersIn(params)))
}

// asyncRequest is the request of k6 that gives a promise.
func (user *virtualUser) asyncRequest(method, url, body string, params *sobek.Object) *sobek.Promise {
	promise, resolve, _ := user.runtime.NewPromise()
	headers := headersIn(params)
	user.later(func() func() {
		received := send(method, url, body, headers)
		return func() { _ = resolve(user.response(received)) }
	})
	return promise
}

func headersIn(params *sobek.Object) map[string]string {
	headers := map[string]string{}
	if params == nil {
		return headers
	}
	if given, isObject := params.Get("headers").(*sobek.Object); isObject {
		for _, name := range given.Keys() {
			headers[name] = given.Get(name).String()
		}
	}
	return headers
}

// response makes what k6 calls a Response. Status 0 says that there was no answer.
func (user *virtualUser) response(received answer) sobek.Value {
	members := map[string]any{"status": received.status, "body": received.body, "error": ""}
	if received.err != nil {
		members["status"], members["error"] = 0, received.err.Error()
	}
	headers := map[string]string{}
	for name, values := range received.header {
		headers[name] = strings.Join(values, ", ")
	}
	members["headers"] = headers
	members["json"] = func() sobek.Value {
		var parsed any
		if err := json.Unmarshal([]byte(received.body), &parsed); err != nil {
			panic(user.runtime.NewGoError(err))
		}
		return user.runtime.ToValue(parsed)
	}
	return user.runtime.ToValue(members)
}
