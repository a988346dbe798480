// Package imcode names the codes of the messaging service that we act on.
package imcode

//retcode:code business
const (
	Success               = 200
	UserNotFound          = 400
	InvalidParameter      = 1002
	SignatureMismatch     = 1004
	RateLimited           = 1008
	ServiceTimeout        = 1050
	UserLimitExceeded     = 2007
	DuplicateDeactivation = 24353
	DeactivationRunning   = 24356
	CommunityNotFound     = 24410
	GroupAlreadyExists    = 25409
	GroupNotFound         = 25410
	GroupFull             = 25411
	GroupAlreadyMember    = 25412
	QueryRateLimited      = 25416
)
