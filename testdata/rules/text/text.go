// Package text looks for codes in the text of errors.
package text

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Service is the part of an application that talks to the API.
type Service struct {
	rc    *sdk.RongCloud
	later []string
}

var limited = regexp.MustCompile(`\b1008\b`)

const tooFast = "1008: "

// Reported: the number is looked for anywhere in the text.
// Rules: text/sought-code, text/whole-number.
func (s *Service) contains(id string) error {
	err := s.rc.BlockRemove(id)
	if err != nil && strings.Contains(err.Error(), "1008") { // want `1008 .*\(text\)`
		s.later = append(s.later, id)
		return nil
	}
	return err
}

// Reported: at its beginning.
// Rules: text/sought-code.
func (s *Service) prefix(id string) error {
	err := s.rc.BlockRemove(id)
	if err != nil && strings.HasPrefix(err.Error(), tooFast) { // want `1008 .*\(text\)`
		return nil
	}
	return err
}

// Reported: through a variable.
// Rules: text/carrier-text.
func (s *Service) variable(id string) error {
	err := s.rc.BlockRemove(id)
	if err == nil {
		return nil
	}
	text := err.Error()
	if strings.Index(text, "code 1050") >= 0 { // want `1050 .*\(text\)`
		s.later = append(s.later, id)
		return nil
	}
	return err
}

// Reported: the text as fmt makes it.
// Rules: text/carrier-text.
func (s *Service) sprint(id string) error {
	err := s.rc.BlockRemove(id)
	if err != nil && strings.HasSuffix(fmt.Sprint(err), "(1008)") { // want `1008 .*\(text\)`
		return nil
	}
	return err
}

// Reported: of a wrapped error.
func (s *Service) wrapped(id string) error {
	err := s.rc.BlockRemove(id)
	if err == nil {
		return nil
	}
	err = fmt.Errorf("unblock: %w", err)
	if strings.Contains(strings.ToLower(err.Error()), "25410") { // want `25410 .*\(text\)`
		return nil
	}
	return err
}

// Reported: a regular expression.
// Rules: text/sought-code.
func (s *Service) expression(id string) error {
	err := s.rc.BlockRemove(id)
	if err != nil && limited.MatchString(err.Error()) { // want `1008 .*\(text\)`
		return nil
	}
	return err
}

// Reported: the whole text.
// Rules: text/sought-code.
func (s *Service) equal(id string) error {
	err := s.rc.BlockRemove(id)
	if err != nil && err.Error() == "1008: request rate limited" { // want `1008 .*\(text\)`
		return nil
	}
	return err
}

// Reported: in a helper of this package that gets the error.
// Rules: text/carrier-text.
func isFriends(err error) bool {
	return strings.Contains(err.Error(), "25460") // want `25460 .*\(text\)`
}

func (s *Service) befriend(a, b string) error {
	_, err := s.rc.FriendAdd(sdk.FriendModel{UserId: a, TargetId: b})
	if err != nil && isFriends(err) {
		return nil
	}
	return err
}

// Not reported: no number.
// Rules: text/sought-code.
func (s *Service) words(id string) error {
	err := s.rc.BlockRemove(id)
	if err != nil && strings.Contains(err.Error(), "not found") {
		return nil
	}
	return err
}

// Not reported: the number is part of a longer one.
// Rules: text/whole-number.
func (s *Service) longer(id string) error {
	err := s.rc.BlockRemove(id)
	if err != nil && strings.Contains(err.Error(), "510089") {
		return nil
	}
	return err
}

// Not reported: no documented number.
// Rules: text/whole-number.
func (s *Service) undocumented(id string) error {
	err := s.rc.BlockRemove(id)
	if err != nil && strings.Contains(err.Error(), "40001") {
		return nil
	}
	return err
}

// Not reported: two digits are too few.
// Rules: text/whole-number.
func (s *Service) short(id string) error {
	err := s.rc.BlockRemove(id)
	if err != nil && strings.Contains(err.Error(), "20") {
		return nil
	}
	return err
}

// Not reported: the text of something else.
// Rules: text/carrier-text.
func other(line string, parse func(string) error) bool {
	err := parse(line)
	return strings.Contains(line, "1008") || err != nil && strings.Contains(err.Error(), "1008")
}

// Not reported: the type is asked.
// Rules: text/sought-code.
func (s *Service) typed(id string) error {
	err := s.rc.BlockRemove(id)
	var failure sdk.CodeResult
	if errors.As(err, &failure) && strings.Contains(failure.ErrorMessage, "blocked") {
		return nil
	}
	return err
}
