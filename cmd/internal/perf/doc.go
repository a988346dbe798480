// Package perf holds benchmarks that compare whole commands: retcode with analyzers that
// do nothing, and with other linters. Each runs the two in turn and reports the medians of
// the ratios. They take long and fetch modules, so they run only with RETCODE_PERF=1 in the
// environment; -benchtime=10x makes ten pairs.
package perf
