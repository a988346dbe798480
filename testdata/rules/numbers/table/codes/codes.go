// Package codes names some.
package codes

//retcode:code business
const (
	RateLimited = 1008
	Timeout     = 1050
)
