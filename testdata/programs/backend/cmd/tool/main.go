// Command tool serves, or mends things by hand.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"

	"example.com/backend/api"
	"example.com/backend/errs"
	"example.com/backend/im"
	"example.com/backend/service"
	"example.com/backend/store"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

func mustBot(c *im.Client) string {
	token, err := c.Register("bot", "Bot", "")
	if err != nil {
		panic(fmt.Sprintf("cannot register the bot: %v", err))
	}
	return token
}

func warmUp(rc *sdk.RongCloud) {
	if _, err := rc.BlockGetList(); err != nil {
		log.Fatalf("the API does not answer: %v", err)
	}
}

func unblock(c *im.Client, ids []string) int {
	for _, id := range ids {
		if err := c.Unblock(id); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v (retryable: %t)\n", id, err, errs.Retryable(err))
			os.Exit(1)
		}
	}
	return len(ids)
}

func main() {
	addr := flag.String("addr", ":1008", "where to listen")
	flag.Parse()
	key, secret := os.Getenv("IM_KEY"), os.Getenv("IM_SECRET")
	c := im.New(key, secret)
	if flag.Arg(0) == "unblock" {
		fmt.Println("unblocked", unblock(c, flag.Args()[1:]))
		return
	}
	warmUp(sdk.NewRongCloud(key, secret, sdk.REGION_SG))
	svc := service.New(c, &store.Store{})
	if _, err := svc.Signup(context.Background(), "admin", mustBot(c)); err != nil {
		log.Printf("admin: %v", err)
		return
	}
	h := api.New(svc, c)
	http.HandleFunc("POST /token", h.Token)
	http.HandleFunc("POST /join", h.Join)
	http.Handle("DELETE /room/{id}", api.Recover(api.Func(h.Close)))
	http.HandleFunc("GET /room/{id}/members", h.Members)
	log.Fatal(http.ListenAndServe(*addr, nil))
}
