package im

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
)

type words struct {
	Head
	Words []string `json:"words"`
}

// Add fills a named result in a function that defers: silent.
func Add(word string) (res *words, err error) {
	resp, err := http.PostForm(host+"/sensitiveword/add.json", url.Values{"word": {word}})
	if err != nil {
		return nil, err
	}
	defer func() {
		if cerr := resp.Body.Close(); err == nil {
			err = cerr
		}
	}()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	res = &words{}
	if err = json.Unmarshal(body, res); err != nil {
		res = nil
	}
	return
}

// AddAll drops the answers of it.
func AddAll(list []string) error {
	for _, w := range list {
		if _, err := Add(w); err != nil { // want `\(unchecked\)`
			return err
		}
	}
	return nil
}

// AddAny keeps the code: silent.
func AddAny(list ...string) error {
	for _, w := range list {
		res, err := Add(w)
		if err == nil {
			err = res.Err()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Kept has one case on a code among others, and hands the rest on: silent.
func Kept(hour string) (bool, error) {
	_, err := Archive(hour)
	var f Failure
	switch {
	case err == nil:
		return true, nil
	case errors.As(err, &f) && f.Status == BadRequest:
		return false, nil
	default:
		return false, err
	}
}

// Hidden has the same cases and hides the rest.
func Hidden(hour string) (bool, error) {
	_, err := Archive(hour)
	var f Failure
	switch {
	case err == nil:
		return true, nil
	case errors.As(err, &f) && f.Status == BadRequest: // want `1008.*1050.*\(retryable\)`
		return false, nil
	}
	return false, errors.New("no archive")
}

// Listed has two: a list.
func Listed(hour string) (bool, error) {
	_, err := Archive(hour)
	var f Failure
	switch { // want `1050.*\(switch\)`
	case err == nil:
		return true, nil
	case errors.As(err, &f) && f.Status == BadRequest:
		return false, nil
	case errors.As(err, &f) && f.Status == RateLimited:
		return false, errors.Join(errors.New("slow"), err)
	default:
		return false, err
	}
}
