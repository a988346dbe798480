module github.com/rongcloud/server-sdk-go/v3

go 1.26
