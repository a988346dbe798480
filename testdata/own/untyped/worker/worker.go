// Package worker pays again.
package worker

import (
	"log"
	"time"

	"example.com/untyped/client"
	"example.com/untyped/codes"
)

func unchecked() {
	if err := client.Pay("", "a"); err != nil { // want `\(unchecked\)`
		log.Print(err)
	}
}

func permanent() error {
	for {
		err := client.Pay("", "a") // want `client.Pay is called again after a permanent failure, such as 1 \(Poor\): .* \(retry\)`
		if client.CodeOf(err) != codes.Poor {
			return err
		}
		time.Sleep(time.Second)
	}
}

func rightly() (err error) {
	for range codes.Retries {
		err = client.Pay("", "a")
		if !client.Temporary(client.CodeOf(err)) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}
