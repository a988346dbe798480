// Package legacy1 uses the SDK whose answers are bytes.
package legacy1

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/rongcloud/server-sdk-go/RCServerSDK"
)

//retcode:code business
const (
	ok          = 200
	limited     = 1008
	timeout     = 1050
	groupFull   = 25411
	groupExists = 25409
	queryFast   = 25416
)

// Reply is every answer.
type Reply struct {
	Code  int    `json:"code"`
	Err   string `json:"errorMessage"`
	Token string `json:"token"`
}

// CodeError keeps the code.
type CodeError struct{ Code int }

func (e CodeError) Error() string { return fmt.Sprintf("code=%d", e.Code) }

var errFailed = errors.New("failed")
var errBusy = errors.New("busy")

// IM wraps.
type IM struct {
	srv *RCServerSDK.RCServer
}

// parse Not reported:
func parse(b []byte, err error) (*Reply, error) {
	if err != nil {
		return nil, err
	}
	r := new(Reply)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	if r.Code != ok {
		return r, CodeError{r.Code}
	}
	return r, nil
}

// Token Not reported:
func (m *IM) Token(user string) (string, error) {
	r, err := parse(m.srv.UserGetToken(user, user, ""))
	if err != nil {
		return "", err
	}
	return r.Token, nil
}

// TokenLost Reported (retryable):
func (m *IM) TokenLost(user string) (string, error) {
	r, err := parse(m.srv.UserGetToken(user, user, ""))
	if err != nil {
		return "", errFailed // want `\(retryable\)`
	}
	return r.Token, nil
}

// Block Reported (unchecked): err of transport only
func (m *IM) Block(user string) error {
	if _, err := m.srv.UserBlock(user, "10"); err != nil { // want `\(unchecked\)`
		return fmt.Errorf("block: %w", err)
	}
	return nil
}

// BlockRaw Not reported: bytes are returned
func (m *IM) BlockRaw(user string) (string, error) {
	b, err := m.srv.UserBlock(user, "10")
	return string(b), err
}

// Create Reported (switch):
func (m *IM) Create(id string) error {
	b, err := m.srv.GroupCreat("owner", id, id)
	if err != nil {
		return err
	}
	var r Reply
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code { // want `\(switch\)`
	case ok, groupExists:
		return nil
	case limited:
		return errBusy
	case groupFull:
		return errFailed
	}
	return CodeError{r.Code}
}

// Contains Reported (text): success literal 200
func (m *IM) Contains(user string) error {
	b, err := m.srv.UserUnblock(user)
	if err != nil {
		return err
	}
	if !strings.Contains(string(b), `"code":200`) { // want `\(text\)`
		return fmt.Errorf("unblock: %s", b)
	}
	return nil
}

// Limited Reported (text):
func (m *IM) Limited(user string) error {
	b, err := m.srv.UserUnblock(user)
	if err != nil {
		return err
	}
	if strings.Contains(string(b), `"code":1008`) { // want `\(text\)`
		return errBusy
	}
	_, err = parse(b, nil)
	return err
}

// Retry Not reported:
func (m *IM) Retry(user string) (r *Reply, err error) {
	for i := 0; i < 3; i++ {
		r, err = parse(m.srv.UserRefresh(user, "n", ""))
		var ce CodeError
		if !errors.As(err, &ce) || ce.Code != limited && ce.Code != timeout {
			return
		}
		time.Sleep(time.Second)
	}
	return
}

// Log Reported (unchecked):
func (m *IM) Log(user string) {
	if _, err := parse(m.srv.UserRefresh(user, "n", "")); err != nil { // want `\(unchecked\)`
		log.Println(err)
	}
}

// Anonymous Not reported: result with the code in the answer
func (m *IM) Anonymous(user string) (int, error) {
	b, err := m.srv.UserCheckOnline(user)
	if err != nil {
		return 0, err
	}
	var r struct{ Code int }
	err = json.Unmarshal(b, &r)
	return r.Code, err
}

// AnonymousUse Reported (mixed):
func (m *IM) AnonymousUse(user string) error {
	code, err := m.Anonymous(user)
	if err != nil {
		return err
	}
	if code == 429 { // want `\(mixed\)`
		return errBusy
	}
	if code != ok {
		return CodeError{code}
	}
	return nil
}
