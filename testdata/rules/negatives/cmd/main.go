// Command cmd ends when a call fails.
package main

import (
	"fmt"
	"os"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

func notAReturnFromMain(rc *sdk.RongCloud) error { return rc.BlockRemove("u") }

// Rules: behavior/process-end.
func main() {
	rc := sdk.NewRongCloud(os.Getenv("KEY"), os.Getenv("SECRET"), sdk.REGION_SG)
	if err := notAReturnFromMain(rc); err != nil {
		fmt.Println(err)
		return
	}
	if err := rc.ChatRoomDestroy("r"); err != nil {
		fmt.Println("destroy:", err)
		return
	}
}
