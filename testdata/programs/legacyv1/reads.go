package legacy1

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// codeOf Not reported: a getter of a decoded map, which it does not decode
func codeOf(m map[string]any) int {
	n, _ := m["code"].(float64)
	return int(n)
}

// object Not reported: it hands on
func object(b []byte, err error) (map[string]any, error) {
	if err != nil {
		return nil, err
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, err
	}
	return m, nil
}

// MapLost Reported (retryable): what a getter returns goes no further
func (im *IM) MapLost(u string) error {
	b, err := im.srv.UserUnblock(u)
	if err != nil {
		return err
	}
	m := map[string]any{}
	if err := json.Unmarshal(b, &m); err != nil {
		return err
	}
	if codeOf(m) != ok {
		return errFailed // want `1008.*1050.*\(retryable\)`
	}
	return nil
}

// MapKind Reported (switch): once, though the helper makes a map of the bytes
func (im *IM) MapKind(u string) (string, error) {
	m, err := object(im.srv.UserUnblock(u))
	if err != nil {
		return "", err
	}
	switch codeOf(m) { // want `1050.*\(switch\)`
	case ok:
		return "on", nil
	case limited:
		return "later", nil
	}
	return "", errFailed
}

// MapBlind Reported (unchecked): the code is not read
func (im *IM) MapBlind(u string) (string, error) {
	m, err := object(im.srv.UserCheckOnline(u)) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	status, _ := m["status"].(string)
	return status, nil
}

// MapCode Not reported: the number is handed on
func (im *IM) MapCode(u string) (int, error) {
	m, err := object(im.srv.UserCheckOnline(u))
	return codeOf(m), err
}

// Table Not reported: put together into a text that is returned
func (im *IM) Table(users []string) (string, error) {
	var out strings.Builder
	for _, u := range users {
		b, err := im.srv.UserCheckOnline(u)
		if err != nil {
			return "", err
		}
		out.WriteString(u + "\t" + string(b) + "\n")
	}
	return out.String(), nil
}

// Line Not reported: formatted into what is returned
func (im *IM) Line(u string) (string, error) {
	b, err := im.srv.UserCheckOnline(u)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s: %s", u, b), nil
}

// Quoted Reported (retryable): an error of the text hands nothing on
func (im *IM) Quoted(u string) error {
	b, err := im.srv.UserBlock(u, "10")
	if err != nil {
		return err
	}
	var r Reply
	if json.Unmarshal(b, &r) != nil || r.Code != ok {
		return errors.New("block: " + string(b)) // want `1008.*1050.*\(retryable\)`
	}
	return nil
}
