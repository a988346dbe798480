// Package sarif writes the findings of a report in SARIF 2.1.0: with the places that explain
// them, the way from the call to the decision, fingerprints that outlive moved lines, and
// those that a directive silences as suppressed.
package sarif
