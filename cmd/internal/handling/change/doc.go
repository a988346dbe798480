// Package change compares: two reports of one program, to say which handling changed
// ([Handling]), and two tables of codes, to say which codes are new, gone or reclassified
// and which calls each touches ([Codes]). Both are written as text or as Markdown for a
// pull request. Calls are matched by function and by what is called, never by line.
package change
