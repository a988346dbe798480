package perf

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// copyTools copies the sources of x/tools, a large module without a code.
func copyTools(root, dir string) (string, error) {
	from, err := goCommand(root, "list", "-m", "-f", "{{.Dir}}", "golang.org/x/tools")
	if err != nil {
		return "", err
	}
	return dir, os.CopyFS(dir, os.DirFS(from))
}

// newEmpty makes a module from which std can be named.
func newEmpty(dir string) (string, error) {
	return dir, write(filepath.Join(dir, "go.mod"), []byte("module example.com/empty\n\ngo 1.26\n"))
}

const (
	servicePackages = 300
	serviceEvery    = 100 // one in so many calls the API
)

// newService generates a module of packages around net/http. One in a hundred calls the
// API. Each imports an earlier one, so that a few import those that do.
func newService(root, dir string) (string, error) {
	goMod := fmt.Sprintf("module example.com/service\n\ngo 1.26\n\nrequire github.com/rongcloud/server-sdk-go/v4 v4.0.0\n\n"+
		"replace github.com/rongcloud/server-sdk-go/v4 => %s\n", filepath.Join(root, "testdata", "stubs", "sdk", "v4"))
	if err := write(filepath.Join(dir, "go.mod"), []byte(goMod)); err != nil {
		return "", err
	}
	for i := range servicePackages {
		if err := write(filepath.Join(dir, fmt.Sprintf("p%03d", i), "p.go"), []byte(servicePackage(i, true))); err != nil {
			return "", err
		}
	}
	return dir, nil
}

const serviceHead = `// Package %[1]s serves a part of the API of this company.
package %[1]s

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
%[2]s)

// A State is that of a record.
type State int

// The states.
const (
	New State = iota
	Open
	Closed
)

// ErrClosed says that a record cannot be changed any more.
var ErrClosed = errors.New("closed")
`

const servicePart = `
// Record%[1]d is stored.
type Record%[1]d struct {
	ID    string    ` + "`json:\"id\"`" + `
	State State     ` + "`json:\"state\"`" + `
	At    time.Time ` + "`json:\"at\"`" + `
	Tags  []string  ` + "`json:\"tags\"`" + `
}

// Next returns the state that follows, or an error if there is none.
func (r *Record%[1]d) Next() (State, error) {
	switch r.State {
	case New:
		return Open, nil
	case Open:
		if len(r.Tags) > %[1]d {
			return Closed, nil
		}
		return Open, nil
	}
	return 0, fmt.Errorf("record %%s: %%w", r.ID, ErrClosed)
}

// ServeHTTP changes the record that the body names.
func (r *Record%[1]d) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	var body struct {
		Tags []string ` + "`json:\"tags\"`" + `
	}
	if err := json.NewDecoder(req.Body).Decode(&body); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	for _, tag := range body.Tags {
		if tag = strings.TrimSpace(tag); tag != "" {
			r.Tags = append(r.Tags, tag)
		}
	}
	state, err := r.Next()
	switch {
	case errors.Is(err, ErrClosed):
		http.Error(w, err.Error(), http.StatusConflict)
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	default:
		r.State, r.At = state, time.Now()
		if err := json.NewEncoder(w).Encode(r); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}
}

// Fetch%[1]d asks another service for a record.
func Fetch%[1]d(c *http.Client, host, id string) (*Record%[1]d, error) {
	resp, err := c.Get("https://" + host + "/records/" + id)
	if err != nil {
		return nil, fmt.Errorf("fetching %%s: %%w", id, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetching %%s: status %%d", id, resp.StatusCode)
	}
	r := new(Record%[1]d)
	return r, json.NewDecoder(resp.Body).Decode(r)
}
`

const serviceCall = `
// Unblock unblocks a user, and tries again if the server asks for it.
func Unblock(rc *sdk.RongCloud, user string) error {
	for range 3 {
		err := rc.BlockRemove(user)
		var failure sdk.CodeResult
		if !errors.As(err, &failure) || failure.Code != 1008 {
			return err
		}
		time.Sleep(time.Second)
	}
	return errors.New("too many calls")
}

// Remind sends and forgets.
func Remind(rc *sdk.RongCloud, user string) {
	_ = rc.BlockRemove(user)
}
`

// servicePackage is one of them; calling says whether some of them call the API.
func servicePackage(i int, calling bool) string {
	var b strings.Builder
	imports := ""
	calls := calling && i%serviceEvery == serviceEvery-3
	if calls {
		imports += "\n\t\"github.com/rongcloud/server-sdk-go/v4/sdk\"\n"
	}
	if i > 0 {
		imports += fmt.Sprintf("\n\t\"example.com/service/p%03d\"\n", (i-1)/3)
	}
	fmt.Fprintf(&b, serviceHead, fmt.Sprintf("p%03d", i), imports)
	if i > 0 {
		fmt.Fprintf(&b, "\n// Earlier is made elsewhere.\ntype Earlier = p%03d.Record1\n", (i-1)/3)
	}
	for part := range 5 {
		fmt.Fprintf(&b, servicePart, part+1)
	}
	if calls {
		b.WriteString(serviceCall)
	}
	return b.String()
}
