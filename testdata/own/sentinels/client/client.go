// Package client takes from the queue.
package client

import (
	"encoding/json"
	"net/http"

	"example.com/sentinels/codes"
)

type answer struct {
	Code codes.Code      `json:"code"`
	Item json.RawMessage `json:"item"`
}

func ask(url string) (*answer, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var a answer
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		return nil, err
	}
	return &a, nil
}

// Take takes an item: its errors stand for codes.
func Take(url string) ([]byte, error) {
	a, err := ask(url)
	if err != nil {
		return nil, err
	}
	if err := a.Code.Err(); err != nil {
		return nil, err
	}
	return a.Item, nil
}

// TakeOnly loses the code: one error stands for all.
func TakeOnly(url string) ([]byte, error) {
	a, err := ask(url)
	if err != nil {
		return nil, err
	}
	if a.Code != codes.Done {
		return nil, codes.ErrOther // want `the code of client.ask's response is lost here: callers can no longer tell 1503 \(Draining\) and 1507 \(Full\) from other failures \(retryable\)`
	}
	return a.Item, nil
}

func magic(c codes.Code) bool {
	return c == 1204 // want `magic queue code 1204 \(Empty: there is nothing to take\); use codes.Empty \(magic\)`
}

func unknown(c codes.Code) bool {
	return c == 1205 // want `1205 is no documented queue code; did you mean 1204 \(Empty\)\? \(unknown\)`
}

func unchecked(url string) []byte {
	a, err := ask(url) // want `\(unchecked\)`
	if err != nil {
		return nil
	}
	return a.Item
}

func switched(url string) error {
	a, err := ask(url)
	if err != nil {
		return err
	}
	switch a.Code { // want `switch on a queue code omits 1503 \(Draining\) and 1507 \(Full\), .* \(switch\)`
	case codes.Done:
		return nil
	case codes.Empty:
		return codes.ErrEmpty
	}
	return codes.ErrOther
}
