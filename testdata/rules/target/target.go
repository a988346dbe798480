// Package target asks errors for types that they may not have.
package target

import (
	"context"
	"errors"
	"fmt"

	"github.com/rongcloud/server-sdk-go/v4/rongcloud"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Service is the part of an application that talks to the API.
type Service struct {
	rc     *sdk.RongCloud
	newer  *rongcloud.RongCloud
	failed int
}

var errRateLimited error = sdk.CodeResult{Code: codeRateLimited, ErrorMessage: "request rate limited"}

// Reported: the SDK returns CodeResult by value.
// Rules: target/error-form.
func (s *Service) pointer(id string) error {
	err := s.rc.BlockRemove(id)
	var failure *sdk.CodeResult
	if errors.As(err, &failure) { // want `\(target\)`
		s.failed++
	}
	return err
}

// Reported: the same with AsType.
// Rules: target/error-form.
func (s *Service) asType(id string) error {
	err := s.rc.BlockRemove(id)
	if _, ok := errors.AsType[*sdk.CodeResult](err); ok { // want `\(target\)`
		s.failed++
	}
	return err
}

// Reported: the same with an assertion.
// Rules: target/error-form.
func (s *Service) assertion(id string) error {
	err := s.rc.BlockRemove(id)
	if failure, ok := err.(*sdk.CodeResult); ok { // want `\(target\)`
		s.failed += failure.Code
	}
	return err
}

// Reported: the same in a type switch, whose other case is right.
// Rules: target/error-form.
func (s *Service) typeSwitch(id string) error {
	err := s.rc.BlockRemove(id)
	switch err.(type) {
	case *sdk.CodeResult: // want `\(target\)`
		s.failed++
	case sdk.CodeResult:
		s.failed += 2
	}
	return err
}

// Reported: the newer endpoints return CodeResultV2.
// Rules: target/endpoint-type.
func (s *Service) newerEndpoint(user, group string) error {
	err, _ := s.rc.UGGroupCreate(user, group, group)
	var failure sdk.CodeResult
	if errors.As(err, &failure) { // want `\(target\)`
		s.failed++
	}
	return err
}

// Reported: the older endpoints return CodeResult.
// Rules: target/endpoint-type.
func (s *Service) olderEndpoint(id string) error {
	err := s.rc.BlockRemove(id)
	var failure sdk.CodeResultV2
	if errors.As(err, &failure) { // want `\(target\)`
		s.failed++
	}
	return err
}

// Reported: another package's type of the same name.
func (s *Service) otherPackage(ctx context.Context, id string) error {
	_, err := s.newer.UserBlock(ctx, &rongcloud.UserBlockRequest{UserId: &id})
	var failure sdk.CodeResult
	if errors.As(err, &failure) { // want `\(target\)`
		s.failed++
	}
	return err
}

// Reported: a wrapped error has another type on every path.
// Rules: target/wrapped-error.
func (s *Service) wrapped(id string) error {
	if err := s.rc.BlockRemove(id); err != nil {
		err = fmt.Errorf("unblock: %w", err)
		if failure, ok := err.(sdk.CodeResult); ok { // want `\(target\)`
			s.failed += failure.Code
		}
		return err
	}
	return nil
}

// Reported: a variable that holds a CodeResult is compared with its message.
// Rules: target/compared-message.
func (s *Service) sentinel(id string) error {
	err := s.rc.BlockRemove(id)
	if err == errRateLimited { // want `\(target\)`
		s.failed++
	}
	return err
}

// Reported: equality compares the message too.
// Rules: target/compared-message.
func (s *Service) is(id string) error {
	err := s.rc.BlockRemove(id)
	if errors.Is(err, sdk.CodeResult{Code: codeRateLimited}) { // want `\(target\)`
		s.failed++
	}
	return err
}

// Reported: so does ==.
// Rules: target/compared-message.
func (s *Service) equal(id string) error {
	err := s.rc.BlockRemove(id)
	if err == (sdk.CodeResult{Code: codeTimeout, ErrorMessage: "timeout"}) { // want `\(target\)`
		s.failed++
	}
	return err
}

var errTimeout = sdk.RCErrorNew(codeTimeout, "service timeout")

// Reported: what the SDK's function makes is such a value.
func (s *Service) made(id string) error {
	err := s.rc.BlockRemove(id)
	if errors.Is(err, sdk.RCErrorNew(codeRateLimited, "")) { // want `CodeResult.*\(target\)`
		s.failed++
	}
	return err
}

// Reported: so is a variable of one.
func (s *Service) madeBefore(id string) error {
	err := s.rc.BlockRemove(id)
	if err == errTimeout { // want `CodeResult.*\(target\)`
		s.failed++
	}
	return err
}

// refused makes an error of a code.
func refused(code int) error { return sdk.RCErrorNew(code, "refused") }

// Reported: so is what a function of one's own makes.
func (s *Service) madeHere(id string) error {
	err := s.rc.BlockRemove(id)
	if errors.Is(err, refused(codeTimeout)) { // want `CodeResult.*\(target\)`
		s.failed++
	}
	return err
}

// errNo is an error of one's own that a code chooses.
var errNo = errors.New("no")

func chosen(code int) error {
	if code == codeTimeout {
		return errNo
	}
	return nil
}

// Not reported: it is one error.
// Rules: target/compared-message.
func (s *Service) ownSentinel(id string) error {
	err := s.rc.BlockRemove(id)
	if errors.Is(err, chosen(codeTimeout)) {
		s.failed++
	}
	return err
}

// Not reported: an error that somebody else got.
// Rules: target/unseen-source.
func (s *Service) same(id string, before error) error {
	err := s.rc.BlockRemove(id)
	if errors.Is(err, before) {
		s.failed++
	}
	return err
}

// Not reported: by value.
// Rules: target/error-form.
func (s *Service) value(id string) error {
	err := s.rc.BlockRemove(id)
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		s.failed += failure.Code
	}
	return err
}

// Not reported: the newer endpoint's own type.
// Rules: target/endpoint-type.
func (s *Service) newerValue(group string) error {
	err, _ := s.rc.UGGroupDismiss(group)
	if failure, ok := errors.AsType[sdk.CodeResultV2](err); ok {
		s.failed += failure.Code
	}
	return err
}

// Not reported: an interface that both types have.
func (s *Service) byMethod(group string) error {
	err, _ := s.rc.UGGroupDismiss(group)
	var failure interface{ ErrorCode() int }
	if errors.As(err, &failure) {
		s.failed += failure.ErrorCode()
	}
	return err
}

// Not reported: the error may be one of another kind.
func (s *Service) deadline(id string) error {
	err := s.rc.BlockRemove(id)
	if errors.Is(err, context.DeadlineExceeded) {
		s.failed++
	}
	return err
}

// Not reported: wrapped on one path alone.
// Rules: target/wrapped-error.
func (s *Service) maybeWrapped(id string, quiet bool) error {
	err := s.rc.BlockRemove(id)
	if err != nil && !quiet {
		err = fmt.Errorf("unblock: %w", err)
	}
	if failure, ok := err.(sdk.CodeResult); ok {
		s.failed += failure.Code
	}
	return err
}

// Not reported: errors.As looks below the wrapping.
// Rules: target/wrapped-error.
func (s *Service) below(id string) error {
	err := s.rc.BlockRemove(id)
	if err == nil {
		return nil
	}
	err = fmt.Errorf("unblock: %w", err)
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		s.failed += failure.Code
	}
	return err
}

// Not reported: nobody knows what the parameter holds.
// Rules: target/unseen-source.
func (s *Service) param(err error) {
	var failure *sdk.CodeResult
	if errors.As(err, &failure) {
		s.failed++
	}
}

// Not reported: one variable for errors of both kinds.
// Rules: target/endpoint-type.
func (s *Service) bothKinds(id string, newer bool) error {
	var err error
	if newer {
		err, _ = s.rc.UGGroupDismiss(id)
	} else {
		err = s.rc.ChatRoomDestroy(id)
	}
	switch failure := err.(type) {
	case sdk.CodeResult:
		s.failed += failure.Code
	case sdk.CodeResultV2:
		s.failed += failure.Code
	}
	return err
}

// Reported: a case compares as == does.
func (s *Service) cases(id string) bool {
	switch err := s.rc.BlockRemove(id); err {
	case sdk.CodeResult{Code: codeSignature}: // want `two of sdk.CodeResult are equal only if their messages are: .*\(target\)`
		return true
	case context.Canceled:
		return false
	}
	return false
}

// Refused is an error of this program's own, with a code of the API, and no JSON.
type Refused struct{ Status, Code int }

func (r Refused) Error() string { return "refused" }

func (s *Service) refuse(id string) error {
	err := s.rc.BlockRemove(id)
	if failure, ok := errors.AsType[sdk.CodeResult](err); ok {
		return &Refused{Code: failure.Code}
	}
	return err
}

// Reported: it is made as a pointer.
func (s *Service) refusedValue(id string) bool {
	var r Refused
	return errors.As(s.refuse(id), &r) && r.Code == codeSignature // want `target.Refused never matches here: \(\*target.Service\).refuse returns \*target.Refused or sdk.CodeResult \(target\)`
}

func (s *Service) refusedPointer(id string) (int, error) {
	err := s.refuse(id)
	if r, ok := errors.AsType[*Refused](err); ok {
		return r.Code, nil
	}
	return 0, err
}

// Step says what was tried, and holds what it failed with.
type Step struct {
	Name  string
	Cause error
}

func (s *Step) Error() string { return s.Name + ": " + s.Cause.Error() }

func (s *Step) Unwrap() error { return s.Cause }

// Answered is an error by value.
type Answered struct{ Code int }

func (a Answered) Error() string { return "answered" }

func (s *Service) step(id string) error {
	err := s.rc.BlockRemove(id)
	if failure, ok := errors.AsType[sdk.CodeResult](err); ok {
		return &Step{"unblock", Answered{failure.Code}}
	}
	if err != nil {
		return &Step{"unblock", err}
	}
	return nil
}

// Reported: it stands inside a step on every path.
func (s *Service) inStep(id string) error {
	err := s.step(id)
	if a, ok := err.(Answered); ok && a.Code == codeSignature { // want `target.Answered never matches here: the error was wrapped on every path; use errors.As \(target\)`
		s.failed++
	}
	return err
}

// Not reported: errors.As finds it there, and the step is what the error is.
func (s *Service) belowStep(id string) error {
	err := s.step(id)
	var a Answered
	if errors.As(err, &a) {
		s.failed += a.Code
	}
	if step, ok := err.(*Step); ok {
		s.failed += len(step.Name)
	}
	return err
}
