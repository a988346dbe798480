// Package page makes of a report one HTML file that needs nothing else: a matrix of codes and
// calls, what becomes of each code in colour and in words, filters, totals, and for each call
// the source around it, the classes of codes, the findings and the way from the call to the
// decision. The file loads nothing, runs only the script that is in it, and can be read with
// a keyboard, a screen reader, and on paper.
package page
