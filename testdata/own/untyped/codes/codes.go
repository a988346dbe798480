// Package codes has the answers of the payment service, as plain numbers.
package codes

// What the payment service answers.
//
//retcode:space pay success=0
const (
	OK      = iota
	Poor    // the account has too little money
	Blocked // the card is blocked
	//retcode:retry transient
	Down // the ledger is down
	//retcode:retry rate-limit
	Busy
)

// Limits are no answers.
const (
	MaxCents = 4
	Retries  = 3
)
