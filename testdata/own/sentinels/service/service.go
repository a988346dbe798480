// Package service knows the errors alone.
package service

import (
	"errors"
	"strings"

	"example.com/sentinels/client"
	"example.com/sentinels/codes"
)

// ErrNothing is this package's own.
var ErrNothing = errors.New("nothing to do")

// Next takes the next item.
func Next(url string) ([]byte, error) {
	item, err := client.Take(url)
	switch {
	case errors.Is(err, codes.ErrEmpty):
		return nil, ErrNothing
	case err != nil:
		return nil, err
	}
	return item, nil
}

// Full compares an error with the one that stands for a code.
func Full(err error) bool { return err == codes.ErrFull || errors.Is(err, codes.ErrNoQueue) }

// A text is no code where no error of the API is.
func noted(note string) bool { return strings.Contains(note, "1503") }
