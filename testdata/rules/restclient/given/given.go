// Package given is given a client, which may look at every answer itself.
package given

import (
	"errors"
	"net/http"

	"github.com/go-resty/resty/v2"
)

// Block drops the response: silent.
func Block(client *resty.Client) error {
	_, err := client.R().Post("/user/block.json")
	return err
}

// Later knows one status that may succeed later.
func Later(client *resty.Client) error {
	resp, err := client.R().Post("https://api.rong-api.com/user/block.json")
	if err != nil {
		return err
	}
	switch resp.StatusCode() { // want `500.*504.*\(switch\)`
	case http.StatusTooManyRequests:
		return errors.New("later")
	case http.StatusOK:
		return nil
	}
	return errors.New("refused")
}
