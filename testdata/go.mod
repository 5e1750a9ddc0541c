// This module holds what bee's tests need and its users do not: captured
// hosts, generators of hardware, and the benchmark. Being a module of its own,
// it stays out of every "go get github.com/mchus/bee".
module github.com/mchus/bee/testdata

go 1.26.0

require github.com/mchus/bee v0.0.0

require golang.org/x/mod v0.42.0 // indirect

replace github.com/mchus/bee => ../
