// Package foreign calls other APIs, whose answers look alike.
package foreign

import (
	"encoding/json"
	"net/http"
)

const database = "http://localhost:8529/_api/document"

type document struct {
	Error        bool   `json:"error"`
	Code         int    `json:"code"`
	ErrorNum     int    `json:"errorNum"`
	ErrorMessage string `json:"errorMessage"`
}

// Not reported: the shape alone shows nothing.
func stored() (bool, error) {
	resp, err := http.Get(database)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	var out document
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return false, err
	}
	return out.Code == 1008 || out.Code == 404 || resp.StatusCode == 429, nil
}

// Not reported: the vendor's host in the query of another host.
// Rules: origin/request-host.
func mirrored() (bool, error) {
	resp, err := http.Get("https://proxy.example.com/fetch?url=api.rong-api.com")
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	var out document
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return false, err
	}
	return out.Code == 1008, nil
}

// Not reported: a host whose name only begins like the vendor's.
// Rules: origin/request-host.
func cheated() (bool, error) {
	resp, err := http.Get("https://api.rong-api.com.example.org/user")
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	return resp.StatusCode == 429, nil
}

// Not reported: some other API's headers.
func signed(req *http.Request) bool {
	req.Header.Set("Signature", "x")
	req.Header.Set("Timestamp", "y")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	return resp.StatusCode == 504
}
