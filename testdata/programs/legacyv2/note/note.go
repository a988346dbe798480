// Package note is given answers.
package note

import (
	"fmt"
	"log"

	rc "github.com/rongcloud/server-sdk-go/RCServerSDK"
)

var seen, refused int

// Count Not reported: the same for every answer
func Count(r *rc.CodeSuccessReslut) {
	seen++
	fmt.Println(r.ErrorMessage)
}

// CountRefused Not reported: it looks
func CountRefused(r *rc.CodeSuccessReslut) {
	if r.Code != 200 {
		refused++
	}
}

// Insist Not reported: it looks
func Insist(r *rc.CodeSuccessReslut) {
	if r.Code != 200 {
		log.Fatal(r.ErrorMessage)
	}
}

// Token Not reported: nothing but the token is left
func Token(r *rc.TokenReslut) string { return r.Token }

// A Sink takes answers.
type Sink interface{ Put(r *rc.CodeSuccessReslut) }

type logged struct{}

func (logged) Put(r *rc.CodeSuccessReslut) { log.Print(r.Code) }

// Default Not reported:
func Default() Sink { return logged{} }
