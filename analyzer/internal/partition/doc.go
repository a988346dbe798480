// Package partition divides the codes of one carrier into classes that behave alike.
//
// It knows which codes are worth a propagation, when two of them have the same effects,
// whether the call that produced the carrier is made again (repetition, retry helpers),
// whether time passes on the way back, and by which returns a failure is answered.
//
// It is asked for the Partition of a source, and then about classes, cases and retries.
// It never finds a source, knows no check, and reports nothing.
package partition
