// Package numbers keeps the code and numbers of its own in one field, of which nothing is known
// then, and asks for codes in ways that leave most failures out.
package numbers

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// Err is what a call fails with.
type Err struct {
	Code int
	Msg  string
}

func (e *Err) Error() string { return fmt.Sprintf("code %d: %s", e.Code, e.Msg) }

type reply struct {
	Code int    `json:"code"`
	Msg  string `json:"errorMessage"`
}

func ask(path string) (reply, error) {
	var r reply
	resp, err := http.Get("https://api.rong-api.com" + path)
	if err != nil {
		return r, err
	}
	defer resp.Body.Close()
	return r, json.NewDecoder(resp.Body).Decode(&r)
}

func call(path string) error {
	r, err := ask(path)
	if err != nil {
		return &Err{Code: -1, Msg: err.Error()}
	}
	if r.Code != 200 {
		return &Err{Code: r.Code, Msg: r.Msg}
	}
	return nil
}

// Not reported: the field may tell the code, or not.
func left() bool {
	err := call("/group/quit.json")
	var e *Err
	return errors.As(err, &e) && e.Code == 25460
}

// Reported: no field of it is asked.
func dropped() {
	_ = call("/group/quit.json") // want `\(unchecked\)`
}

func gone(code int) bool {
	switch code {
	case 24401, 25101: // want `\(magic\)` `\(magic\)`
		return true
	}
	return false
}

// Reported where the code is asked for.
// Rules: unchecked/response-code.
func unblock(cache map[string]int, user string) error {
	r, err := ask("/user/unblock.json")
	if err != nil {
		return err
	}
	if gone(r.Code) { // want `of the codes of this response, only 24401 \(CommunityNotEnabled\) and 25101 \(DeleteMessageInvalidParameter\) are looked for \(unchecked\)`
		delete(cache, user)
	}
	return nil
}

// Rules: unchecked/response-code.
func unblockOne(cache map[string]int, user string) error {
	r, err := ask("/user/unblock.json")
	if err != nil {
		return err
	}
	if r.Code == 24401 { // want `of the codes of this response, only 24401 \(CommunityNotEnabled\) is looked for \(unchecked\)`
		delete(cache, user)
	}
	return nil
}

// Reported once: what is looked for is no code.
func unblockNone(cache map[string]int, user string) error {
	r, err := ask("/user/unblock.json")
	if err != nil {
		return err
	}
	if r.Code == 24444 { // want `24444 is no documented RongCloud return code.* \(unknown\)`
		delete(cache, user)
	}
	return nil
}

// Not reported: the rest is answered.
// Rules: unchecked/response-code.
func unblockAll(cache map[string]int, user string) error {
	r, err := ask("/user/unblock.json")
	if err != nil {
		return err
	}
	if gone(r.Code) {
		delete(cache, user)
		return nil
	}
	if r.Code != 200 {
		return &Err{Code: r.Code, Msg: r.Msg}
	}
	return nil
}
