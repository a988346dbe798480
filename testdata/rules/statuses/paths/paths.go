// Package paths looks at the status of an answer before its body, which then never tells.
package paths

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
)

var errAuth, errBusy, errDown, errFailed = errors.New("auth"), errors.New("busy"), errors.New("down"), errors.New("failed")

// StatusError keeps the status.
type StatusError struct{ Status int }

func (e *StatusError) Error() string { return fmt.Sprintf("status %d", e.Status) }

// CodeError keeps the code.
type CodeError struct{ Code int }

func (e *CodeError) Error() string { return fmt.Sprintf("code %d", e.Code) }

func open(path string, form url.Values) (*http.Response, error) {
	return http.PostForm("https://api.rong-api.com"+path, form)
}

func body(r io.Reader) error {
	var v struct {
		Code int `json:"code"`
	}
	if err := json.NewDecoder(r).Decode(&v); err != nil {
		return err
	}
	if v.Code != 200 {
		return &CodeError{Code: v.Code}
	}
	return nil
}

// Rules: behavior/status-first.
func text(id string) error {
	resp, err := open("/chatroom/destroy.json", url.Values{"chatroomId": {id}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("destroy %s: unexpected status %s", id, resp.Status) // want `lost here: .*429 .*500 .*504 .*\(retryable\)`
	}
	return body(resp.Body)
}

func textOfBody(id string) error {
	resp, err := open("/chatroom/destroy.json", url.Values{"chatroomId": {id}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		head, _ := io.ReadAll(io.LimitReader(resp.Body, 100))
		return fmt.Errorf("destroy %s: %d %s", id, resp.StatusCode, head) // want `lost here: .*429 .*500 .*504 .*\(retryable\)`
	}
	return body(resp.Body)
}

// Rules: behavior/status-first.
func kept(id string) error {
	resp, err := open("/chatroom/destroy.json", url.Values{"chatroomId": {id}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return &StatusError{Status: resp.StatusCode}
	}
	return body(resp.Body)
}

func switched(id string) error {
	resp, err := open("/chatroom/query.json", url.Values{"chatroomId": {id}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	switch resp.StatusCode { // want `switch on a RongCloud HTTP status omits 500 .*504 .*\(switch\)`
	case http.StatusOK:
		return body(resp.Body)
	case http.StatusUnauthorized, http.StatusForbidden:
		return errAuth
	case http.StatusTooManyRequests:
		return errBusy
	default:
		return &StatusError{Status: resp.StatusCode}
	}
}

// The body tells of all that the switch leaves out.
func switchedSome(id string) error {
	resp, err := open("/chatroom/query.json", url.Values{"chatroomId": {id}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		return errAuth
	}
	return body(resp.Body)
}

// What is down is told from the rest, which the body tells apart.
func ranged(id string) error {
	resp, err := open("/chatroom/query.json", url.Values{"chatroomId": {id}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 500 {
		return errDown
	}
	return body(resp.Body)
}

// Rules: behavior/status-first.
func mistaken(id string) error {
	resp, err := open("/chatroom/query.json", url.Values{"chatroomId": {id}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusUnauthorized { // want `429 .*500 .*504 .*\(retryable\)`
		return errAuth
	}
	if resp.StatusCode != http.StatusOK {
		return errFailed
	}
	return body(resp.Body)
}

// Every body is looked at, whatever the status.
// Rules: behavior/status-first.
func beside(id string) error {
	resp, err := open("/chatroom/query.json", url.Values{"chatroomId": {id}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		log.Printf("status %d", resp.StatusCode)
	}
	return body(resp.Body)
}

// The code in the body stands beside the status in what is answered.
func both(id string) error {
	resp, err := open("/chatroom/query.json", url.Values{"chatroomId": {id}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	failure := body(resp.Body)
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d: %w", resp.StatusCode, failure)
	}
	return failure
}
