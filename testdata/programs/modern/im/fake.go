package im

import (
	"example.com/modern/imcode"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Fake is a service that refuses everyone on its list, for the demo mode.
type Fake struct{ Refused map[string]bool }

// BlockAdd refuses as the real service does.
func (f *Fake) BlockAdd(id string, minute uint64) error {
	if f.Refused[id] {
		return sdk.RCErrorNew(imcode.UserNotFound, "no such user")
	}
	return nil
}

// BlockRemove is always busy.
func (f *Fake) BlockRemove(id string) error {
	return sdk.RCErrorNew(1080, "too many calls") // want `\(unknown\)`
}
