// Package app sees both through another package.
package app

import (
	"example.com/twins/ab"
	"example.com/twins/wrap"
)

// Limit is no code.
const Limit = ab.Limit

func first(b wrap.Both) bool {
	return b.First == 102 // want `magic errs code 102 \(Busy: busy\); use errs.Busy \(magic\)`
}

// Rules: own/same-name.
func second(b wrap.Both) bool {
	return b.Second == 202 // want `magic errs code 202 \(Later: later\); use errs2.Later \(magic\)`
}

// Rules: own/same-name.
func neither(b wrap.Both) bool {
	return b.Second == 102 // want `102 is no documented errs code; did you mean 101 \(Closed\)\? \(unknown\)`
}

//retcode:code errs // want `more than one package has a space "errs"; write IMPORT/PATH/errs \(directive\)`
type either int

//retcode:code example.com/twins/b/errs/errs
type own int

func declared(c own) bool {
	return c == 202 // want `magic errs code 202 \(Later: later\); use errs2.Later \(magic\)`
}
