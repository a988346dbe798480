// Command show prints what it is told.
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// Not reported: what the command prints is its work, and a failure leaves before.
func members(rc *sdk.RongCloud, id string) {
	group, err := rc.GroupGet(id)
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Printf("%s has %d members\n", group.ID, len(group.Users))
}

// Not reported: the same in a loop, in a branch and written to a stream.
func list(rc *sdk.RongCloud, ids []string) {
	for _, id := range ids {
		if group, err := rc.GroupGet(id); err != nil {
			fmt.Fprintln(os.Stderr, id, err)
		} else {
			for _, user := range group.Users {
				fmt.Fprintln(os.Stdout, user.UserID)
			}
		}
	}
}

// Reported: what is printed does not come from the call.
func destroy(rc *sdk.RongCloud, id string) {
	err := rc.ChatRoomDestroy(id)
	if err != nil { // want `\(unchecked\)`
		fmt.Println("error:", err)
		return
	}
	fmt.Println("destroyed", id)
}

// Reported: a failure prints it too.
func always(rc *sdk.RongCloud, id string) {
	group, err := rc.GroupGet(id)
	if err != nil { // want `\(unchecked\)`
		fmt.Println("error:", err)
	}
	fmt.Println(group.ID)
}

// Reported: a log is no output.
func logged(rc *sdk.RongCloud, id string) {
	group, err := rc.GroupGet(id)
	if err != nil { // want `\(unchecked\)`
		log.Println("error:", err)
		return
	}
	log.Println(group.ID)
}

func main() {
	rc := sdk.NewRongCloud(os.Getenv("KEY"), os.Getenv("SECRET"), sdk.REGION_SG)
	members(rc, "a")
	list(rc, os.Args)
	destroy(rc, "a")
	always(rc, "a")
	logged(rc, "a")
}
