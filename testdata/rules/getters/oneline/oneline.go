// Package oneline decodes in the return itself.
package oneline

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
)

const host = "https://api.rong-api.com"

type reply struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
}

func post(path string, form url.Values) ([]byte, error) {
	resp, err := http.PostForm(host+path, form)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// Not reported: the map is returned when it is filled.
func asMap(path string, form url.Values) (map[string]any, error) {
	data, err := post(path, form)
	if err != nil {
		return nil, err
	}
	var answer map[string]any
	return answer, json.Unmarshal(data, &answer)
}

// Not reported: so is the struct.
func decode[T any](data []byte, err error) (answer T, _ error) {
	if err != nil {
		return answer, err
	}
	return answer, json.Unmarshal(data, &answer)
}

// Not reported: both are looked at.
func block(id string) error {
	m, err := asMap("/user/block.json", url.Values{"userId": {id}})
	if err != nil {
		return err
	}
	if code, _ := m["code"].(float64); code != 200 {
		return failure(int(code))
	}
	r, err := decode[reply](post("/user/unblock.json", url.Values{"userId": {id}}))
	if err == nil && r.Code != 200 {
		err = failure(r.Code)
	}
	return errors.Join(err)
}

type failure int

func (f failure) Error() string { return "refused" }
