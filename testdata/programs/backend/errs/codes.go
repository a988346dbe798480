package errs

// Codes of the messaging API that this backend cares about.
//
//retcode:code business
const (
	InvalidParameter       = 1002
	IPNotAllowed           = 1007
	RateLimited            = 1008
	ServiceTimeout         = 1050
	UserLimitExceeded      = 2007
	DuplicateDeactivation  = 24353
	DeactivationInProgress = 24356
	CommunityServiceError  = 24402
	CommunityNotFound      = 24410
	CommunityLimitExceeded = 24412
	GroupAlreadyExists     = 25409
	GroupNotFound          = 25410
	GroupFull              = 25411
	GroupAlreadyMember     = 25412
	QueryRateLimited       = 25416
	GroupNotMember         = 25418
	AlreadyFriends         = 25460
	BlockedByTarget        = 25462
	FriendListFull         = 25467
)

// Codes that this backend answers its own clients with.
const (
	AppOK           = 0
	AppNoSuchRoom   = 20003
	AppQuota        = 20011
	AppBadArgument  = 40001
	AppInternal     = 50000
	AppTryAgain     = 50003
	AppUnauthorized = 40100
)
