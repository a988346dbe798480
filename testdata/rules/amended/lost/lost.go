// Package lost answers failures with errors that hold no code any more.
package lost

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"time"
)

var errFailed = errors.New("failed")

// Join joins.
func Join(form url.Values) error {
	resp, err := http.PostForm("https://api.rong-api.com/group/join.json", form)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var v struct {
		Code int `json:"code"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&v); err != nil {
		return err
	}
	if v.Code != 200 {
		return fmt.Errorf("join: %d", v.Code) // want `lost here: .*\(retryable\)`
	}
	return nil
}

// Rejoin answers with an error of another one.
func Rejoin(form url.Values) error {
	if err := Join(form); err != nil {
		return fmt.Errorf("rejoin: %v", err)
	}
	return nil
}

// Valid asks nothing of the API.
func Valid(form url.Values) error {
	if len(form) == 0 {
		return errFailed
	}
	return nil
}

// Listed answers with what it has, and an error of its own where the API has none.
func Listed(form url.Values) ([]string, error) {
	if err := Join(form); err != nil {
		return nil, errFailed
	}
	return form["user"], nil
}

// Rules: unchecked/lost-below.
func logged(form url.Values) error {
	if err := Join(form); err != nil { // want `a failed call goes on as if it had succeeded: lost.Join answers with this error, and it is never checked \(unchecked\)`
		log.Print(err)
	}
	return nil
}

// Rules: unchecked/lost-below.
func loggedAbove(form url.Values) {
	err := Rejoin(form)
	if err != nil { // want `lost.Rejoin answers with this error, and it is never checked \(unchecked\)`
		log.Print(err)
	}
	log.Print("done")
}

func empty(form url.Values) {
	if err := Rejoin(form); err != nil { // want `\(unchecked\)`
	}
}

func overwritten(form url.Values) error {
	err := Join(form) // want `\(unchecked\)`
	err = Valid(form)
	return err
}

// Rules: unchecked/lost-below.
func handedOn(form url.Values) error { return Rejoin(form) }

func counted(form url.Values, failed *int) {
	if err := Rejoin(form); err != nil {
		*failed++
	}
}

func ended(form url.Values) {
	if err := Rejoin(form); err != nil {
		log.Fatal(err)
	}
}

// A check of one's own is none of the API's failures.
// Rules: unchecked/lost-below.
func validated(form url.Values) {
	if err := Valid(form); err != nil {
		log.Print(err)
	}
}

// The next turn joins again.
// Rules: unchecked/next-turn.
func kept(form url.Values) {
	for range time.Tick(time.Minute) {
		if err := Rejoin(form); err != nil {
			log.Print(err)
		}
	}
}

// What came with the failure is looked at.
// Rules: unchecked/later-look.
func looked(form url.Values) string {
	list, err := Listed(form)
	if err != nil {
		log.Print(err)
	}
	if len(list) == 0 {
		return "none"
	}
	return list[0]
}
