// Package library knows what functions of well-known packages do, by their names.
//
// It knows the standard library, loggers, metrics, HTTP client libraries, and packages
// that wait or retry: which calls only log or print, which end the process, which have
// no effect that outlives the caller, which let time pass, which tell a retry helper
// to stop, which change what a client answers. A new logging or retry package is a line here.
//
// It is asked about one function or call at a time. It never looks into a body, knows
// nothing of codes, and decides nothing: an unknown function has no model.
package library
