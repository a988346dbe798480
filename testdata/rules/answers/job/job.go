// Package job hands closures to the helper.
package job

import (
	"errors"

	"example.com/answers/im"
	"example.com/answers/retry"
)

// Fetch stops at permanent failures: silent.
func Fetch(hour string) (link string, err error) {
	err = retry.Do(3, func() (bool, error) {
		link, err = im.Archive(hour)
		f, ok := errors.AsType[im.Failure](err)
		return ok && f.Later(), err
	})
	return link, err
}
