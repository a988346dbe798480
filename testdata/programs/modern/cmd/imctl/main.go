// Command imctl registers the system account.
package main

import (
	"log/slog"
	"os"

	"example.com/modern/im"
	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

func main() {
	rc := sdk.NewRongCloud(os.Getenv("APP_KEY"), os.Getenv("APP_SECRET"), sdk.REGION_BJ)
	svc := im.New(rc)
	if _, err := svc.System(); err != nil {
		slog.Error("imctl", "err", err)
		os.Exit(1)
	}
	if err := rc.UserUpdate("system", "System", ""); err != nil {
		slog.Error("imctl", "err", err)
		return
	}
	if err := svc.Unblock("system"); err != nil {
		slog.Error("imctl", "err", err)
		os.Exit(1)
	}
}
