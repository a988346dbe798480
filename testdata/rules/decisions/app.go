// Package decisions has functions that decide for others what a code means, and failures
// that are gathered over a loop.
package decisions

import (
	"errors"
	"log"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

//retcode:code business
const (
	rateLimited    = 1008
	timeout        = 1050
	groupNotFound  = 25410
	groupFull      = 25411
	queryLimited   = 25416
	alreadyFriends = 25460
)

var (
	errRefused = errors.New("refused")
	errLater   = errors.New("later")
)

// App has what the functions need.
type App struct {
	rc    *sdk.RongCloud
	all   []*sdk.RongCloud
	later func(id string)
}

func (a *App) note(err error) { log.Print(err) }
