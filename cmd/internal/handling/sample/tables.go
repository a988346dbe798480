package sample

import "github.com/go-retcode/retcode/analyzer/report"

// Spaces returns parts of the tables of three APIs, as a report has them.
func Spaces() []report.Space {
	return []report.Space{grpc(), postgresql(), rongcloud()}
}

func grpc() report.Space {
	return report.Space{
		ID: "grpc/code", API: "grpc", Name: "code", Title: "gRPC", Open: true,
		Codes: []report.Code{
			{Value: report.Int(0), Name: "OK", Success: true},
			{Value: report.Int(1), Name: "Canceled", Retry: report.Unsure, Meaning: "the caller gave up"},
			{Value: report.Int(2), Name: "Unknown", Retry: report.Unsure, Meaning: "no code was given, or it is foreign"},
			{Value: report.Int(3), Name: "InvalidArgument", Meaning: "an argument is bad whatever the state"},
			{Value: report.Int(4), Name: "DeadlineExceeded", Retry: report.Unsure, Meaning: "time ran out; the call may have been applied"},
			{Value: report.Int(5), Name: "NotFound", Meaning: "the entity does not exist"},
			{Value: report.Int(6), Name: "AlreadyExists", Meaning: "the entity to be made exists"},
			{Value: report.Int(7), Name: "PermissionDenied", Meaning: "the caller may not do this"},
			{Value: report.Int(8), Name: "ResourceExhausted", Retry: report.RateLimit, Meaning: "a quota or a resource is used up"},
			{Value: report.Int(9), Name: "FailedPrecondition", Meaning: "the state has to be mended first"},
			{Value: report.Int(10), Name: "Aborted", Retry: report.Transaction, Meaning: "a conflict, such as of two transactions: begin the sequence again"},
			{Value: report.Int(11), Name: "OutOfRange", Meaning: "past the valid range"},
			{Value: report.Int(12), Name: "Unimplemented", Meaning: "the server has no such method"},
			{Value: report.Int(13), Name: "Internal", Retry: report.Unsure, Meaning: "an invariant of the server broke"},
			{Value: report.Int(14), Name: "Unavailable", Retry: report.Transient, Meaning: "the service cannot be reached now; documented: retry with a backoff"},
			{Value: report.Int(15), Name: "DataLoss", Retry: report.Unsure, Meaning: "data are lost or corrupt"},
			{Value: report.Int(16), Name: "Unauthenticated", Meaning: "no valid credentials"},
		},
	}
}

func postgresql() report.Space {
	return report.Space{
		ID: "postgresql/sqlstate", API: "postgresql", Name: "sqlstate", Title: "PostgreSQL", Open: true,
		Codes: []report.Code{
			{Value: report.Text("08000"), Name: "ConnectionException", Group: "Connection Exception", Retry: report.Transient},
			{Value: report.Text("08001"), Name: "SQLClientUnableToEstablishSQLConnection", Group: "Connection Exception", Retry: report.Transient},
			{Value: report.Text("08003"), Name: "ConnectionDoesNotExist", Group: "Connection Exception", Retry: report.Transient},
			{Value: report.Text("08006"), Name: "ConnectionFailure", Group: "Connection Exception", Retry: report.Transient},
			{Value: report.Text("22001"), Name: "StringDataRightTruncationDataException", Group: "Data Exception"},
			{Value: report.Text("22003"), Name: "NumericValueOutOfRange", Group: "Data Exception"},
			{Value: report.Text("22P02"), Name: "InvalidTextRepresentation", Group: "Data Exception"},
			{Value: report.Text("23502"), Name: "NotNullViolation", Group: "Integrity Constraint Violation"},
			{Value: report.Text("23503"), Name: "ForeignKeyViolation", Group: "Integrity Constraint Violation"},
			{Value: report.Text("23505"), Name: "UniqueViolation", Group: "Integrity Constraint Violation"},
			{Value: report.Text("23514"), Name: "CheckViolation", Group: "Integrity Constraint Violation"},
			{Value: report.Text("25P02"), Name: "InFailedSQLTransaction", Group: "Invalid Transaction State"},
			{Value: report.Text("40001"), Name: "SerializationFailure", Group: "Transaction Rollback", Retry: report.Transaction},
			{Value: report.Text("40003"), Name: "StatementCompletionUnknown", Group: "Transaction Rollback", Retry: report.Unsure},
			{Value: report.Text("40P01"), Name: "DeadlockDetected", Group: "Transaction Rollback", Retry: report.Transaction},
			{Value: report.Text("42501"), Name: "InsufficientPrivilege", Group: "Syntax Error or Access Rule Violation"},
			{Value: report.Text("42601"), Name: "SyntaxError", Group: "Syntax Error or Access Rule Violation"},
			{Value: report.Text("42703"), Name: "UndefinedColumn", Group: "Syntax Error or Access Rule Violation"},
			{Value: report.Text("42P01"), Name: "UndefinedTable", Group: "Syntax Error or Access Rule Violation"},
			{Value: report.Text("53100"), Name: "DiskFull", Group: "Insufficient Resources", Retry: report.Unsure},
			{Value: report.Text("53200"), Name: "OutOfMemory", Group: "Insufficient Resources", Retry: report.Transient},
			{Value: report.Text("53300"), Name: "TooManyConnections", Group: "Insufficient Resources", Retry: report.Transient},
			{Value: report.Text("55P03"), Name: "LockNotAvailable", Group: "Object Not In Prerequisite State", Retry: report.Transient},
			{Value: report.Text("57014"), Name: "QueryCanceled", Group: "Operator Intervention", Retry: report.Unsure},
			{Value: report.Text("57P01"), Name: "AdminShutdown", Group: "Operator Intervention", Retry: report.Transient},
			{Value: report.Text("57P02"), Name: "CrashShutdown", Group: "Operator Intervention", Retry: report.Transient},
			{Value: report.Text("57P03"), Name: "CannotConnectNow", Group: "Operator Intervention", Retry: report.Transient},
		},
	}
}

func rongcloud() report.Space {
	return report.Space{
		ID: "rongcloud/business", API: "rongcloud", Name: "business", Title: "RongCloud", Open: false,
		Codes: []report.Code{
			{Value: report.Int(200), Name: "Success", Group: "general", Success: true},
			{Value: report.Int(404), Name: "EndpointNotFound", Group: "general"},
			{Value: report.Int(1000), Name: "InvalidRequest", Group: "general"},
			{Value: report.Int(1002), Name: "InvalidParameter", Group: "general"},
			{Value: report.Int(1004), Name: "SignatureMismatch", Group: "general"},
			{Value: report.Int(1008), Name: "RateLimited", Group: "general", Retry: report.RateLimit},
			{Value: report.Int(1009), Name: "ServiceNotEnabled", Group: "general"},
			{Value: report.Int(1015), Name: "DeleteTargetNotFound", Group: "general"},
			{Value: report.Int(1050), Name: "ServiceTimeout", Group: "general", Retry: report.Transient},
			{Value: report.Int(2007), Name: "UserLimitExceeded", Group: "general"},
			{Value: report.Int(20107), Name: "DirectBlocklistFull", Group: "direct"},
			{Value: report.Int(22201), Name: "ExpansionMessageNotFound", Group: "expansion"},
			{Value: report.Int(23410), Name: "OpenChannelNotFound", Group: "openchannel"},
			{Value: report.Int(23424), Name: "OpenChannelMetadataNotPermitted", Group: "openchannel"},
			{Value: report.Int(24356), Name: "DeactivationInProgress", Group: "user", Retry: report.Poll},
			{Value: report.Int(24402), Name: "CommunityServiceError", Group: "community", Retry: report.Transient},
			{Value: report.Int(24404), Name: "CommunityUnknownError", Group: "community"},
			{Value: report.Int(25416), Name: "QueryRateLimited", Group: "group", Retry: report.RateLimit},
			{Value: report.Int(25417), Name: "GroupOwnerCannotLeave", Group: "group"},
			{Value: report.Int(25419), Name: "GroupAdminLimitExceeded", Group: "group"},
			{Value: report.Int(25427), Name: "GroupInviteeMustAccept", Group: "group"},
			{Value: report.Int(26003), Name: "SettingsServiceError", Group: "settings", Retry: report.Transient},
			{Value: report.Int(28402), Name: "TranslationServiceError", Group: "translation", Retry: report.Transient},
			{Value: report.Int(28403), Name: "TranslationMissingParameter", Group: "translation"},
			{Value: report.Int(29001), Name: "StreamNotFinished", Group: "stream", Retry: report.Poll},
			{Value: report.Int(29003), Name: "StreamPullTimeout", Group: "stream", Retry: report.Poll},
			{Value: report.Int(29007), Name: "StreamServiceError", Group: "stream", Retry: report.Transient},
		},
	}
}
