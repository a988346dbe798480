// Package caller calls what has lost the code in another package.
package caller

import (
	"log"
	"net/url"

	"example.com/amended/lost"
)

type joiner interface{ Join(form url.Values) error }

type lossy struct{}

// Join joins.
func (lossy) Join(form url.Values) error { return lost.Rejoin(form) }

func logged(form url.Values) error {
	if err := lost.Rejoin(form); err != nil { // want `lost.Rejoin answers with this error, and it is never checked \(unchecked\)`
		log.Print(err)
	}
	return nil
}

func handedOn(form url.Values) error {
	if err := lost.Join(form); err != nil {
		return err
	}
	return nil
}

func validated(form url.Values) {
	if err := lost.Valid(form); err != nil {
		log.Print(err)
	}
}

// Who implements it elsewhere is not known.
func through(j joiner, form url.Values) {
	if err := j.Join(form); err != nil {
		log.Print(err)
	}
}
