// Retrying registers two users and lets the first greet the second.
package main

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/go-retcode/retcode/testdata/programs/retrying/rongcloud"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	client := &rongcloud.Client{
		Host:     cmp.Or(os.Getenv("API_HOST"), "https://api.rong-api.com"),
		Key:      os.Getenv("APP_KEY"),
		Secret:   os.Getenv("APP_SECRET"),
		HTTP:     &http.Client{Timeout: 10 * time.Second},
		Attempts: 6,
		Pause:    200 * time.Millisecond,
		MaxPause: 5 * time.Second,
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	for _, user := range []string{"anna", "ben"} {
		if _, err := client.Token(ctx, user, user); err != nil {
			return err
		}
	}
	err := client.Send(ctx, "anna", "ben", "hello")
	if rongcloud.Unclear(err) {
		return fmt.Errorf("ben may have got the message, or not: %w", err)
	}
	return err
}
