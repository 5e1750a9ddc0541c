// This module is bee's column in a benchmark of parsers. Being a module of its
// own, it can be built beside the peers without bringing them into bee's.
module github.com/mchus/bee/testdata/bench

go 1.26

require github.com/mchus/bee v0.0.0

require (
	github.com/tidwall/gjson v1.20.1 // indirect
	github.com/tidwall/match v1.1.1 // indirect
	github.com/tidwall/pretty v1.2.0 // indirect
)

replace github.com/mchus/bee => ../../
