package perf

import (
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A usage is what one command took.
type usage struct {
	cpu, wall time.Duration
	peak      int64 // of the memory of its largest process
}

// A job is a command to measure. Its n-th run may differ from the others, to miss a cache.
type job struct {
	name string
	dir  string
	argv func(n int) []string
	env  func(n int) []string
	exit []int // exit codes that mean success

	before func(n int) error // changes what it runs on, or nil
}

// runs counts the pairs.
var runs int

// measure runs a job once.
func (j job) measure(b *testing.B, n int) usage {
	b.Helper()
	if j.before != nil {
		if err := j.before(n); err != nil {
			b.Fatal(err)
		}
	}
	argv := j.argv(n)
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Dir = j.dir
	cmd.Env = append(os.Environ(), "PWD="+j.dir, "GOFLAGS=", "GOWORK=off", "GOCACHE="+filepath.Join(here.tmp, "gocache"))
	if j.env != nil {
		cmd.Env = append(cmd.Env, j.env(n)...)
	}
	// What the commands print is of no interest, and memory of this process would count as
	// the command's: a child begins with what its parent has.
	said, err := os.Create(filepath.Join(b.TempDir(), "said"))
	if err != nil {
		b.Fatal(err)
	}
	defer said.Close()
	cmd.Stdout, cmd.Stderr = said, said
	start := time.Now()
	err = cmd.Run()
	wall := time.Since(start)
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		b.Fatal(err)
	}
	state := cmd.ProcessState
	if !slices.Contains(j.exit, state.ExitCode()) {
		data, _ := os.ReadFile(said.Name())
		b.Fatalf("%s: %v\n%s", strings.Join(argv, " "), err, data[:min(len(data), 2000)])
	}
	return usage{state.UserTime() + state.SystemTime(), wall, peak(state)}
}

// compare runs two jobs in turn, and reports the medians of the ratios of their pairs.
// Memory is compared where the command itself does the work.
func compare(b *testing.B, driver, packages string, ours, theirs job, memory bool) {
	b.Helper()
	pair := func() (x, y usage) {
		runs++ // over all comparisons, for they share a build cache
		return ours.measure(b, runs), theirs.measure(b, runs)
	}
	pair() // to compile what is needed, and to fill the file cache
	var cpu, wall, mem []float64
	for b.Loop() {
		x, y := pair()
		cpu = append(cpu, float64(x.cpu)/float64(y.cpu))
		wall = append(wall, float64(x.wall)/float64(y.wall))
		mem = append(mem, float64(x.peak)/float64(y.peak))
		b.Logf("%s: %v CPU, %v, peak %d; %s: %v CPU, %v, peak %d", ours.name, x.cpu, x.wall, x.peak, theirs.name, y.cpu, y.wall, y.peak)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(cpu), "x-cpu")
	b.ReportMetric(median(wall), "x-wall")
	peaks := ""
	if memory && !math.IsNaN(median(mem)) {
		b.ReportMetric(median(mem), "x-peak")
		peaks = spread(mem)
	}
	rows = append(rows, fmt.Sprintf("| %s | %s | %s | %s | %s | %s | %d |", driver, packages, theirs.name, spread(cpu), spread(wall), peaks, len(cpu)))
}

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	n := len(list)
	if n == 0 {
		return math.NaN()
	}
	return (list[(n-1)/2] + list[n/2]) / 2
}

// spread is the median, and the least and the greatest of the pairs.
func spread(list []float64) string {
	return fmt.Sprintf("%.2f (%.2f to %.2f)", median(list), slices.Min(list), slices.Max(list))
}
