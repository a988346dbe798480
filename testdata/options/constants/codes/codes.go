// Package codes names the API's return codes.
package codes

// Return codes, by the catalog's names.
const (
	InvalidParameter = 1002
	RateLimited      = 1008
	ServiceTimeout   = 1050
)
