// Package check holds the checks, a file each, and the registry in reporting order.
//
// A check knows one mistake: what is wrong, where the hand goes to mend it, and how to
// say it. The registry (All) decides which check is heard where two see one cause.
//
// Checks are run once for each package that can contain a code. They ask the engine,
// the origins and the catalog, and never search the program by themselves: a question
// that is missing belongs into the room that knows the answer.
package check
