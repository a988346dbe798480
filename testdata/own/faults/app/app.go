// Package app uses what is right of them.
package app

import "example.com/faults/codes"

//retcode:code shop // want `unknown space "shop"; the catalogs have status, number, sqlstate, http, business, extended, primary and state \(directive\)`
type code int

// Rules: directive/own-mistake.
func busy(s codes.State) bool {
	return s == "busy" // want `magic state code busy \(Busy: busy\); use codes.Busy \(magic\)`
}
