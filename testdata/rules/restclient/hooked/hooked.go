// Package hooked tells its client to make errors of answers.
package hooked

import (
	"fmt"

	"github.com/go-resty/resty/v2"
)

var client = resty.New().SetBaseURL("https://api.rong-api.com").OnAfterResponse(func(_ *resty.Client, resp *resty.Response) error {
	if resp.IsError() {
		return fmt.Errorf("status %d", resp.StatusCode())
	}
	return nil
})

// Block leaves the look to the client: silent.
func Block() error {
	_, err := client.R().Post("/user/block.json")
	return err
}
