// Package desk is two packages away from the SDK.
package desk

import (
	"errors"
	"log"

	"example.com/houses/errs"
	"example.com/houses/im"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

type desk struct {
	im    *im.Client
	later chan string
}

var errDesk = errors.New("desk: failed")

// Reported: the predicate is one comparison.
func (d *desk) limited(user string) error {
	err := d.im.Unblock(user)
	if im.Throttled(im.CodeOf(err)) { // want `1050 .*\(retryable\)`
		d.later <- user
	} else if err != nil {
		return errDesk
	}
	return nil
}

// Reported: the same as a method of the error.
func (d *desk) limitedMethod(user string) error {
	err := d.im.Join("g", user)
	if e, ok := errors.AsType[*im.Error](err); ok && e.Limited() { // want `1050 .*\(retryable\)`
		d.later <- user
	} else if err != nil {
		return errDesk
	}
	return nil
}

// Not reported: the lookup is true for all three, and CodeOf tells every code.
func (d *desk) guarded(group string) error {
	err := d.im.Find(group)
	code := im.CodeOf(err)
	if im.Later(code) {
		d.later <- group
		return nil
	}
	switch code {
	case im.CodeGroupNotFound:
		return nil
	}
	return err
}

// Not reported: the list in im.IsLimited is.
func (d *desk) listed(user string) error {
	err := d.im.Unblock(user)
	if im.IsLimited(err) {
		d.later <- user
	} else if err != nil {
		return errDesk
	}
	return nil
}

// Not reported: the converter is.
func (d *desk) converted(rc *sdk.RongCloud, user string) error {
	if err := rc.BlockAdd(user, 1); err != nil {
		return im.Convert(err)
	}
	return nil
}

// Not reported: errors.As looks through the error of im, which unwraps.
func (d *desk) through(user string) error {
	err := d.im.Join("g", user)
	var failure sdk.CodeResult
	if errors.As(err, &failure) && failure.Code == im.CodeGroupMember {
		return nil
	}
	return err
}

// Not reported: the error of im is returned as it is.
func (d *desk) direct(user string) error {
	err := d.im.Join("g", user)
	if e, ok := err.(*im.Error); ok && e.Code == im.CodeGroupMember {
		return nil
	}
	return err
}

// Reported: Token wraps on every path.
func (d *desk) wrapped(user string) (string, error) {
	token, err := d.im.Token(user)
	if failure, ok := err.(sdk.CodeResult); ok && failure.Code == im.CodeInvalid { // want `wrapped on every path.*\(target\)`
		return "", nil
	}
	return token, err
}

// Reported: so does Find, in the house's error.
func (d *desk) noted(group string) error {
	err := d.im.Find(group)
	if failure, ok := err.(sdk.CodeResult); ok && failure.Code == im.CodeGroupNotFound { // want `wrapped on every path.*\(target\)`
		return nil
	}
	return err
}

// Not reported: the cause is taken out before.
func (d *desk) cause(group string) error {
	err := d.im.Find(group)
	if failure, ok := errs.Cause(err).(sdk.CodeResult); ok && failure.Code == im.CodeGroupNotFound {
		return nil
	}
	return err
}

// Not reported: a helper that logs wraps nothing.
func (d *desk) logged(user string) error {
	err := errs.Logged(d.im.Unblock(user))
	if failure, ok := err.(sdk.CodeResult); ok && failure.Code == im.CodeNothingThere {
		return nil
	}
	return err
}

// Not reported: the error of im is made here.
func (d *desk) made(user string) error {
	err := d.im.Unblock(user)
	if err != nil {
		err = &im.Error{Op: "unblock", Code: im.CodeOf(err)}
	}
	var e *im.Error
	if errors.As(err, &e) && e.Code == im.CodeNothingThere {
		return nil
	}
	return err
}

// Not reported: the error is made in a deferred closure.
func (d *desk) deferred(user string) (err error) {
	defer func() {
		if err != nil {
			err = &im.Error{Op: "unblock", Code: im.CodeOf(err)}
		}
	}()
	return d.im.Unblock(user)
}

// Not reported: what it returns may be that.
func (d *desk) afterDeferred(user string) error {
	err := d.deferred(user)
	var e *im.Error
	if errors.As(err, &e) && e.Code == im.CodeNothingThere {
		return nil
	}
	return err
}

// Reported: the house's As is errors.As.
func (d *desk) housesAs(group string) error {
	err := d.im.Find(group)
	var failure sdk.CodeResult
	if errs.As(err, &failure) {
		switch failure.Code { // want `omits 1008 .*1050 .*25416 .*\(switch\)`
		case im.CodeGroupNotFound:
			return nil
		}
	}
	return err
}

// Reported: and never finds a pointer.
func (d *desk) housesPointer(group string) error {
	err := d.im.Find(group)
	var failure *sdk.CodeResult
	if errs.As(err, &failure) { // want `never matches.*\(target\)`
		return nil
	}
	return err
}

// Reported: the house's New makes an error, which is no fallback.
// Rules: retryable/fallback-call.
func (d *desk) housesNew(user string) error {
	if err := d.im.Unblock(user); err != nil {
		return errs.New("unblock failed") // want `lost here.*\(retryable\)`
	}
	return nil
}

// Reported: its Errorf keeps the text alone.
func (d *desk) housesErrorf(user string) error {
	if err := d.im.Unblock(user); err != nil {
		return errs.Errorf("unblock %s: %v", user, err) // want `lost here.*\(retryable\)`
	}
	return nil
}

// Not reported: the cause is kept.
func (d *desk) housesNote(user string) error {
	if err := d.im.Unblock(user); err != nil {
		return errs.Note(err, "unblock")
	}
	return nil
}

type kind int

const (
	other kind = iota
	missing
	wait
)

// Reported: the classifier's list lacks two.
func kindOf(err error) kind {
	var failure sdk.CodeResult
	if !errors.As(err, &failure) {
		return other
	}
	switch failure.Code { // want `omits 1050 .*25416 .*\(switch\)`
	case im.CodeGroupNotFound:
		return missing
	case im.CodeRateLimited:
		return wait
	}
	return other
}

// Not reported: the classifier is.
func (d *desk) classified(group string) error {
	err := d.im.Find(group)
	switch kindOf(err) {
	case missing:
		return nil
	case wait:
		d.later <- group
		return nil
	}
	if err != nil {
		return errDesk
	}
	return nil
}

// Do runs a call.
func Do[T any](name string, call func() (T, error)) (T, error) {
	v, err := call()
	if err != nil {
		var zero T
		return zero, errs.Note(err, name)
	}
	return v, nil
}

// Reported: what Do returns holds the code.
func (d *desk) generic(user string) (string, error) {
	token, err := Do("token", func() (string, error) { return d.im.Token(user) })
	if err != nil {
		return "", errDesk // want `lost here.*\(retryable\)`
	}
	return token, nil
}

// Not reported: handed on, in another instance.
func (d *desk) genericKept(rc *sdk.RongCloud, group string) (sdk.Group, error) {
	return Do("group", func() (sdk.Group, error) { return rc.GroupGet(group) })
}

type later interface{ Later() bool }

// Not reported: what im.Error answers to the interface covers all.
func (d *desk) asked(user string) error {
	err := d.im.Join("g", user)
	if l, ok := err.(later); ok && l.Later() {
		d.later <- user
		return nil
	}
	if err != nil {
		return errDesk
	}
	return nil
}

// Reported: what it answers to this one covers one code.
func (d *desk) askedLimited(user string) error {
	err := d.im.Join("g", user)
	var l interface{ Limited() bool }
	if errors.As(err, &l) && l.Limited() { // want `1050 .*\(retryable\)`
		d.later <- user
		return nil
	}
	if err != nil {
		return errDesk
	}
	return nil
}

// Reported: the SDK's error has no such method.
func (d *desk) askedWrong(user string) error {
	err := d.im.Unblock(user)
	if l, ok := err.(later); ok && l.Later() {
		d.later <- user
		return nil
	}
	if err != nil {
		return errDesk // want `lost here.*\(retryable\)`
	}
	return nil
}

// Not reported: Must ends the process.
func (d *desk) must(user string) string {
	return errs.Must(d.im.Token(user))
}

// Result is a value or a failure.
type Result[T any] struct {
	Value T
	Err   error
}

// Of makes a Result.
func Of[T any](v T, err error) Result[T] { return Result[T]{v, err} }

// Not reported: the failure stands in a field.
func (d *desk) fetch(rc *sdk.RongCloud, group string) Result[sdk.Group] {
	return Of(rc.GroupGet(group))
}

// Reported: the field holds the code, and it is lost.
func (d *desk) fetchLost(rc *sdk.RongCloud, group string) (int, error) {
	r := d.fetch(rc, group)
	if r.Err != nil {
		return 0, errDesk // want `lost here.*\(retryable\)`
	}
	return len(r.Value.Users), nil
}

// Not reported: the field is returned.
func (d *desk) fetchKept(rc *sdk.RongCloud, group string) (int, error) {
	r := d.fetch(rc, group)
	return len(r.Value.Users), r.Err
}

// Not reported: the struct is sent.
func (d *desk) fetchSent(rc *sdk.RongCloud, group string, out chan<- Result[sdk.Group]) {
	r := d.fetch(rc, group)
	if r.Err != nil {
		d.later <- group
	}
	out <- r
}

// Reported: a branch that only logs.
func (d *desk) fetchLogged(rc *sdk.RongCloud, groups ...string) (n int) {
	for _, g := range groups {
		r := d.fetch(rc, g)
		if r.Err != nil { // want `\(unchecked\)`
			log.Print(r.Err)
		}
		n += len(r.Value.Users)
	}
	return n
}
