// Package codes has the reasons for which a parcel is not taken.
package codes

// Reason is why. It is an error itself.
//
//retcode:space parcel success=ok noun="reason"
//retcode:host api.parcels.example
type Reason string

// The reasons.
const (
	OK           Reason = "ok"
	TooHeavy     Reason = "TOO_HEAVY"   // the parcel weighs more than 30 kg
	NoSuchStreet Reason = "NO_STREET"   // the address does not exist
	Refused      Reason = "REFUSED"     // the receiver did not want it
	Declined            = Refused       // as older clients say
	Busy         Reason = "E_BUSY"      //retcode:retry transient
	SlowDown     Reason = "E_SLOW_DOWN" //retcode:retry rate-limit
)

// Error returns the text.
func (r Reason) Error() string { return "parcel: " + string(r) }

// Temporary reports whether the same call may succeed later.
func (r Reason) Temporary() bool { return r == Busy || r == "E_SLOW_DOWN" } // want `magic reason E_SLOW_DOWN \(SlowDown: slow down\); use SlowDown \(magic\)`
