package sdkv4rc

// Return codes of the API that this program knows.
//
//retcode:code business
const (
	codeSuccess           = 200
	codeSuccessV2         = 10000
	codeInvalidRequest    = 1000
	codeWrongSecret       = 1001
	codeInvalidParameter  = 1002
	codeSignature         = 1004
	codeRateLimited       = 1008
	codeServiceOff        = 1009
	codeTimeout           = 1050
	codeUserLimit         = 2007
	codeRoomNotFound      = 23410
	codeRoomExists        = 23435
	codeDeactivating      = 24356
	codeCommunityOff      = 24401
	codeCommunityError    = 24402
	codeCommunityNotFound = 24410
	codeGroupExists       = 25409
	codeGroupNotFound     = 25410
	codeGroupFull         = 25411
	codeQueryRateLimited  = 25416
	codeAlreadyFriends    = 25460
	codeBlockedByTarget   = 25462
	codeStreamRunning     = 29001
)
