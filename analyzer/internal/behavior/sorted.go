package behavior

import (
	"cmp"
	"slices"

	"github.com/go-retcode/retcode/analyzer/internal/fact"
)

func sortInt64(list []int64) { slices.Sort(list) }

func sortEntries(list []fact.Entry) {
	slices.SortFunc(list, func(a, b fact.Entry) int { return cmp.Compare(a.Code, b.Code) })
}
