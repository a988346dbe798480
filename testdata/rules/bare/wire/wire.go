// Package wire asks the API, and answers with the code alone, or with a struct that keeps it.
package wire

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
)

const base = "https://api.rong-api.com"

// Refused holds a code.
type Refused struct{ By int }

func (r Refused) Error() string { return "refused by " + strconv.Itoa(r.By) }

// Reply keeps the status and the bytes.
type Reply struct {
	Status int
	Data   []byte
}

// Quit answers with the code.
func Quit(group, user string) (int, error) {
	resp, err := http.PostForm(base+"/group/quit.json", url.Values{"groupId": {group}, "userId": {user}})
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	var a struct {
		Code int `json:"code"`
	}
	err = json.NewDecoder(resp.Body).Decode(&a)
	return a.Code, err
}

// Dismiss answers with a code that it has looked at.
func Dismiss(group string) (int, error) {
	resp, err := http.PostForm(base+"/group/dismiss.json", url.Values{"groupId": {group}})
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	var a struct {
		Code int `json:"code"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		return 0, err
	}
	if a.Code != 200 {
		return a.Code, Refused{a.Code}
	}
	return a.Code, nil
}

// Send answers with what it was answered.
func Send(path string, form url.Values) (*Reply, error) {
	resp, err := http.PostForm(base+path, form)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	return &Reply{resp.StatusCode, data}, nil
}

// Into decodes, and answers with the status.
func Into(path string, out any) (int, error) {
	resp, err := http.PostForm(base+path, nil)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	err = json.NewDecoder(resp.Body).Decode(out)
	return resp.StatusCode, err
}

// Count asks another API: silent.
func Count(url string) (int, error) {
	resp, err := http.Get("https://stats.example.com/" + url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}
