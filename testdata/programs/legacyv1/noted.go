package legacy1

import (
	"encoding/xml"
	"fmt"
	"net/http"

	"example.com/legacy1/note"
)

// Noted Reported (unchecked): a callee of another package that only logs does not look
// Rules: behavior/blind-callee.
func (im *IM) Noted(u string) error {
	b, err := im.srv.UserRefresh(u, u, "") // want `\(unchecked\)`
	note.Dump("refresh", b)
	return err
}

// Taped Not reported: kept
func (im *IM) Taped(u string, t *note.Tape) error {
	b, err := im.srv.UserRefresh(u, u, "")
	t.Put(b)
	return err
}

// TapedMore Not reported: kept in a buffer
func (im *IM) TapedMore(u string, t *note.Tape) error {
	b, err := im.srv.UserRefresh(u, u, "")
	t.Add(b)
	return err
}

// Shown Not reported: passed on by a helper
func (im *IM) Shown(w http.ResponseWriter, u string) {
	if b, err := im.srv.UserCheckOnline(u); err == nil {
		note.Show(w, b)
	}
}

// ShownHere Not reported: passed on as text
func (im *IM) ShownHere(w http.ResponseWriter, u string) {
	if b, err := im.srv.UserCheckOnline(u); err == nil {
		fmt.Fprint(w, string(b))
	}
}

// Pretty Not reported: passed on
func (im *IM) Pretty(u string) (string, error) {
	b, err := im.srv.UserCheckOnline(u)
	return note.Pretty(b), err
}

// Insisted Not reported: the callee ends the process for some codes
func (im *IM) Insisted(u string) error {
	b, err := im.srv.UserRefresh(u, u, "")
	note.Must(b)
	return err
}

// Asked Not reported: the callee asks for the token
// Rules: behavior/blind-callee.
func (im *IM) Asked(u string) error {
	b, err := im.srv.UserGetToken(u, u, "")
	note.Asks(b, func() { im.srv = nil })
	return err
}

// FromXML Not reported: a decoding that is not understood
func (im *IM) FromXML(u string) error {
	b, err := im.srv.UserBlock(u, "10")
	if err != nil {
		return err
	}
	var r struct {
		Code int `xml:"code"`
	}
	if err := xml.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != ok {
		return CodeError{r.Code}
	}
	return nil
}
