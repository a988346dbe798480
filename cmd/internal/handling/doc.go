// Package handling is the command map: it reads the options, asks for a report, chooses what
// to show of it, and has it shown (table, page, sarif, graph) or compared (change) with
// another revision or another table of codes. What analyses a program is given to it as a
// [Program]; it runs git for other revisions, and nothing else.
package handling
