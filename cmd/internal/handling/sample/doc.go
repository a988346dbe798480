// Package sample makes reports, and the sources that they are about, for tests and for the
// picture in the documentation: a shop that keeps its orders in PostgreSQL, calls services
// over gRPC and sends messages through RongCloud. It analyses nothing; what it says of a
// function was written down beside it.
package sample
