package service

import (
	"errors"

	"example.com/untyped/client"
	"example.com/untyped/codes"
)

// A part is one of many that a payment is made of.
type part struct {
	number int
	//retcode:code pay
	code int
}

type sorted struct{ poor, later, done []int }

// The code of an element is one as that of a variable is.
func (s *sorted) sort(parts []part) error {
	for _, p := range parts {
		switch p.code { // want `switch on a pay code omits 4 \(Busy\), .* \(switch\)`
		case codes.OK:
			s.done = append(s.done, p.number)
		case codes.Poor:
			s.poor = append(s.poor, p.number)
		case codes.Down:
			s.later = append(s.later, p.number)
		default:
			return errFailed
		}
	}
	return nil
}

func (s *sorted) sortPointers(parts []*part) error {
	for _, p := range parts {
		switch p.code { // want `switch on a pay code omits 3 \(Down\) and 4 \(Busy\), .* \(switch\)`
		case codes.OK:
		case codes.Poor:
			s.poor = append(s.poor, p.number)
		default:
			return errFailed
		}
	}
	return nil
}

func (s *sorted) sortByIndex(parts []part) error {
	for i := range parts {
		switch parts[i].code { // want `switch on a pay code omits 3 \(Down\) and 4 \(Busy\), .* \(switch\)`
		case codes.OK:
		case codes.Poor:
			s.poor = append(s.poor, parts[i].number)
		default:
			return errFailed
		}
	}
	return nil
}

// All that may be called again have cases of their own.
func (s *sorted) sortAll(parts []part) error {
	for _, p := range parts {
		switch p.code {
		case codes.OK:
		case codes.Down, codes.Busy:
			s.later = append(s.later, p.number)
		case codes.Poor:
			s.poor = append(s.poor, p.number)
		default:
			return errFailed
		}
	}
	return nil
}

// The number of a part is no code.
func (s *sorted) sortByNumber(parts []part) error {
	for _, p := range parts {
		switch p.number {
		case codes.Poor:
			s.poor = append(s.poor, p.number)
		default:
			return errFailed
		}
	}
	return nil
}

// The failures of many are looked at one by one.
func (s *sorted) failures(errs []error) error {
	for i, err := range errs {
		var e client.Error
		if !errors.As(err, &e) {
			continue
		}
		switch e.Code { // want `switch on a pay code omits 3 \(Down\) and 4 \(Busy\), .* \(switch\)`
		case codes.Poor:
			s.poor = append(s.poor, i)
		default:
			return errFailed
		}
	}
	return nil
}

// One of them that is handed on is not lost.
func (s *sorted) firstFailure(errs []error) error {
	for i, err := range errs {
		if client.CodeOf(err) == codes.Poor {
			s.poor = append(s.poor, i)
			continue
		}
		return err
	}
	return nil
}
