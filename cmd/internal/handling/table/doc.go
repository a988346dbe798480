// Package table shows a report in a terminal: grouped by call, what is done for each class
// of codes and what was found, in as many columns as there are; or, wide, one line for each
// class with everything in it, to search and cut. It adds colour if it is told to, and does
// not know where it writes.
package table
