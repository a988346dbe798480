// Package room is given codes as numbers and in structs.
package room

import (
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"time"

	"example.com/bare/wire"
)

var errQuit = errors.New("cannot quit")

type answer struct {
	Code  int    `json:"code"`
	Note  string `json:"errorMessage"`
	Token string `json:"token"`
}

// Dropped never looks.
func Dropped(group, user string) error {
	_, err := wire.Quit(group, user) // want `\(unchecked\)`
	return err
}

// Lost answers with another error.
func Lost(group, user string) error {
	code, err := wire.Quit(group, user)
	if err != nil {
		return err
	}
	if code != 200 {
		return errQuit // want `1008.*1050.*\(retryable\)`
	}
	return nil
}

// Hasty calls again at once.
func Hasty(group, user string) error {
	for range 3 {
		code, err := wire.Quit(group, user) // want `\(retry\)`
		if err != nil {
			return err
		}
		if code == 200 {
			return nil
		}
	}
	return errQuit
}

// Kept hands the code on: silent.
func Kept(group, user string) error {
	code, err := wire.Quit(group, user)
	if err == nil && code != 200 {
		err = wire.Refused{By: code}
	}
	return err
}

// On hands it on as it is: silent.
func On(group, user string) (int, error) { return wire.Quit(group, user) }

// Again asks again into the same variable: silent.
func Again(group, user string) error {
	code, err := wire.Quit(group, user)
	for tries := 0; err == nil && (code == 1008 || code == 1050) && tries < 3; tries++ { // want `\(magic\)` `\(magic\)`
		time.Sleep(time.Second)
		code, err = wire.Quit(group, user)
	}
	if err != nil {
		return err
	}
	if code != 200 {
		return wire.Refused{By: code}
	}
	return nil
}

// Either has the number from one of two calls: silent.
func Either(group, user string, all bool) error {
	var code int
	var err error
	if all {
		code, err = wire.Dismiss(group)
	} else {
		code, err = wire.Quit(group, user)
	}
	if err != nil {
		return err
	}
	if code != 200 {
		return wire.Refused{By: code}
	}
	return nil
}

// Looked drops a number that the helper has looked at: silent.
func Looked(group string) error {
	_, err := wire.Dismiss(group)
	return err
}

// Decoded looks at the code that was decoded, and drops the status: silent.
func Decoded() (string, error) {
	var a answer
	if _, err := wire.Into("/user/getToken.json", &a); err != nil {
		return "", err
	}
	if a.Code != 200 {
		return "", wire.Refused{By: a.Code}
	}
	return a.Token, nil
}

// Elsewhere is another API: silent.
func Elsewhere() error {
	_, err := wire.Count("visits")
	return err
}

// Status loses that of a struct.
func Status() error {
	r, err := wire.Send("/user/block.json", nil)
	if err != nil {
		return err
	}
	if r.Status != http.StatusOK {
		return errQuit // want `429.*500.*504.*\(retryable\)`
	}
	return nil
}

// StatusDropped drops the struct.
func StatusDropped() error {
	_, err := wire.Send("/user/block.json", nil) // want `\(unchecked\)`
	return err
}

// StatusKept keeps it: silent.
func StatusKept() error {
	r, err := wire.Send("/user/block.json", nil)
	if err != nil {
		return err
	}
	if r.Status != http.StatusOK {
		return wire.Refused{By: r.Status}
	}
	log.Printf("%s", r.Data)
	return nil
}

// Body looks at the code in the bytes of the struct: silent.
func Body() error {
	r, err := wire.Send("/user/block.json", nil)
	if err != nil {
		return err
	}
	if r.Status != http.StatusOK {
		return errQuit
	}
	var a answer
	if err := json.Unmarshal(r.Data, &a); err != nil {
		return err
	}
	if a.Code != 200 {
		return wire.Refused{By: a.Code}
	}
	return nil
}

// OnStruct hands the struct on: silent.
func OnStruct() (*wire.Reply, error) { return wire.Send("/user/block.json", nil) }
