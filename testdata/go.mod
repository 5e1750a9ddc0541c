// This module holds what bee's tests need and its users do not: captured
// hosts, generators of hardware, and the benchmark. Being a module of its own,
// it stays out of every "go get github.com/mchus/bee".
module github.com/mchus/bee/testdata

go 1.26.0

require (
	github.com/mchus/bee v0.0.0
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
)

require (
	github.com/clipperhouse/displaywidth v0.11.0 // indirect
	github.com/clipperhouse/uax29/v2 v2.7.0 // indirect
	golang.org/x/text v0.14.0 // indirect
)

require (
	github.com/google/go-cmp v0.7.0
	github.com/tidwall/gjson v1.20.1 // indirect
	github.com/tidwall/match v1.1.1 // indirect
	github.com/tidwall/pretty v1.2.0 // indirect
	golang.org/x/mod v0.42.0
)

replace github.com/mchus/bee => ../
