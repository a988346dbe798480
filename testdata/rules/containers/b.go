package min2

import (
	"errors"
	"fmt"
	"log"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Not reported:
func d1(ids []string) []string {
	var out []string
	for _, id := range ids {
		u, err := rc.UserRegister(id, id, "")
		if err != nil {
			log.Print(err)
			continue
		}
		out = append(out, u.Token)
	}
	return out
}

// Not reported: map of statuses
func d2(ids []string) map[string]bool {
	out := make(map[string]bool, len(ids))
	for _, id := range ids {
		if err := rc.BlockRemove(id); err != nil {
			log.Print(err)
			continue
		}
		out[id] = true
	}
	return out
}

// Not reported: success counted, failure skipped
func d3(ids []string) (n int) {
	for _, id := range ids {
		if err := rc.BlockRemove(id); err != nil {
			log.Print(err)
			continue
		}
		n++
	}
	return n
}

// Not reported: errors in a map by user, returned
func d4(ids []string) map[string]error {
	out := map[string]error{}
	for _, id := range ids {
		if err := rc.BlockRemove(id); err != nil {
			out[id] = err
		}
	}
	return out
}

// Not reported: struct field by index
type rowResult struct {
	ID  string
	OK  bool
	Err error
}

func d5(ids []string) []rowResult {
	out := make([]rowResult, len(ids))
	for i, id := range ids {
		out[i].ID = id
		if err := rc.BlockRemove(id); err != nil {
			out[i].Err = err
			continue
		}
		out[i].OK = true
	}
	return out
}

// Not reported: codes gathered in a map of counts
func d6(ids []string) map[int]int {
	out := map[int]int{}
	for _, id := range ids {
		var cr sdk.CodeResult
		if errors.As(rc.BlockRemove(id), &cr) {
			out[cr.Code]++
		}
	}
	return out
}

// Not reported: struct result built stepwise with message
type report struct {
	Failed int
	Notes  []string
}

func d7(ids []string) (r report) {
	for _, id := range ids {
		if err := rc.BlockRemove(id); err != nil {
			r.Failed++
			r.Notes = append(r.Notes, fmt.Sprintf("%s: %v", id, err))
		}
	}
	return r
}
