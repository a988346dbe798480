// Package drivers holds programs on the real drivers, with what retcode has to say of each
// in want comments.
package drivers
