package im

// Return codes of the API that this program knows.
//
//retcode:code business
const (
	CodeSuccess           = 200
	CodeSuccessV2         = 10000
	CodeInvalidRequest    = 1000
	CodeWrongSecret       = 1001
	CodeInvalidParameter  = 1002
	CodeSignature         = 1004
	CodeRateLimited       = 1008
	CodeServiceOff        = 1009
	CodeTimeout           = 1050
	CodeUserLimit         = 2007
	CodeRoomNotFound      = 23410
	CodeRoomExists        = 23435
	CodeDeactivating      = 24356
	CodeCommunityOff      = 24401
	CodeCommunityError    = 24402
	CodeCommunityNotFound = 24410
	CodeGroupExists       = 25409
	CodeGroupNotFound     = 25410
	CodeGroupFull         = 25411
	CodeQueryRateLimited  = 25416
	CodeAlreadyFriends    = 25460
	CodeBlockedByTarget   = 25462
	CodeStreamRunning     = 29001
)
