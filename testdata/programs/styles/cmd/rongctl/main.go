package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"

	"example.com/styles/imclient"
	"example.com/styles/pipeline"
)

func main() {
	if len(os.Args) < 2 {
		log.Fatal("usage: rongctl TEXT")
	}
	key, secret := os.Getenv("RONG_KEY"), os.Getenv("RONG_SECRET")
	if err := pipeline.Broadcast(http.DefaultClient, key, secret, os.Args[1]); err != nil {
		log.Fatal(err)
	}
	fmt.Println(mustToken(&imclient.Client{AppKey: key, Secret: secret, HTTP: http.DefaultClient}, "ops"))
}

func mustToken(c *imclient.Client, id string) string {
	token, err := c.Token(context.Background(), id, id)
	if err != nil {
		panic(err)
	}
	return token
}
