// Package handling turns the partitions of a package into what people are shown of them.
//
// It knows how to say in words of the field what a function does for a class of codes:
// returned, wrapped, mapped to an error, retried, logged, answered with an HTTP status;
// which retryable codes are not told apart, and the way from the call to the decision.
//
// It is asked once for a package, where the map is wanted. It never judges: what is wrong
// is what the checks found, and it never prints.
package handling
