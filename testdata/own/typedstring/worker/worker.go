// Package worker sends parcels again.
package worker

import (
	"log"
	"time"

	"example.com/typedstring/client"
	"example.com/typedstring/codes"
	"example.com/typedstring/service"
)

func unchecked(c *client.Client) {
	if _, err := service.Deliver(c, "a"); err != nil { // want `\(unchecked\)`
		log.Print(err)
	}
}

func checked(c *client.Client) error {
	_, err := service.Deliver(c, "a")
	if err != nil {
		log.Print(err)
	}
	return err
}

func permanent(c *client.Client) error {
	var err error
	for range 3 {
		_, err = service.Deliver(c, "a") // want `service.Deliver is called again after a permanent failure, such as TOO_HEAVY \(TooHeavy\): the same call fails again \(retry\)`
		if service.ReasonOf(err) != codes.TooHeavy {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func atOnce(c *client.Client) error {
	var err error
	for range 3 {
		_, err = service.Deliver(c, "a") // want `service.Deliver is called again at once after E_BUSY \(Busy\) and E_SLOW_DOWN \(SlowDown\): wait before \(retry\)`
		if !service.ReasonOf(err).Temporary() {
			return err
		}
	}
	return err
}

func rightly(c *client.Client) error {
	var err error
	for range 3 {
		_, err = service.Deliver(c, "a")
		if !service.ReasonOf(err).Temporary() {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}
