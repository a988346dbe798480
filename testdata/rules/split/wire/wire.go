// Package wire asks the API, and gives one response to its callers in several results.
package wire

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
)

const base = "https://api.rong-api.com"

// Refused holds a code.
type Refused struct{ By int }

func (r Refused) Error() string { return "refused" }

// Ask gives the status and the bytes.
func Ask(ctx context.Context, path string, form url.Values) (status int, data []byte, err error) {
	resp, data, err := Fetch(ctx, path, form)
	if err != nil {
		return 0, nil, err
	}
	return resp.StatusCode, data, nil
}

// Fetch gives the response and its bytes.
func Fetch(ctx context.Context, path string, form url.Values) (*http.Response, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	return resp, data, err
}

// Text gives the bytes as text, and the status last.
func Text(ctx context.Context, path string) (string, int, error) {
	resp, data, err := Fetch(ctx, path, nil)
	if err != nil {
		return "", 0, err
	}
	return string(data), resp.StatusCode, nil
}

// Must looks at the status itself: silent.
func Must(ctx context.Context, path string) (*http.Response, []byte, error) {
	resp, data, err := Fetch(ctx, path, nil)
	if err != nil {
		return nil, nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, nil, Refused{resp.StatusCode}
	}
	return resp, data, nil
}

// Gone drops all of it.
func Gone(ctx context.Context) error {
	_, _, err := Fetch(ctx, "/user/block.json", nil) // want `never checked \(unchecked\)`
	return err
}

// Len only measures the bytes.
func Len(ctx context.Context) (int, error) {
	_, data, err := Fetch(ctx, "/user/block/query.json", nil) // want `never checked \(unchecked\)`
	return len(data), err
}
