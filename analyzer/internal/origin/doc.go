// Package origin finds the places in a package where codes of a catalog enter.
//
// It knows the vendor's packages, envelopes by JSON's rules, directives, flags, and what
// is evidence that a package talks to the API; and the gate that tells a package
// without any of it from its syntax alone.
//
// It is asked for the table of origins of one package. It never follows a value: what
// is a code by flow is found in package flow.
package origin
