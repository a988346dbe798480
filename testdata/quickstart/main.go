// The quickstart is a program as a team writes it in a week: it registers two
// users, lets them talk, and blocks the one that talks too much.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/go-retcode/retcode/testdata/quickstart/internal/im"
)

func main() {
	client := &im.Client{
		Key:    os.Getenv("APP_KEY"),
		Secret: os.Getenv("APP_SECRET"),
		HTTP:   &http.Client{Timeout: 10 * time.Second},
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	for _, user := range []string{"anna", "ben"} {
		token, err := client.Token(ctx, user, user)
		if err != nil {
			log.Fatal(err)
		}
		log.Printf("%s: token of %d bytes", user, len(token))
	}
	if err := client.Befriend(ctx, "anna", "ben"); err != nil {
		log.Fatal(err)
	}
	if err := client.Send(ctx, "anna", "ben", "hello"); err != nil {
		text, again := im.Explain(err)
		log.Fatalf("%s (again: %t)", text, again)
	}
	log.Printf("%d online", client.Online(ctx, []string{"anna", "ben"}))
	if im.Throttled(client.Block(ctx, "ben", 10)) {
		log.Print("ben stays, we were too fast")
	}
	client.Leave(ctx, "ben", "readers")
}
